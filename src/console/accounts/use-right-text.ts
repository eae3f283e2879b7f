import { useTranslation } from "react-i18next";
import { type Right, rights } from "../../domain/operator/rights.ts";

/** A right in words; one that this page does not know by its name. */
export function useRightText(): (right: string) => string {
  const { t } = useTranslation();
  return (right) => (isRight(right) ? t(`rights.${right}`) : right);
}

const isRight = (name: string): name is Right => rights.some((right) => right === name);
