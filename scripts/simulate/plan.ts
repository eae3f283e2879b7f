import type { SitePlan } from "../../src/controller/controller-options.ts";
import type { AccessPolicy, AreaRules } from "../../src/domain/access/access.ts";
import type { DoorPolicy, InterlockPolicy } from "../../src/domain/interlock/interlock.ts";
import { type AccessPointRef, accessPointNames, type DoorName } from "../../src/domain/names.ts";
import type { Milliseconds } from "../../src/domain/time.ts";
import type { BuildingPlan, VestibulePlan } from "../../src/simulation/building.ts";
import { Draw } from "./draw.ts";

/** `calm`: nothing but people who behave. `people`: they don't. `faults`: nothing else can be relied on either. */
export type Weather = "calm" | "people" | "faults";

export interface VestibuleDrawn {
  readonly id: string;
  readonly policy: InterlockPolicy;
  readonly building: VestibulePlan;
}

/** One site as a seed makes it. */
export interface RunPlan {
  readonly seed: number;
  readonly weather: Weather;
  readonly vestibules: readonly [VestibuleDrawn, ...VestibuleDrawn[]];
  readonly access: AccessPolicy;
  /** Some people have to enter a PIN. Seeds that found something before there were any are as they were. */
  readonly pins: boolean;
  readonly site: SitePlan;
  readonly doorCloserTime: Milliseconds;
  readonly building: BuildingPlan;
  readonly staff: number;
  readonly robbers: number;
  /** Passages begun before everybody goes home. */
  readonly passages: number;
}

/** Milliseconds of one message between two processes of a machine that has nothing else to do. */
export const ordinaryDelay = { shortest: 1, longest: 3 } as const;

const cameraOf = ({ vestibule, accessPoint }: AccessPointRef): string | undefined =>
  accessPoint.endsWith("-entry") ? `${vestibule}-${accessPoint}` : undefined;

export function planOf(seed: number, passages: number): RunPlan {
  const draw = new Draw(seed, "plan");
  const weather = draw.weighted({ calm: 15, people: 25, faults: 60 });
  const first = vestibule(draw, "v1");
  const others = Array.from(
    { length: draw.weighted({ 0: 60, 1: 25, 2: 15 }) === "0" ? 0 : draw.between(1, 2) },
    (_, index) => vestibule(draw, `v${index + 2}`),
  );
  const vestibules: RunPlan["vestibules"] = [first, ...others];
  const heartbeatTime = draw.pick([500, 1_000, 1_000, 2_000]);
  const pins = seed % 3 === 0;
  const usual = accessPolicy(draw);
  const access = pins ? withRulesOnPeople(usual, weather, seed, vestibules) : usual;
  const site = sitePlan(vestibules, access);
  const doorCloserTime = draw.between(2_000, 4_500);
  return {
    seed,
    weather,
    vestibules: vestibules.map((one) => ({
      ...one,
      policy: { ...one.policy, heartbeatTime },
    })) as unknown as RunPlan["vestibules"], // as many as before
    access,
    pins,
    site,
    doorCloserTime,
    building: {
      vestibules: vestibules.map(({ building }) => building),
      cameras: site.cameras,
      doorCloserTime,
    },
    staff: draw.between(2, 4) + 2 * others.length,
    robbers: weather === "calm" ? 0 : draw.between(0, 2),
    passages,
  };
}

function vestibule(draw: Draw, id: string): VestibuleDrawn {
  const outer = door(draw);
  const inner = door(draw);
  const rex = { outer: draw.chance(0.5), inner: draw.chance(0.5) };
  const policy: InterlockPolicy = {
    doors: { outer, inner },
    settleTime: draw.pick([0, 200, 500, 500, 500, 1_500]),
    heartbeatTime: 1_000,
    onFire: draw.pick(["both", "both", "outer", "none"]),
    priority: draw.chance(0.8) ? "fire" : "lockdown",
    overrideWindow: 30_000,
    overrideTime: draw.between(10, 90) * 1_000,
    dwellTime: draw.between(30, 180) * 1_000,
  };
  const built = (rules: DoorPolicy, name: DoorName) =>
    ({ lock: rules.lockKind, bolt: rules.bolt, rex: rex[name] ? "fitted" : "unfitted" }) as const;
  return {
    id,
    policy,
    building: {
      id,
      doors: { outer: built(outer, "outer"), inner: built(inner, "inner") },
      readers: accessPointNames,
    },
  };
}

