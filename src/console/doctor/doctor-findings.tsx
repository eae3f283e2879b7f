import "./doctor.css";
import { useTranslation } from "react-i18next";
import type { AskDoctorData } from "../api/client.ts";
import { Fact } from "../health/fact.tsx";
import { useLanguage } from "../texts/use-language.ts";
import { doctorAreas, useAreaText } from "./use-area-text.ts";

export type Finding = AskDoctorData["findings"][number];

/** As `vestibule doctor` says it, of the running service: what was tried, what was seen, what to do. */
export function DoctorFindings({ findings }: { readonly findings: readonly Finding[] }) {
  const areaText = useAreaText();
  // What a later release looks at besides comes last.
  const all = new Set<string>([...doctorAreas, ...findings.map(({ area }) => area)]);
  return [...all]
    .map((area) => ({ area, of: findings.filter((finding) => finding.area === area) }))
    .filter(({ of }) => of.length > 0)
    .map(({ area, of }) => (
      <section key={area} className="doctor-area">
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
  const language = useLanguage();
  const { verdict, subject, tried, seen, todo } = finding;
  return (
    <li data-verdict={verdict}>
      <h4>{subject}</h4>
      <Fact good={verdict === "good"} mild={verdict === "doubtful"}>
        {t(`commissioning.doctor.${verdict}`)}
      </Fact>
      <dl>
        <dt>{t("commissioning.doctor.tried")}</dt>
        <dd>{tried[language]}</dd>
        <dt>{t("commissioning.doctor.seen")}</dt>
        <dd>{seen[language]}</dd>
        {todo === undefined ? null : (
          <>
            <dt>{t("commissioning.doctor.todo")}</dt>
            <dd>
              <strong>{todo[language]}</strong>
            </dd>
          </>
        )}
      </dl>
    </li>
  );
}
