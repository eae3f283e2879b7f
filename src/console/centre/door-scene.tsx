import { useTranslation } from "react-i18next";
import { DoorFigure } from "../building/door-figure.tsx";
import { ReaderFigure } from "../building/reader-figure.tsx";
import { StageSet } from "../building/stage-set.tsx";
import "../building/building.css";
import { type AccessPointName, type DoorName, doorNames } from "../../domain/names.ts";
import type { VestibuleView } from "../../ports/controller-services.ts";

const readers = [
  { accessPoint: "outer-entry", x: 212 },
  { accessPoint: "outer-exit", x: 274 },
  { accessPoint: "inner-entry", x: 486 },
  { accessPoint: "inner-exit", x: 548 },
] as const;

const places = { outer: 230, inner: 504 } as const;

/** One door pair from the side, its doors moving as they do, the place of an alarm marked. */
export function DoorScene(props: {
  readonly vestibule: VestibuleView;
  readonly marked?: AccessPointName | undefined;
}) {
  const { t } = useTranslation();
  const { doors, displays } = props.vestibule;
  const says = (name: DoorName): string =>
    t("building.doorSays", {
      door: t(`door.${name}`),
      lock: t(`lock.${doors[name].lock}`),
      contact: t(`contact.${doors[name].contact}`),
    });
  return (
    <svg
      className="building door-scene"
      viewBox="0 40 760 332"
      preserveAspectRatio="xMidYMax"
      role="img"
      aria-label={[t("building.picture"), ...doorNames.map(says)].join(" ")}
    >
      <StageSet bank={t("building.bank")} areas={[]} />
      {doorNames.map((name) => (
        <g key={name} transform={`translate(${places[name]} 350)`}>
          <DoorFigure name={name} door={doors[name]} rattled={false} />
        </g>
      ))}
      {readers.map(({ accessPoint, x }) => (
        <ReaderFigure
          key={accessPoint}
          x={x}
          text={displays[accessPoint]?.text ?? "ready"}
          chosen={props.marked === accessPoint}
        />
      ))}
    </svg>
  );
}
