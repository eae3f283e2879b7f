import { useTranslation } from "react-i18next";
import { useLanguage } from "../texts/use-language.ts";
import {
  type FileFormat,
  fileFormats,
  type ReportName,
  type ReportQuery,
  saveReport,
} from "./report-calls.ts";
import { SavingState, useSaving } from "./saving.tsx";
import { whyNot } from "./why-not.ts";

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
  const { state, save } = useSaving();
  const { report, query, stamp } = props;
  const saveAs = async (format: FileFormat): Promise<void> => {
    if (query === null) return;
    const file = `${report}-${stamp}.${format}`;
    await save(file, (signal) => saveReport(file, [report, format], { ...query, lang: language }, signal));
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
          onClick={() => void saveAs(format)}
        >
          {format.toUpperCase()}
        </button>
      ))}
      <SavingState state={state} whyNot={whyNot} />
    </div>
  );
}
