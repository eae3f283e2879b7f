import { useTranslation } from "react-i18next";
import { localeOf } from "../../texts/locale.ts";
import { useLanguage } from "../../texts/use-language.ts";
import { Icon } from "../../theme/icons.tsx";
import type { Commissioning } from "../model.ts";

const files = [
  { text: "pdfEn", path: "report.pdf?language=en", name: "report-en.pdf" },
  { text: "pdfZh", path: "report.pdf?language=zh", name: "report-zh.pdf" },
  { text: "note", path: "report.note", name: "report.note" },
  { text: "json", path: "report.json", name: "report.json" },
] as const;
const site = { text: "site", path: "site.yaml", name: "site.yaml" } as const;

/** What is handed over, and how whoever gets it checks it. */
export function ReportFiles(props: {
  readonly commissioning: Commissioning;
  readonly mayCommission: boolean;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { report, ended } = props.commissioning;
  if (report === null) return null;
  const time = (at: string): string => new Date(at).toLocaleString(localeOf(language));
  return (
    <section className="commission-card" data-standing="passed" aria-labelledby="files-title">
      <h3 id="files-title">
        <Icon name="granted" /> {t("commissioning.report.made")}
      </h3>
      <p className="commission-about">
        {ended === null
          ? null
          : t("commissioning.report.endedBy", { operator: ended.operator, at: time(ended.at) })}{" "}
        {t("commissioning.report.madeAt", { seq: report.seq, at: time(report.at) })}
      </p>
      <ul className="commission-files">
        {[...files, ...(props.mayCommission ? [site] : [])].map(({ text, path, name }) => (
          <li key={text}>
            <a href={`/api/v1/commissioning/${path}`} download={name}>
              <Icon name="note" /> {t(`commissioning.report.${text}`)}
            </a>
          </li>
        ))}
      </ul>
      <details className="commission-more">
        <summary>{t("commissioning.report.verify")}</summary>
        <p>{t("commissioning.report.verifyKey")}</p>
        <pre>vestibule journal key</pre>
        <p>{t("commissioning.report.verifyLead")}</p>
        <pre>
          vestibule commission verify report-en.pdf report-zh.pdf report.json site.yaml report.note --key KEY
        </pre>
      </details>
    </section>
  );
}
