import { useTranslation } from "react-i18next";
import { probeAddress, type SceneChoice } from "../api/simulator.ts";
import type { CardholderView } from "../api/site.ts";
import { personName } from "../texts/person-name.ts";
import { useLanguage } from "../texts/use-language.ts";
import { Icon, type IconName } from "../theme/icons.tsx";
import { FallbackPicture } from "./fallback-picture.tsx";

/** 1. Who stands at the camera. */
export function PeopleStep(props: {
  readonly people: readonly CardholderView[];
  readonly scene: SceneChoice | undefined;
  readonly onChoose: (scene: SceneChoice) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const cards = props.people.map(({ cards: [card] }) => card?.number ?? "");
  const faced =
    props.scene?.kind === "person" || props.scene?.kind === "picture" ? props.scene.card : cards[0];
  const held = (presented: "print" | "screen", icon: IconName, text: string) =>
    faced === undefined ? [] : [{ icon, text, scene: { kind: "picture", card: faced, presented } } as const];
  const others: readonly { readonly icon: IconName; readonly text: string; readonly scene: SceneChoice }[] = [
    ...(cards[0] !== undefined && cards[1] !== undefined
      ? [
          {
            icon: "person",
            text: t("story.people.two"),
            scene: { kind: "two", cards: [cards[0], cards[1]] },
          } as const,
        ]
      : []),
    ...held("print", "card", t("story.people.print")),
    ...held("screen", "camera", t("story.people.screen")),
    { icon: "note", text: t("story.people.nobody"), scene: { kind: "empty" } },
    { icon: "camera", text: t("story.people.frozen"), scene: { kind: "frozen" } },
    { icon: "look", text: t("story.people.dark"), scene: { kind: "dark" } },
  ];
  return (
    <fieldset className="step">
      <legend>
        <span className="step-number">1</span>
        {t("story.who")}
      </legend>
      <div className="faces">
        {props.people.map((person, index) => {
          const card = cards[index] ?? "";
          const pressed = props.scene?.kind === "person" && props.scene.card === card;
          return (
            <button
              key={person.id}
              type="button"
              className="face"
              aria-pressed={pressed}
              onClick={() => props.onChoose({ kind: "person", card })}
            >
              <FallbackPicture address={probeAddress(card)} />
              <span>{personName(person.name, language)}</span>
            </button>
          );
        })}
      </div>
      <div className="chips">
        {others.map(({ icon, text, scene }) => (
          <button
            key={text}
            type="button"
            className="chip"
            aria-pressed={isChosen(props.scene, scene)}
            onClick={() => props.onChoose(scene)}
          >
            <Icon name={icon} />
            {text}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function isChosen(chosen: SceneChoice | undefined, offered: SceneChoice): boolean {
  if (chosen?.kind === "picture" && offered.kind === "picture") return chosen.presented === offered.presented;
  return chosen?.kind === offered.kind;
}
