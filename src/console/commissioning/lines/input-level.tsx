import { useTranslation } from "react-i18next";
import type { Line } from "../model.ts";
import { isFresh } from "./live-lines.tsx";

/** The one line a test is about, large enough to be read from the door. */
export function InputLevel({ line }: { readonly line: Line | undefined }) {
  const { t } = useTranslation();
  if (line === undefined) return null;
  return (
    <output className="commission-level" data-fresh={isFresh(line)}>
      <span className="commission-label">{t("commissioning.test.live")}</span>
      <strong>{t(`commissioning.level.${line.raw}`)}</strong>
      <small>{t("commissioning.lines.times", { count: line.changes })}</small>
    </output>
  );
}
