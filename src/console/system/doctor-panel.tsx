import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { askDoctor } from "../api/client.ts";
import { useAreaText } from "../doctor/use-area-text.ts";
import { useMay } from "../live/use-site.ts";
import { useElapsed } from "../reports/use-elapsed.ts";
import { useLanguage } from "../texts/use-language.ts";
import { failureText } from "./failure.ts";
import { Fact, Panel } from "./panel.tsx";

/** It asks cameras and disks: seconds. */
const patience = 120_000;

export function DoctorPanel() {
  const { t } = useTranslation();
  const language = useLanguage();
  const may = useMay("commission");
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => askDoctor({ timeoutMs: patience }),
  });
  const areaText = useAreaText();
  const seconds = useElapsed(isPending);
  if (!may) return null;
  return (
    <Panel
      title={t("system.doctor")}
      actions={<Link to="/commissioning">{t("system.commissioning")}</Link>}
      wide
    >
      <p className="panel-lead">{t("system.doctorLead")}</p>
      <div className="system-action">
        <button type="button" disabled={isPending} onClick={() => mutate()}>
          {t("system.doctorAsk")}
        </button>
        <output>
          {isPending ? t("system.doctorAsking", { seconds }) : null}
          {error === null ? null : <span className="failure">{failureText(t, error)}</span>}
        </output>
      </div>
      {data === undefined ? null : (
        <div className="system-table">
          <table>
            <thead>
              <tr>
                {(["subject", "state", "tried", "seen", "todo"] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`system.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.findings.map((finding) => (
                <tr key={`${finding.area} ${finding.subject} ${finding.tried.en} ${finding.seen.en}`}>
                  <th scope="row">
                    {areaText(finding.area)} · {finding.subject}
                  </th>
                  <td>
                    <Fact good={finding.verdict === "good"} mild={finding.verdict === "doubtful"}>
                      {t(`system.verdict.${finding.verdict}`)}
                    </Fact>
                  </td>
                  <td>{finding.tried[language]}</td>
                  <td>{finding.seen[language]}</td>
                  <td>{finding.todo?.[language]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
