import "./story.css";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type AccessPointName, type DoorName, doorOf } from "../../domain/names.ts";
import type { VestibuleView } from "../../ports/controller-services.ts";
import type { CardholderView } from "../api/site.ts";
import type { Outcome } from "./actions.ts";
import { BoxStep } from "./box-step.tsx";
import { CardStep } from "./card-step.tsx";
import { DoorStep } from "./door-step.tsx";
import { Keypad } from "./keypad.tsx";
import { PeopleStep } from "./people-step.tsx";
import type { Story } from "./use-story.ts";

/** Everything a newcomer can do, as three steps of one story, and what else is wired to the box. */
export function StoryControls(props: {
  readonly story: Story;
  readonly people: readonly CardholderView[];
  readonly vestibule: VestibuleView;
}) {
  const { t } = useTranslation();
  const { story, people, vestibule } = props;
  const { at, actions } = story;
  const asksForPin = vestibule.displays[at]?.text === "enterPin";
  // Who has a PIN may type it before it is asked for.
  const pins = people.some(({ hasPin }) => hasPin);
  // Whoever walks on to the next reader means the next door, until they choose another.
  const [choice, setChoice] = useState<{ readonly at: AccessPointName; readonly door: DoorName } | null>(
    null,
  );
  const door = choice?.at === at ? choice.door : doorOf(at);
  const quietly = (done: Promise<void>): void => {
    done.catch(() => undefined); // the outcome below says it
  };
  return (
    <section className="panel story" id="controls" aria-labelledby="story-heading">
      <h2 id="story-heading">{t("story.heading")}</h2>
      <p className="story-where" aria-live="polite">
        {t("story.where", { accessPoint: t(`accessPoint.${at}`) })}
      </p>
      <PeopleStep
        people={people}
        scene={story.scenes[at]}
        onChoose={(scene) => quietly(actions.place(at, scene))}
      />
      <CardStep people={people} onPresent={(card) => quietly(actions.present(at, card))} />
      {asksForPin || pins ? (
        <Keypad asked={asksForPin} onPress={(key) => quietly(actions.press(at, key))} />
      ) : null}
      <DoorStep
        door={door}
        onDoor={(chosen) => setChoice({ at, door: chosen })}
        onMove={(action) => quietly(actions.move(door, action))}
      />
      <BoxStep vestibule={vestibule} onSet={(input, on) => quietly(actions.setInput(input, on))} />
      <output className="outcome">
        {story.outcome === null ? "" : <OutcomeText outcome={story.outcome} />}
      </output>
    </section>
  );
}

function OutcomeText({ outcome }: { readonly outcome: Outcome }) {
  const { t } = useTranslation();
  switch (outcome.kind) {
    case "refused":
      return t(`story.outcome.${outcome.code}`, { theDoor: t(`theDoor.${outcome.door}`) });
    case "failed":
      return t("story.outcome.failed", { detail: outcome.detail });
    case "unreachable":
      return t("story.outcome.unreachable");
  }
}
