import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type AskDoctorData, askDoctor } from "../../api/client.ts";
import { doctorAreas, useAreaText } from "../../doctor/use-area-text.ts";
import { useRefusalText } from "../use-refusal-text.ts";
import { useSaid } from "../use-said.ts";

type Finding = AskDoctorData["findings"][number];

/** Cameras and brokers that do not answer take their time to be given up. */
const patienceMs = 60_000;

/** As `vestibule doctor` says it, of the running service: what was tried, what was seen, what to do. */
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
          <Findings findings={all ? data : data.filter(({ verdict }) => verdict !== "good")} />
        </>
      )}
    </section>
  );
}

function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const areaText = useAreaText();
  // What a later release looks at besides comes last.
  const all = new Set<string>([...doctorAreas, ...findings.map(({ area }) => area)]);
  return [...all]
    .map((area) => ({ area, of: findings.filter((finding) => finding.area === area) }))
    .filter(({ of }) => of.length > 0)
    .map(({ area, of }) => (
      <section key={area} className="commission-findings">
        <h3>{areaText(area)}</h3>
        <ul>
          {of.map((finding) => (
            <OneFinding key={`${finding.subject} ${finding.tried.en} ${finding.seen.en}`} finding={finding} />
          ))}
        </ul>
      </section>
    ));
}

function OneFinding({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { verdict, subject, tried, seen, todo } = finding;
  return (
    <li data-verdict={verdict}>
      <h4>
        {subject}{" "}
        <span className="commission-verdict" data-standing={standings[verdict]}>
          {t(`commissioning.doctor.${verdict}`)}
        </span>
      </h4>
      <dl>
        <dt>{t("commissioning.doctor.tried")}</dt>
        <dd>{said(tried)}</dd>
        <dt>{t("commissioning.doctor.seen")}</dt>
        <dd>{said(seen)}</dd>
        {todo === undefined ? null : (
          <>
            <dt>{t("commissioning.doctor.todo")}</dt>
            <dd>
              <strong>{said(todo)}</strong>
            </dd>
          </>
        )}
      </dl>
    </li>
  );
}

const standings = { good: "passed", doubtful: "doubtful", bad: "failed" } as const;
