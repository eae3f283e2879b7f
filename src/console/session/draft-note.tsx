import "./draft-note.css";
import { useTranslation } from "react-i18next";
import type { Draft } from "./use-draft.ts";

/** Stands below a field whose text was there before anybody wrote. */
export function DraftNote({ of: { isFromBefore } }: { readonly of: Pick<Draft, "isFromBefore"> }) {
  const { t } = useTranslation();
  return isFromBefore ? <p className="draft-note">{t("session.begunBefore")}</p> : null;
}
