import type { DoorName } from "../../../domain/names.ts";

/** One door as it reads now; undefined where its lines are not known yet. */
export interface DrawnDoor {
  readonly open: boolean | undefined;
  readonly released: boolean | undefined;
  readonly bolt: "thrown" | "retracted" | undefined;
}

/** From above: the leaf hinged at the top of its opening, lock and bolt at the bottom. */
export function PlanDoor(props: { readonly name: DoorName; readonly x: number; readonly door: DrawnDoor }) {
  const { name, x, door } = props;
  return (
    <g
      className="plan-door"
      data-door={name}
      data-open={door.open === true}
      data-released={door.released === true}
      transform={`translate(${x} 0)`}
    >
      <rect className="plan-wall" x={-8} y={30} width={16} height={110} />
      <rect className="plan-wall" x={-8} y={260} width={16} height={110} />
      <g transform="translate(0 140)">
        <g className="plan-leaf">
          <rect x={-6} y={0} width={12} height={118} rx={3} />
        </g>
      </g>
      <rect className="plan-contact" x={-15} y={144} width={30} height={11} rx={5} />
      <g className="plan-lock">
        <rect x={-14} y={238} width={28} height={28} rx={6} />
        <path d={door.released === true ? openShackle : closedShackle} transform="translate(0 254)" />
      </g>
      {door.bolt === undefined ? null : (
        <rect
          className="plan-bolt"
          x={-4}
          y={door.bolt === "thrown" ? 224 : 232}
          width={8}
          height={14}
          rx={2}
        />
      )}
    </g>
  );
}

const closedShackle = "M-5-2v-3a5 5 0 0 1 10 0v3M-7-2H7v9H-7z";
const openShackle = "M-5-2v-4a5 5 0 0 1 9.5-2.2M-7-2H7v9H-7z";
