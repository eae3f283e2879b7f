import "../building/building.css";
import { useTranslation } from "react-i18next";
import { type AccessPointName, accessPointNames, type DoorName, doorNames } from "../../domain/names.ts";
import type { DoorView, VestibuleView } from "../../ports/controller-services.ts";
import { DoorFigure } from "../building/door-figure.tsx";
import { PersonFigure } from "../building/person-figure.tsx";
import { ReaderFigure } from "../building/reader-figure.tsx";
import { useMay } from "../live/use-site.ts";
import { labelName } from "../texts/person-name.ts";
import { figuresIn } from "./mimic-figures.ts";

const doorsAt: Readonly<Record<DoorName, number>> = { outer: 230, inner: 504 };
const readersAt: Readonly<Record<AccessPointName, number>> = {
  "outer-entry": 212,
  "outer-exit": 274,
  "inner-entry": 486,
  "inner-exit": 548,
};

/** The door pair from the side, as it is this moment. */
export function MimicDrawing(props: {
  readonly vestibule: VestibuleView;
  readonly nameOf: (cardholder: string) => string;
}) {
  const { vestibule, nameOf } = props;
  const { doors, displays } = vestibule;
  const seesPeople = useMay("seePeople");
  const label = (cardholder: string | null): string =>
    cardholder === null || !seesPeople ? "" : labelName(nameOf(cardholder));
  return (
    <svg
      className="building mimic-drawing"
      viewBox="60 40 640 332"
      role="img"
      aria-label={useDescription(vestibule)}
    >
      <rect className="mimic-outside" x={0} y={50} width={230} height={300} />
      <rect className="room" x={230} y={50} width={300} height={300} />
      <rect className="mimic-inside" x={530} y={50} width={230} height={300} />
      <rect className="roof" x={0} y={40} width={760} height={11} />
      <rect className="floor" x={0} y={350} width={760} height={22} />
      {doorNames.map((name) => (
        <g key={name} transform={`translate(${doorsAt[name]} 350)`}>
          <DoorFigure name={name} door={doors[name]} rattled={false} />
          <DoorMarks door={doors[name]} />
        </g>
      ))}
      {accessPointNames.map((accessPoint) => {
        const display = displays[accessPoint];
        return display === undefined ? null : (
          <ReaderFigure key={accessPoint} x={readersAt[accessPoint]} text={display.text} chosen={false} />
        );
      })}
      <g transform="translate(0 350)">
        {figuresIn(vestibule).map(({ key, cardholder, where, queue }, place) => (
          <PersonFigure
            key={key}
            person={{ id: key, name: "", label: label(cardholder), where, queue }}
            place={place}
          />
        ))}
      </g>
    </svg>
  );
}

/** The bolt above the lock's lamp; what cannot be read is a question and no door. */
function DoorMarks({ door: { bolt, contact } }: { readonly door: DoorView }) {
  const isUnknown = contact === "fault" || contact === "unread";
  return (
    <>
      {bolt === "unfitted" ? null : (
        <g className="mimic-bolt" data-bolt={bolt} transform="translate(13 -258)">
          <rect className="bolt-case" x={-24} y={-8} width={30} height={16} rx={3} />
          <rect className="bolt-bar" x={-18} y={-3.5} width={22} height={7} rx={1} />
          <path className="bolt-keep" d="M14-9v18" />
        </g>
      )}
      {isUnknown ? (
        <g className="mimic-unknown" transform="translate(40 -84)">
          <circle r={30} />
          <text y={15} textAnchor="middle">
            ?
          </text>
        </g>
      ) : null}
    </>
  );
}

/** The drawing in words. */
function useDescription({ doors, occupancy, occupancySecure }: VestibuleView): string {
  const { t } = useTranslation();
  const said = doorNames.map((name) =>
    t("building.doorSays", {
      door: t(`door.${name}`),
      lock: t(`lock.${doors[name].lock}`),
      contact: t(`contact.${doors[name].contact}`),
    }),
  );
  return [...said, t("mimic.counts", { between: occupancy, inside: occupancySecure })].join(" ");
}
