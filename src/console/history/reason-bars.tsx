import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { en } from "../texts/en.ts";

const isReason = (name: string): name is keyof typeof en.reason => Object.hasOwn(en.reason, name);

/** How often which reason was given; each leads to its events. */
export function ReasonBars(props: {
  readonly person: string;
  readonly reasons: readonly (readonly [reason: string, times: number])[];
}) {
  const { t } = useTranslation();
  const { reasons, person } = props;
  const most = Math.max(1, ...reasons.map(([, times]) => times));
  if (reasons.length === 0) return <p className="empty">{t("peopleNow.person.denialsNone")}</p>;
  return (
    <ul className="reason-bars">
      {reasons.map(([reason, times]) => (
        <li key={reason}>
          <Link to={`/events?what=denials&person=${encodeURIComponent(person)}&reason=${reason}`}>
            {isReason(reason) ? t(`reason.${reason}`) : reason}
          </Link>{" "}
          <span>{t("peopleNow.person.denialsTimes", { number: times })}</span>
          <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect width={(times / most) * 100} height={4} />
          </svg>
        </li>
      ))}
    </ul>
  );
}
