import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { CardholderView } from "../api/site.ts";
import { personName } from "./person-name.ts";
import { useLanguage } from "./use-language.ts";

/** A cardholder's name by id; whoever was deleted has none any more. */
export function useNameOf(cardholders: readonly CardholderView[]): (id: string) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return useCallback(
    (id) => {
      const person = cardholders.find((one) => one.id === id);
      return person === undefined ? t("unknownPerson") : personName(person.name, language);
    },
    [cardholders, language, t],
  );
}