function door(draw: Draw): DoorPolicy {
  const heldOpenTime = draw.between(8, 25) * 1_000;
  return {
    lockKind: draw.chance(0.7) ? "fail-secure" : "fail-safe",
    bolt: draw.chance(0.7) ? "fitted" : "unfitted",
    releaseTime: draw.between(2, 8) * 1_000,
    relockOnOpen: draw.chance(0.75),
    relockDelay: draw.pick([0, 100, 300, 300, 1_000]),
    heldOpenTime,
    heldOpenWarning: draw.between(0, 5) * 1_000,
    boltTime: draw.pick([500, 1_000, 2_000]),
    flapLimit: draw.between(12, 40),
    contactDebounce: draw.pick([30, 50, 100, 100]),
    stuckContactLimit: draw.between(2, 5),
  };
}

function accessPolicy(draw: Draw): AccessPolicy {
  const everywhere = { vestibules: "all", schedule: "always" } as const;
  return {
    levels: [
      { name: "staff-in", ...everywhere, accessPoints: ["outer-entry", "inner-entry"], mode: "card+face" },
      {
        name: "vault-in",
        ...everywhere,
        accessPoints: ["outer-entry", "inner-entry"],
        mode: "card+face+pin",
      },
      { name: "keypad-in", ...everywhere, accessPoints: ["outer-entry", "inner-entry"], mode: "card+pin" },
      { name: "porters-in", ...everywhere, accessPoints: ["outer-entry", "inner-entry"], mode: "card" },
      { name: "out", ...everywhere, accessPoints: ["inner-exit", "outer-exit"], mode: "card" },
    ],
    doors: {},
    areas: {},
    duress: { policy: "grant" },
    pinTimeout: 20_000,
    remoteWindow: 60_000,
    countTimeout: 2_000,
    verifyTimeout: draw.pick([3_000, 4_000, 5_000]),
    liveness: { usual: "passive", at: {} },
    challengeTimeout: 20_000,
    releaseAnswerTime: 1_000,
    maxFailures: draw.between(2, 5),
    lockoutTime: draw.between(20, 60) * 1_000,
    sameCardTime: draw.pick([500, 1_000]),
  };
}

/** A3 to A5, where people do not mind being sent away. */
function withRulesOnPeople(
  access: AccessPolicy,
  weather: Weather,
  seed: number,
  vestibules: RunPlan["vestibules"],
): AccessPolicy {
  if (weather === "calm") return access;
  const draw = new Draw(seed, "rules on people");
  const policy = draw.weighted({ grant: 50, grantOuterHoldInner: 25, deny: 25 });
  const areas = vestibules.map(({ id }): [string, AreaRules] => [
    id,
    {
      antiPassback: draw.pick(["off", "soft", "hard"] as const),
      vestibuleMax: draw.pick([0, 1, 3]),
      secureMax: draw.pick([0, 3]),
      secureMin: 0,
    },
  ]);
  return { ...access, duress: { policy }, areas: Object.fromEntries(areas) };
}

function sitePlan(vestibules: RunPlan["vestibules"], policy: AccessPolicy): SitePlan {
  return {
    id: "s1",
    name: { en: "Branch", zh: "支行" },
    timeZone: "Asia/Shanghai",
    vestibules: vestibules.map(({ id }) => ({
      id,
      name: { en: id, zh: id },
      accessPoints: accessPointNames,
    })),
    cameras: vestibules.flatMap(({ id }) => [`${id}-outer-entry`, `${id}-inner-entry`]),
    cameraOf,
    policy,
    diskReserve: 1e8,
    clips: { before: 10_000, after: 20_000 },
    evidenceRetention: { usual: 90 * 86_400_000, ofAlarms: 180 * 86_400_000 },
  };
}
