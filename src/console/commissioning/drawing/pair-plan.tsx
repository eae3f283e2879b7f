import "./pair-plan.css";
import { useTranslation } from "react-i18next";
import type { DoorName } from "../../../domain/names.ts";
import { type Part, spots } from "./parts.ts";
import { type DrawnDoor, PlanDoor } from "./plan-door.tsx";
import { PlanFurniture } from "./plan-furniture.tsx";

/** What the installer does to the part that is pointed at. */
export type Act = "open" | "close" | "press" | "present" | "stand" | "look";

/**
 * The door pair from above, as it reads now, with a ring around what is to be touched. One drawing for all steps: who
 * has found the place once finds it again.
 */
export function PairPlan(props: {
  readonly doors: Readonly<Record<DoorName, DrawnDoor>>;
  readonly focus: readonly Part[];
  readonly act?: Act | undefined;
  /** The drawing in words. */
  readonly label: string;
}) {
  const { t } = useTranslation();
  const [first] = props.focus;
  return (
    <svg className="pair-plan" viewBox="0 0 720 412" role="img" aria-label={props.label}>
      <rect className="plan-room" data-room="outside" x={0} y={30} width={246} height={340} />
      <rect className="plan-room" data-room="vestibule" x={246} y={30} width={228} height={340} />
      <rect className="plan-room" data-room="secure" x={474} y={30} width={246} height={340} />
      <path className="plan-shell" d="M0 30H720M0 370H720" />
      <g className="plan-rooms">
        <text x={110} y={350}>
          {t("commissioning.plan.outside")}
        </text>
        <text x={360} y={350}>
          {t("commissioning.plan.vestibule")}
        </text>
        <text x={540} y={350}>
          {t("commissioning.plan.secure")}
        </text>
      </g>
      <PlanDoor name="outer" x={246} door={props.doors.outer} />
      <PlanDoor name="inner" x={474} door={props.doors.inner} />
      <g className="plan-door-names">
        <text x={246} y={402}>
          {t("door.outer")}
        </text>
        <text x={474} y={402}>
          {t("door.inner")}
        </text>
      </g>
      <PlanFurniture
        words={{
          cabinet: t("commissioning.plan.cabinet"),
          fire: t("commissioning.plan.fire"),
          key: t("commissioning.plan.key"),
        }}
      />
      {props.focus.map((part) => (
        <circle key={part} className="plan-ring" cx={spots[part].x} cy={spots[part].y} r={spots[part].r} />
      ))}
      {first === undefined || props.act === undefined ? null : <ActMark act={props.act} part={first} />}
    </svg>
  );
}

/** How the hand moves, beside the ring. */
function ActMark({ act, part }: { readonly act: Act; readonly part: Part }) {
  const { x, y, r } = spots[part];
  return (
    <g className="plan-act" data-act={act} transform={`translate(${x + r * 0.72} ${y + r * 0.72})`}>
      <circle r={19} />
      <path d={marks[act]} />
    </g>
  );
}

const marks: Readonly<Record<Act, string>> = {
  open: "M-9 7A12 12 0 0 1 8-6M8-6l1 8M8-6l-8 0",
  close: "M9 7A12 12 0 0 0-8-6M-8-6l-1 8M-8-6l8 0",
  press: "M0-11V3M-6-3L0 3L6-3M-8 9H8",
  present: "M-10-6H10V7H-10zM-10-2H10M-6 3H-1",
  stand: "M0-11a4 4 0 1 1 0 8a4 4 0 0 1 0-8zM-8 11c0-7 3-10 8-10s8 3 8 10",
  look: "M-11 0s4-7 11-7s11 7 11 7s-4 7-11 7s-11-7-11-7zM0-3a3 3 0 1 1 0 6a3 3 0 0 1 0-6z",
};
