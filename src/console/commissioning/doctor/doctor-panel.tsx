import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { askDoctor } from "../../api/client.ts";
import { DoctorFindings, type Finding } from "../../doctor/doctor-findings.tsx";
import { useRefusalText } from "../use-refusal-text.ts";

/** Cameras and brokers that do not answer take their time to be given up. */
const patienceMs = 60_000;

/** Everything that the configuration names, looked at; what is in order is shown where it is asked for. */
export function DoctorPanel() {
  const { t } = useTranslation();
  const refusalText = useRefusalText();
  const [all, setAll] = useState(false);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["commissioning", "doctor"],
    queryFn: async ({ signal }) => (await askDoctor({ signal, timeoutMs: patienceMs })).findings,
    enabled: false,
    retry: false,
    gcTime: 600_000,
  });
  const count = (verdict: Finding["verdict"]): number =>
    data?.filter((finding) => finding.verdict === verdict).length ?? 0;
  return (
    <section className="commission-card" aria-labelledby="doctor-title">
      <h2 id="doctor-title">{t("commissioning.doctor.title")}</h2>
      <p className="commission-about">{t("commissioning.doctor.lead")}</p>
      <div className="commission-actions">
        <Button type="primary" size="large" loading={isFetching} onClick={() => void refetch()}>
          {t(`commissioning.doctor.${isFetching ? "running" : data === undefined ? "run" : "again"}`)}
        </Button>
      </div>
      <p className="failure" role="alert">
        {error === null || isFetching ? "" : refusalText(error)}
      </p>
      {data === undefined ? null : (
        <>
          <output>
            {t("commissioning.doctor.summary", {
              good: count("good"),
              doubtful: count("doubtful"),
              bad: count("bad"),
            })}
          </output>
          <Checkbox checked={all} onChange={(event) => setAll(event.target.checked)}>
            {t("commissioning.doctor.show")}
          </Checkbox>
          <DoctorFindings findings={all ? data : data.filter(({ verdict }) => verdict !== "good")} />
        </>
      )}
    </section>
  );
}
