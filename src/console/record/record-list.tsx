import "./record.css";
import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordView } from "../../ports/record-view.ts";
import { pictureFor, picturesByPassage } from "./face-facts.ts";
import { matters } from "./record-kinds.ts";
import { RecordRow } from "./record-row.tsx";

/** As many rows as somebody scrolls through; the rest is in the journal. */
const rowLimit = 100;

export function RecordList(props: {
  readonly records: readonly RecordView[];
  readonly nameOf: (cardholder: string) => string;
}) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const pictures = useMemo(() => picturesByPassage(props.records), [props.records]);
  const filterId = useId();
  const shown = props.records.filter((record) => all || matters(record)).slice(0, rowLimit);
  return (
    <section className="panel records" aria-labelledby="record-heading">
      <div className="panel-head">
        <h2 id="record-heading">{t("record.heading")}</h2>
        <label className="visually-hidden" htmlFor={filterId}>
          {t("record.filter")}
        </label>
        <select
          id={filterId}
          value={all ? "all" : "important"}
          onChange={(event) => setAll(event.target.value === "all")}
        >
          <option value="important">{t("record.important")}</option>
          <option value="all">{t("record.allRecords")}</option>
        </select>
      </div>
      <p className="panel-lead">{t("record.lead")}</p>
      {shown.length === 0 ? (
        <p className="empty">{t("app.nothingHere")}</p>
      ) : (
        <ol className="record-rows" aria-label={t("record.heading")}>
          {shown.map((record) => (
            <RecordRow
              key={record.seq}
              record={record}
              evidence={pictureFor(record, pictures)}
              nameOf={props.nameOf}
            />
          ))}
        </ol>
      )}
    </section>
  );
}
