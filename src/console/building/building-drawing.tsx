import "./building.css";
import { useTranslation } from "react-i18next";
import type { AccessPointName, DoorName } from "../../domain/names.ts";
import type { VestibuleView } from "../../ports/controller-services.ts";
import { DoorFigure } from "./door-figure.tsx";
import { type Person, PersonFigure } from "./person-figure.tsx";
import { ReaderFigure } from "./reader-figure.tsx";
import { StageSet } from "./stage-set.tsx";

/** Seen from the side: who is where, which door is open, what is locked. */
export function BuildingDrawing(props: {
  readonly vestibule: VestibuleView;
  readonly people: readonly Person[];
  readonly chosen: AccessPointName;
  readonly rattled: DoorName | null;
}) {
  const { t } = useTranslation();
  const { doors, displays } = props.vestibule;
  return (
    <svg
      className="building"
      viewBox="0 0 760 372"
      preserveAspectRatio="xMidYMax"
      role="img"
      aria-label={useDescription(props)}
    >
      <StageSet
        bank={t("building.bank")}
        areas={areaLabels.map(({ area, x }) => ({ x, text: t(`area.${area}`) }))}
      />
      <g transform="translate(230 350)">
        <DoorFigure name="outer" door={doors.outer} rattled={props.rattled === "outer"} />
      </g>
      <g transform="translate(504 350)">
        <DoorFigure name="inner" door={doors.inner} rattled={props.rattled === "inner"} />
      </g>
      {readers.map(({ accessPoint, x }) => (
        <ReaderFigure
          key={accessPoint}
          x={x}
          text={displays[accessPoint]?.text ?? "ready"}
          chosen={props.chosen === accessPoint}
        />
      ))}
      <g transform="translate(0 350)">
        {props.people.map((person, place) => (
          <PersonFigure key={`${person.id}:${person.where.jumps}`} person={person} place={place} />
        ))}
      </g>
    </svg>
  );
}

const areaLabels = [
  { area: "outside", x: 115 },
  { area: "vestibule", x: 380 },
  { area: "secure", x: 645 },
] as const;

const readers = [
  { accessPoint: "outer-entry", x: 212 },
  { accessPoint: "outer-exit", x: 274 },
  { accessPoint: "inner-entry", x: 486 },
  { accessPoint: "inner-exit", x: 548 },
] as const;

/** The drawing in words. */
function useDescription(props: {
  readonly vestibule: VestibuleView;
  readonly people: readonly Person[];
}): string {
  const { t } = useTranslation();
  const { doors } = props.vestibule;
  const doorSentences = (["outer", "inner"] as const).map((name) =>
    t("building.doorSays", {
      door: t(`door.${name}`),
      lock: t(`lock.${doors[name].lock}`),
      contact: t(`contact.${doors[name].contact}`),
    }),
  );
  const people = props.people.map(({ name, where }) =>
    t("building.personAt", { name, area: t(`area.${where.area}`) }),
  );
  return [t("building.picture"), ...doorSentences, ...people].join(" ");
}
