import type { Grant, InterlockInput, InterlockState } from "../../src/domain/interlock/interlock.ts";
import { type DoorName, doorNames } from "../../src/domain/names.ts";
import { after, type Instant, instant } from "../../src/domain/time.ts";
import { never, type Variant } from "./variant.ts";

/** Something the environment may do at any time. */
export interface Happening {
  readonly name: string;
  /** What it is in this state, at this instant; undefined where the variant has no such thing here. */
  readonly make: (state: InterlockState, at: Instant) => InterlockInput | undefined;
  /** How long before the present it happened: its report was held up. */
  readonly ago: number;
}

type Make = Happening["make"];
const happening = (name: string, make: Make, ago = 0): Happening => ({ name, make, ago });

/** Everything the variant's environment may do, time apart. */
export function happeningsOf(variant: Variant): readonly Happening[] {
  return [...ofDoors(variant), ...ofRequests(variant), ...ofController(variant), ...ofVestibule(variant)];
}

function ofDoors(variant: Variant): readonly Happening[] {
  const { freedom, policy, step } = variant;
  const contacts = freedom.contactFaults
    ? (["open", "closed", "fault"] as const)
    : (["open", "closed"] as const);
  const bolts = freedom.boltFaults
    ? (["thrown", "retracted", "fault"] as const)
    : (["thrown", "retracted"] as const);
  const delays = Array.from({ length: (freedom.heldUpEdges ?? 0) + 1 }, (_, index) => index * step);
  return doorNames.flatMap((door) => [
    ...contacts.flatMap((contact) =>
      delays.map((ago) =>
        happening(
          `${door} contact reads ${contact}${ago > 0 ? `, ${ago} ms ago` : ""}`,
          (_, at) => ({ type: "ContactChanged", at, door, contact }),
          ago,
        ),
      ),
    ),
    ...(policy.doors[door].bolt === "fitted"
      ? bolts.map((bolt) =>
          happening(`${door} bolt reads ${bolt}`, (_, at) => ({ type: "BoltChanged", at, door, bolt })),
        )
      : []),
    happening(`${door} button pressed`, (_, at) => ({ type: "RexPressed", at, door })),
    ...(freedom.lineFaults
      ? [
          happening(`${door} command fails`, (_, at) => ({ type: "CommandFailed", at, door })),
          happening(`${door} command works`, (_, at) => ({ type: "CommandWorked", at, door })),
        ]
      : []),
  ]);
}

const asks =
  (door: DoorName, validFor: number, enters = false, id?: string, people?: number): Make =>
  (state, at) => ({
    type: "ReleaseRequested",
    at,
    door,
    grant: {
      id: id ?? freshId(state),
      kind: "access",
      enters,
      ...(people === undefined ? {} : { people }),
    },
    notAfter: instant(at + validFor),
  });

/** A request that nothing in the state refers to: one that was never made. */
function freshId({ doors, proposal }: InterlockState): string {
  const known = [...doors.outer.answered, ...doors.inner.answered, proposal?.id];
  let count = 1;
  while (known.includes(`request ${count}`)) count += 1;
  return `request ${count}`;
}

function ofRequests(variant: Variant): readonly Happening[] {
  const { freedom, step } = variant;
  return doorNames.flatMap((door) => [
    happening(`${door} release asked for`, asks(door, 0)),
    ...(freedom.people === undefined
      ? []
      : [happening(`${door} release asked for, to enter`, entering(door, freedom.people))]),
    ...(freedom.pairs && freedom.people !== undefined
      ? [
          happening(`${door} release asked for, for two to enter`, entering(door, freedom.people, 2)),
          happening(`${door} release asked for, for two`, asks(door, 0, false, undefined, 2)),
        ]
      : []),
    ...(freedom.withdrawals
      ? [
          happening(`${door} release withdrawn`, withdrawing(door, lockGrant)),
          happening(`${door} release withdrawn, once over`, withdrawing(door, takingGrant)),
        ]
      : []),
    ...(freedom.oddRequests
      ? [
          happening(`${door} release asked for too long ago`, asks(door, -step)),
          happening(`${door} release asked for without an expiry`, asks(door, Number.NaN)),
          happening(`${door} release asked for again`, again(door, lockGrant)),
          happening(`${door} release asked for again, once over`, again(door, takingGrant)),
        ]
      : []),
  ]);
}

/** As many come in as the variant has people. */
const entering =
  (door: DoorName, most: number, together?: number): Make =>
  (state, at) =>
    expectedIn(state) + (together ?? 1) <= most
      ? asks(door, 0, true, undefined, together)(state, at)
      : undefined;

/** Between the doors, and on their way there. */
const expectedIn = ({ doors, entered }: InterlockState): number =>
  doorNames
    .map((name) => doors[name].taking)
    .reduce((sum, taking) => sum + (taking.phase === "none" ? 0 : entrants(taking.grant)), entered.length);

const entrants = ({ enters, people = 1 }: Grant): number => (enters ? people : 0);

