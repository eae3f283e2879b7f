import { useTranslation } from "react-i18next";

/** Without it, a figure is worth nothing to an auditor. */
export function MadeFrom(props: {
  readonly verified: number;
  readonly position: { readonly seq: number; readonly hash: string };
}) {
  const { t } = useTranslation();
  const { seq, hash } = props.position;
  return (
    <p className="made-from">
      {t("reports.madeFrom", { verified: props.verified, seq })}
      <br />
      {t("reports.hash", { hash })}
    </p>
  );
}
