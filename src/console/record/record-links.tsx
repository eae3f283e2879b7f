import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { RecordView } from "../../ports/record-view.ts";
import { useMay } from "../live/use-site.ts";

/** Where to look on from a record: its person, its card, what happened around it. */
export function RecordLinks({ record }: { readonly record: RecordView }) {
  const { t } = useTranslation();
  const seesPeople = useMay("seePeople");
  const { cardholder, card, seq } = record;
  return (
    <nav className="record-links" aria-label={t("events.onwards")}>
      {cardholder === null || !seesPeople ? null : (
        <Link to={`/people/${encodeURIComponent(cardholder)}`}>{t("events.ofPerson")}</Link>
      )}
      {typeof card === "string" ? (
        <Link to={`/events?what=all&card=${encodeURIComponent(card)}`}>{t("events.ofCard")}</Link>
      ) : null}
      <Link to={`/events?what=all&seq=${seq + 10}`}>{t("events.around")}</Link>
    </nav>
  );
}
