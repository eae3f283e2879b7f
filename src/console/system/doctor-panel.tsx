import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { askDoctor } from "../api/client.ts";
import { DoctorFindings } from "../doctor/doctor-findings.tsx";
import { useMay } from "../live/use-site.ts";
import { useElapsed } from "../reports/use-elapsed.ts";
import { failureText } from "./failure.ts";
import { Panel } from "./panel.tsx";

/** It asks cameras and disks: seconds. */
const patience = 120_000;

export function DoctorPanel() {
  const { t } = useTranslation();
  const may = useMay("commission");
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => askDoctor({ timeoutMs: patience }),
  });
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
      {data === undefined ? null : <DoctorFindings findings={data.findings} />}
    </Panel>
  );
}
