import type { DoorName } from "../../domain/names.ts";
import type { DoorView } from "../../ports/controller-services.ts";

/** One door in its wall, hinged at the wall's street side, opening inwards. Drawn at x = 0, floor at y = 0. */
export function DoorFigure(props: {
  readonly name: DoorName;
  readonly door: DoorView;
  /** Somebody has just tried it and the lock held. */
  readonly rattled: boolean;
}) {
  const { name, door } = props;
  return (
    <g
      className="door"
      data-door={name}
      data-contact={door.contact}
      data-lock={door.lock}
      data-alarm={door.alarm !== null}
      data-rattled={props.rattled}
    >
      <rect className="door-wall" x={0} y={-300} width={26} height={130} />
      <rect className="door-gap" x={0} y={-170} width={26} height={170} />
      <g className="door-leaf">
        <rect className="leaf-panel" x={0} y={-168} width={80} height={168} rx={2} />
        {name === "outer" ? <GlassPanels /> : <VaultWheel />}
      </g>
      <rect className="door-frame" x={-3} y={-173} width={32} height={173} />
      <g className="lock-lamp" transform="translate(13 -205)">
        <circle r={22} />
        <path className="lamp-lock" d={door.lock === "secured" ? closedShackle : openShackle} />
      </g>
    </g>
  );
}

const closedShackle = "M-6-1v-4a6 6 0 0 1 12 0v4M-9-1H9v11H-9z";
const openShackle = "M-6-1v-5a6 6 0 0 1 11.4-2.6M-9-1H9v11H-9z";

function GlassPanels() {
  return (
    <>
      <rect className="leaf-glass" x={12} y={-154} width={56} height={64} rx={3} />
      <rect className="leaf-glass" x={12} y={-78} width={56} height={52} rx={3} />
      <path className="leaf-handle" d="M70-92v24" />
    </>
  );
}

function VaultWheel() {
  return (
    <>
      <rect className="leaf-rim" x={8} y={-158} width={64} height={146} rx={6} />
      <circle className="leaf-wheel" cx={40} cy={-86} r={20} />
      <path className="leaf-wheel" d="M40-112v52M14-86h52M22-104l36 36M58-104l-36 36" />
    </>
  );
}
