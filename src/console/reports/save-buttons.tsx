import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../texts/use-language.ts";
import {
  type FileFormat,
  fileFormats,
  type ReportName,
  type ReportQuery,
  saveReport,
} from "./report-calls.ts";
import { useElapsed } from "./use-elapsed.ts";
import { whyNot } from "./why-not.ts";

type State =
  | { readonly is: "idle" }
  | { readonly is: "making"; readonly format: FileFormat; readonly abort: AbortController }
  | { readonly is: "saved"; readonly file: string }
  | { readonly is: "failed"; readonly error: unknown };

/** CSV and PDF of one report: says that it is being made, and why it was not. */
export function SaveButtons(props: {
  readonly report: ReportName;
  /** Null: there is no period to make it of. */
  readonly query: ReportQuery | null;
  /** What the file is called besides the report, `2026-11-20`. */
  readonly stamp: string;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [state, setState] = useState<State>({ is: "idle" });
  const seconds = useElapsed(state.is === "making");
  const underWay = useRef<AbortController | null>(null);
  // Whoever leaves the page does not wait for it any more.
  useEffect(() => () => underWay.current?.abort(), []);
  const { report, query, stamp } = props;
  const save = async (format: FileFormat): Promise<void> => {
    if (query === null) return;
    const abort = new AbortController();
    underWay.current = abort;
    setState({ is: "making", format, abort });
    const file = `${report}-${stamp}.${format}`;
    try {
      await saveReport(file, [report, format], { ...query, lang: language }, abort.signal);
      setState({ is: "saved", file });
    } catch (error) {
      setState(abort.signal.aborted ? { is: "idle" } : { is: "failed", error });
    }
  };
  const name = t(`reports.report.${report}.name`);
  return (
    <div className="save-buttons">
      {fileFormats.map((format) => (
        <button
          key={format}
          type="button"
          className="small"
          disabled={state.is === "making" || query === null}
          aria-label={t("reports.files.save", { report: name, format: format.toUpperCase() })}
          onClick={() => void save(format)}
        >
          {format.toUpperCase()}
        </button>
      ))}
      {state.is === "making" ? (
        <button type="button" className="small quiet" onClick={() => state.abort.abort()}>
          {t("reports.cancel")}
        </button>
      ) : null}
      <output>
        {state.is === "making" ? t("reports.making", { seconds }) : null}
        {state.is === "saved" ? t("reports.files.saved", { file: state.file }) : null}
        {state.is === "failed" ? <span className="failure">{whyNot(t, state.error)}</span> : null}
      </output>
    </div>
  );
}
