import "./why.css";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { fetchWhy, type WhyAnswer } from "../api/why.ts";
import { sentence } from "../record/sentence.ts";
import { useWall } from "../watch/wall-context.ts";
import { type Fact, factsOf, rulesOf } from "./why-facts.ts";

type Asked = "loading" | "failed" | WhyAnswer;

/** What a decision rested on, for whoever asks. */
export function Why(props: { readonly seq: number; readonly nameOf: (cardholder: string) => string }) {
  const { t } = useTranslation();
  const { seq, nameOf } = props;
  const [asked, setAsked] = useState<Asked | undefined>();
  const answerId = useId();
  const wall = useWall();
  const toggle = (): void => {
    if (asked !== undefined) return setAsked(undefined);
    setAsked("loading");
    fetchWhy(seq).then(setAsked, () => setAsked("failed"));
  };
  // More than a screen with nobody signed in is told.
  if (wall?.isSignedIn === false) return null;
  return (
    <div className="why">
      <button type="button" aria-expanded={asked !== undefined} aria-controls={answerId} onClick={toggle}>
        {t("why.ask")}
      </button>
      <div id={answerId} aria-live="polite">
        {asked === undefined ? null : <Answer asked={asked} nameOf={nameOf} />}
      </div>
    </div>
  );
}

function Answer({ asked, nameOf }: { readonly asked: Asked; readonly nameOf: (id: string) => string }) {
  const { t } = useTranslation();
  if (asked === "loading") return <p className="empty">{t("why.loading")}</p>;
  if (asked === "failed") return <p className="empty">{t("why.failed")}</p>;
  const { decision, notAgain, passage } = asked;
  return (
    <>
      {notAgain === null ? null : <p>{t(`why.notAgain.${notAgain}`)}</p>}
      {decision === null ? null : (
        <>
          <p>
            {t(`why.by.${decision.rules}`)}{" "}
            <strong data-same={decision.same}>{t(decision.same ? "why.same" : "why.different")}</strong>
            {decision.same ? null : ` ${decision.decided.map(({ type }) => type).join(", ")}`}
          </p>
          <Facts heading={t("why.facts")} facts={factsOf(t, decision)} />
          <Facts heading={t("why.rules")} facts={rulesOf(decision)} />
        </>
      )}
      {passage.length === 0 ? null : (
        <>
          <h3>{t("why.passage")}</h3>
          <ol>
            {passage.map((record) => (
              <li key={record.seq}>
                <small>#{record.seq}</small> {sentence(t, record, nameOf)}
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}

function Facts({ heading, facts }: { readonly heading: string; readonly facts: readonly Fact[] }) {
  return (
    <>
      <h3>{heading}</h3>
      <dl className="facts" aria-label={heading}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd title={value}>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
