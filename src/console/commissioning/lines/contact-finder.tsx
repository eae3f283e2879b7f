import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TestDrawing } from "../drawing/test-drawing.tsx";
import { type Draft, doorOfLine, type Line } from "../model.ts";
import { Verdict } from "../tests/verdict.tsx";
import { LineExchange } from "./line-exchange.tsx";
import { LiveLines, useLineName } from "./live-lines.tsx";
import { type Answer, answerOf, contactsOf } from "./moved-lines.ts";

/** "Open the outer door now": the contact that moves lights up, and where it is another's that is said. */
export function ContactFinder(props: {
  readonly lines: readonly Line[] | null | undefined;
  /** When they were read, by this device's clock. */
  readonly readAt: number;
  readonly draft: Draft | undefined;
}) {
  const contacts = contactsOf(props.lines ?? []);
  const [place, setPlace] = useState(0);
  const asked = contacts[place];
  return (
    <>
      {asked === undefined ? null : (
        <OneContact
          key={asked.name}
          asked={asked}
          lines={props.lines ?? []}
          readAt={props.readAt}
          draft={props.draft}
          next={contacts.length < 2 ? undefined : contacts[(place + 1) % contacts.length]}
          onNext={() => setPlace((place + 1) % contacts.length)}
        />
      )}
      <Contacts lines={props.lines === null || props.lines === undefined ? props.lines : contacts} />
    </>
  );
}

function Contacts({ lines }: { readonly lines: readonly Line[] | null | undefined }) {
  const { t } = useTranslation();
  return (
    <section className="commission-card" aria-labelledby="contacts-title">
      <h3 id="contacts-title">{t("commissioning.lines.title")}</h3>
      <p className="commission-about">{t("commissioning.lines.lead")}</p>
      <LiveLines lines={lines} />
    </section>
  );
}

const standings = { waiting: "running", right: "passed", other: "failed", several: "failed" } as const;

function OneContact(props: {
  readonly asked: Line;
  readonly lines: readonly Line[];
  readonly readAt: number;
  readonly draft: Draft | undefined;
  readonly next: Line | undefined;
  readonly onNext: () => void;
}) {
  const { t } = useTranslation();
  const nameOf = useLineName();
  const { asked, next } = props;
  const [since, setSince] = useState(() => Date.now());
  const answer = answerOf(props.lines, asked.name, Math.max(0, props.readAt - since));
  const door = doorOfLine(asked.name);
  const vestibule = asked.name.split(".")[0] ?? null;
  return (
    <section className="commission-card" data-standing={standings[answer.is]} aria-live="polite">
      <header>
        <h3>{nameOf(asked.name)}</h3>
        <Verdict standing={standings[answer.is]} large />
      </header>
      <div className="commission-asked">
        <p className="commission-label">{t("commissioning.test.now")}</p>
        <p className="commission-asked-words">
          {t("commissioning.lines.open", { door: door === null ? nameOf(asked.name) : t(`theDoor.${door}`) })}
        </p>
      </div>
      <TestDrawing
        test={{ kind: "line", door: null, accessPoint: null, line: asked.name, vestibule }}
        lines={props.lines}
      />
      <Said answer={answer} asked={asked.name} draft={props.draft} />
      <div className="commission-actions">
        <Button size="large" onClick={() => setSince(Date.now())}>
          {t("commissioning.test.repeat")}
        </Button>
        {next === undefined ? null : (
          <Button type={answer.is === "right" ? "primary" : "default"} size="large" onClick={props.onNext}>
            {nameOf(next.name)}
          </Button>
        )}
      </div>
    </section>
  );
}

function Said(props: { readonly answer: Answer; readonly asked: string; readonly draft: Draft | undefined }) {
  const { t } = useTranslation();
  const nameOf = useLineName();
  const { answer, asked } = props;
  switch (answer.is) {
    case "waiting":
      return <p className="commission-about">{t("commissioning.test.watching")}</p>;
    case "right":
      return <p className="commission-seen-then">{t("commissioning.lines.right")}</p>;
    case "several":
      return (
        <p className="commission-seen-then" data-standing="failed">
          {t("commissioning.lines.several")}
        </p>
      );
    case "other":
      return (
        <>
          <p className="commission-seen-then" data-standing="failed">
            {t("commissioning.lines.other", { line: nameOf(answer.line) })}
          </p>
          <LineExchange pairs={[[asked, answer.line]]} draft={props.draft} />
        </>
      );
  }
}
