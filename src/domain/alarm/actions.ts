import type { Milliseconds, WallTime } from "../time.ts";
import type { AlarmId, AlarmPlace, AlarmPriority, AlarmType } from "./alarm.ts";
import type { UnshelvingCause } from "./event.ts";

/** What an alarm sets going, as configured; a camera left out: those concerned (`cameras-concerned.ts`). */
export type AlarmAction =
  /** Without `seconds` until somebody acknowledges. */
  | { readonly kind: "output"; readonly output: string; readonly seconds: number | null }
  /** Without a name the one configured for the camera and the place. */
  | { readonly kind: "preset"; readonly camera: string | null; readonly preset: string | null }
  | { readonly kind: "bookmark"; readonly camera: string | null }
  | { readonly kind: "clip"; readonly camera: string | null }
  | { readonly kind: "webhook"; readonly webhook: string }
  | { readonly kind: "mail"; readonly to: string };

export type AlarmActions = (alarm: AlarmType) => readonly AlarmAction[];

/** What alarms are followed by; their events as the journal has them, in its order. */
export type AlarmHappening =
  | {
      readonly type: "AlarmRaised";
      readonly id: AlarmId;
      readonly wall: WallTime;
      readonly alarm: AlarmType;
      readonly priority: AlarmPriority;
      readonly place: AlarmPlace;
      readonly count: number;
      readonly detail: string | null;
      readonly evidence: readonly string[];
    }
  | {
      readonly type: "AlarmUnshelved";
      readonly id: AlarmId;
      readonly wall: WallTime;
      readonly because: UnshelvingCause;
    }
  | { readonly type: "AlarmReturned" | "AlarmAcknowledged" | "AlarmShelved"; readonly id: AlarmId };

/** An alarm whose actions are due. */
export type Firing = Omit<Extract<AlarmHappening, { readonly type: "AlarmRaised" }>, "type">;

/** Of one alarm that is not back to normal. */
interface Incident {
  /** Undefined where everything of it has happened while it was shelved. */
  readonly fired: WallTime | undefined;
  readonly returned: boolean;
  readonly acknowledged: boolean;
  readonly shelved: boolean;
  /** Somebody has put it aside since it fired: what waited for an acknowledgement has ended. */
  readonly silenced: boolean;
  /** Raised while it was shelved, when nobody was told. */
  readonly missed: Firing | undefined;
}

/** As many as alarms are open or shelved. */
export type ActionState = Readonly<Record<AlarmId, Incident>>;
export const nothingFired: ActionState = {};

/** A flapping contact comes and goes: within this nobody is told of it again, unless it was acknowledged meanwhile. */
export const quietTime: Milliseconds = 60_000;

const unheard: Incident = {
  ...{ fired: undefined, returned: false, acknowledged: false },
  ...{ shelved: false, silenced: false, missed: undefined },
};

/**
 * Whether `event` is news: the alarm is raised for the first time, after an acknowledgement, or again after its return;
 * or its time on the shelf is over, and what came meanwhile goes on.
 */
export function decideFiring(state: ActionState, event: AlarmHappening): Firing | undefined {
  const before = state[event.id] ?? unheard;
  if (event.type === "AlarmUnshelved") return missedOnTheShelf(before, event);
  if (event.type !== "AlarmRaised") return undefined;
  const { fired, returned, acknowledged, shelved } = before;
  if (shelved) return undefined;
  const firing = firingOf(event);
  if (fired === undefined || acknowledged) return firing;
  // A clock that was put back says nothing about how long it is ago: rather once too often.
  const passed = event.wall - fired;
  return returned && (passed >= quietTime || passed < 0) ? firing : undefined;
}

/** Whoever takes it from its shelf has it before them; at the end of its time nobody need be there. */
function missedOnTheShelf(
  { missed, returned, acknowledged }: Incident,
  { wall, because }: Extract<AlarmHappening, { readonly type: "AlarmUnshelved" }>,
): Firing | undefined {
  const isNews = missed !== undefined && because === "time" && !returned && !acknowledged;
  return isNews ? { ...missed, wall } : undefined;
}

const firingOf = ({ type: _raised, ...firing }: Extract<AlarmHappening, { type: "AlarmRaised" }>): Firing =>
  firing;

export function evolveFiring(state: ActionState, event: AlarmHappening): ActionState {
  const before = state[event.id];
  switch (event.type) {
    case "AlarmRaised": {
      const raised = { ...(before ?? unheard), returned: false, acknowledged: false };
      const missed = raised.shelved ? firingOf(event) : undefined;
      return { ...state, [event.id]: { ...told(raised, decideFiring(state, event)), missed } };
    }
    case "AlarmReturned":
      return before === undefined ? state : kept(state, event.id, { ...before, returned: true });
    case "AlarmAcknowledged":
      return before === undefined ? state : kept(state, event.id, { ...before, acknowledged: true });
    case "AlarmShelved":
      return kept(state, event.id, { ...(before ?? unheard), shelved: true, silenced: true });
    case "AlarmUnshelved": {
      if (before === undefined) return state;
      const incident = told(before, decideFiring(state, event));
      return kept(state, event.id, { ...incident, shelved: false, missed: undefined });
    }
  }
}

const told = (incident: Incident, firing: Firing | undefined): Incident =>
  firing === undefined ? incident : { ...incident, fired: firing.wall, silenced: false };

/** Over, acknowledged and not shelved: what comes next is an alarm like the first one. */
function kept(state: ActionState, id: AlarmId, incident: Incident): ActionState {
  if (incident.shelved || !incident.returned || !incident.acknowledged) return { ...state, [id]: incident };
  const { [id]: _normal, ...rest } = state;
  return rest;
}

const lookedAt: readonly AlarmAction[] = [
  { kind: "preset", camera: null, preset: null },
  { kind: "bookmark", camera: null },
  { kind: "clip", camera: null },
];
const filmed: readonly AlarmAction[] = [{ kind: "clip", camera: null }];

/** Where the site says nothing else; that everything is published besides is the outbox's doing. */
const preset: Partial<Readonly<Record<AlarmType, readonly AlarmAction[]>>> = {
  Duress: lookedAt,
  DoorForcedOpen: lookedAt,
  InterlockViolated: lookedAt,
  Tailgating: lookedAt,
  PresentationAttack: filmed,
  LostCardUsed: filmed,
};
export const presetActions: AlarmActions = (alarm) => preset[alarm] ?? [];