const lockGrant = ({ doors }: InterlockState, door: DoorName): string | undefined => {
  const { lock } = doors[door];
  return lock.commanded === "released" && lock.by === "grant" ? lock.grant.id : undefined;
};
const takingGrant = (state: InterlockState, door: DoorName): string | undefined => {
  const { taking } = state.doors[door];
  const id = taking.phase === "none" ? undefined : taking.grant.id;
  return id === lockGrant(state, door) ? undefined : id;
};
const again =
  (door: DoorName, idOf: (state: InterlockState, door: DoorName) => string | undefined): Make =>
  (state, at) => {
    const id = idOf(state, door);
    return id === undefined ? undefined : asks(door, 0, false, id)(state, at);
  };

/** A8 */
const withdrawing =
  (door: DoorName, idOf: (state: InterlockState, door: DoorName) => string | undefined): Make =>
  (state, at) => {
    const id = idOf(state, door);
    return id === undefined ? undefined : { type: "WithdrawalRequested", at, door, id };
  };

function ofController({ freedom, policy, step }: Variant): readonly Happening[] {
  const beat = (name: string, ago: number): Happening =>
    happening(name, (_, at) => ({ type: "HeartbeatReceived", at, sentAt: after(at, -ago) }));
  const lease = policy.heartbeatTime;
  return [
    beat("heartbeat", 0),
    happening("all doors ordered secured", (_, at) => ({ type: "SecureRequested", at })),
    ...(freedom.controller
      ? [
          happening("controller gone", (_, at) => ({ type: "ControllerGone", at })),
          beat("heartbeat from the future", -10 * step),
          beat("heartbeat as old as the lease", lease),
          beat("heartbeat without an instant", Number.NaN),
          ...(lease < never ? [beat("heartbeat of the step before", step)] : []),
        ]
      : []),
  ];
}

function ofVestibule({ freedom, step }: Variant): readonly Happening[] {
  return [
    ...(freedom.fire ? ofFire : []),
    ...(["order", "input"] as const).flatMap((by) =>
      freedom.lockdown === undefined || (by === "input" && freedom.lockdown === "order")
        ? []
        : [true, false].map((active) =>
            happening(`lockdown by ${by} ${active ? "begins" : "ends"}`, (_, at) => ({
              type: "LockdownChanged",
              at,
              by,
              active,
            })),
          ),
    ),
    ...(freedom.override === undefined ? [] : ofOverride(freedom.override, step)),
    ...(freedom.people === undefined ? [] : ofPeople(freedom.people)),
    ...(freedom.boxInputs ? ofBox : []),
  ];
}

const ofFire: readonly Happening[] = [
  ...(["active", "inactive", "fault"] as const).map((value) =>
    happening(`fire input reads ${value}`, (_, at) => ({ type: "FireChanged", at, value })),
  ),
  happening("emergency reset asked for", (_, at) => ({ type: "EmergencyResetRequested", at, id: "reset" })),
  happening("emergency known from before", (_, at) => ({ type: "EmergencyRestored", at })),
];

function ofOverride(which: "one" | "all", step: number): readonly Happening[] {
  const doorsOffered = which === "one" ? (["inner"] as const) : ([...doorNames, "both"] as const);
  const request =
    (doors: DoorName | "both", operator: string, validFor: number, id?: string): Make =>
    (state, at) => ({
      type: "OverrideRequested",
      at,
      id: id ?? freshId(state),
      doors,
      operator,
      notAfter: instant(at + validFor),
    });
  return [
    ...doorsOffered.flatMap((doors) =>
      ["anna", "ben"].map((operator) =>
        happening(`${operator} asks for an override, ${doors}`, request(doors, operator, 0)),
      ),
    ),
    ...doorsOffered
      .slice(0, 1)
      .flatMap((doors) => [
        happening("an override asked for too long ago", request(doors, "ben", -step)),
        happening("an override asked for without an expiry", request(doors, "ben", Number.NaN)),
        happening("the same proposal again", (state, at) =>
          state.proposal === undefined
            ? undefined
            : request(state.proposal.doors, "ben", 0, state.proposal.id)(state, at),
        ),
      ]),
  ];
}

const ofPeople = (most: number): readonly Happening[] => [
  ...Array.from({ length: most + 1 }, (_, people) =>
    happening(`${people} people known between the doors`, (__, at) => ({
      type: "OccupancyKnown",
      at,
      people,
    })),
  ),
  ...(["nobody", -1, 1, Number.NaN] as const).map((change) =>
    happening(`an operator says of the people between the doors: ${change}`, (state, at) =>
      change === 1 && expectedIn(state) >= most ? undefined : { type: "OccupancyReset", at, change },
    ),
  ),
];

const ofBox: readonly Happening[] = [true, false].flatMap((value) => [
  happening(`housing ${value ? "open" : "closed"}`, (_, at) => ({ type: "TamperChanged", at, open: value })),
  happening(`mains ${value ? "there" : "gone"}`, (_, at) => ({ type: "MainsChanged", at, present: value })),
  happening(`battery ${value ? "good" : "low"}`, (_, at) => ({ type: "BatteryChanged", at, good: value })),
]);
