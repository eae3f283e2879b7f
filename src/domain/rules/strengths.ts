import { doorKeyOf } from "../access/policy.ts";
import type { LivenessLevel } from "../biometric/liveness/track.ts";
import type { DoorPolicy, InterlockPolicy } from "../interlock/policy.ts";
import { doorNames, type VestibuleId } from "../names.ts";
import { roles } from "../operator/rights.ts";
import type { RulesInForce } from "./rules-in-force.ts";

export type StrengthRule =
  | "people"
  | "window"
  | "directions"
  | "remoteGrant"
  | "antiPassback"
  | "vestibuleMax"
  | "secureMax"
  | "secureMin"
  | "countFaces"
  | "duress"
  | "maxFailures"
  | "lockoutTime"
  | "liveness"
  | "releaseTime"
  | "relockOnOpen"
  | "relockDelay"
  | "heldOpenTime"
  | "bolt"
  | "boltTime"
  | "flapLimit"
  | "stuckContactLimit"
  | "settleTime"
  | "overrideTime"
  | "dwellTime"
  | "onFire"
  | "heartbeatTime"
  | "faceThreshold"
  | "falseMatchRate"
  | "minFrames"
  | "frameMaxAge"
  | "livenessTime"
  | "challengeCount"
  | "vote"
  | "easyPins"
  | "fourEyes"
  | "secondFactor";

/** One rule that is a matter of more or less, where it holds. */
export interface Strength {
  readonly rule: StrengthRule;
  readonly where: string;
  /** Greater is stronger; comparable for the same rule and place only. */
  readonly strength: number;
  /** For people. */
  readonly shown: string;
}

export function strengthsOf(rules: RulesInForce): readonly Strength[] {
  return [
    ...doorStrengths(rules),
    ...Object.keys(rules.access.areas).flatMap((vestibule) => areaStrengths(rules, vestibule)),
    ...siteStrengths(rules),
    ...livenessStrengths(rules),
    ...Object.entries(rules.interlock).flatMap(([vestibule, policy]) =>
      interlockStrengths(vestibule, policy),
    ),
    ...faceStrengths(rules),
    of("easyPins", "", Number(!rules.easyPins), rules.easyPins),
    of("fourEyes", "", Number(rules.fourEyes), rules.fourEyes),
    ...roles.map((role) => {
      const asked = rules.secondFactor.includes(role);
      return of("secondFactor", role, Number(asked), asked);
    }),
  ];
}

const of = (
  rule: StrengthRule,
  where: string,
  strength: number,
  shown: string | number | boolean,
): Strength => ({ rule, where, strength, shown: String(shown) });

const seconds = (milliseconds: number): string => `${milliseconds / 1000} s`;
/** The longer, the weaker. */
const shorter = (rule: StrengthRule, where: string, milliseconds: number): Strength =>
  of(rule, where, -milliseconds, seconds(milliseconds));
/** The longer, the stronger. */
const longer = (rule: StrengthRule, where: string, milliseconds: number): Strength =>
  of(rule, where, milliseconds, seconds(milliseconds));
/** A limit of which 0 is none at all. */
const limit = (rule: StrengthRule, where: string, most: number): Strength =>
  of(rule, where, most === 0 ? Number.NEGATIVE_INFINITY : -most, most === 0 ? "no limit" : most);

function doorStrengths({ access }: RulesInForce): readonly Strength[] {
  return Object.entries(access.doors).flatMap(([door, { multiPerson, remoteGrant }]) => [
    of("people", door, multiPerson?.count ?? 1, multiPerson?.count ?? 1),
    of("remoteGrant", door, Number(remoteGrant ?? false), remoteGrant ?? false),
    ...(multiPerson === undefined
      ? []
      : [
          shorter("window", door, multiPerson.window),
          of("directions", door, Number(multiPerson.directions === "both"), multiPerson.directions),
        ]),
  ]);
}

const passbackRank = { off: 0, soft: 1, hard: 2 } as const;

function areaStrengths({ access }: RulesInForce, vestibule: VestibuleId): readonly Strength[] {
  const area = access.areas[vestibule];
  if (area === undefined) return [];
  const { antiPassback, vestibuleMax, secureMax, secureMin, countingCamera } = area;
  // A group that a door asks for always fits (A1): a maximum of just its size lets nobody in beside it.
  const groups = doorNames.map((door) => access.doors[doorKeyOf(vestibule, door)]?.multiPerson?.count ?? 1);
  const beside = vestibuleMax > 0 && vestibuleMax <= Math.max(...groups) ? 1 : vestibuleMax;
  return [
    of("antiPassback", vestibule, passbackRank[antiPassback], antiPassback),
    limit("vestibuleMax", vestibule, beside),
    limit("secureMax", vestibule, secureMax),
    of("secureMin", vestibule, secureMin, secureMin),
    of("countFaces", vestibule, Number(countingCamera !== undefined), countingCamera ?? "off"),
  ];
}

const duressRank = { grant: 0, grantOuterHoldInner: 1, deny: 2 } as const;

function siteStrengths({ access }: RulesInForce): readonly Strength[] {
  return [
    of("duress", "", duressRank[access.duress.policy], access.duress.policy),
    of("maxFailures", "", -access.maxFailures, access.maxFailures),
    longer("lockoutTime", "", access.lockoutTime),
  ];
}

export const livenessRank: Readonly<Record<LivenessLevel, number>> = { off: 0, passive: 1, challenge: 2 };

/** The site's own, and that of every access point which has one, or had. */
function livenessStrengths({ access, interlock }: RulesInForce): readonly Strength[] {
  const places = Object.keys(interlock).flatMap((vestibule) =>
    (["outer-entry", "inner-entry", "inner-exit", "outer-exit"] as const).map((one) => `${vestibule}/${one}`),
  );
  const { usual, at } = access.liveness;
  return [
    of("liveness", "", livenessRank[usual], usual),
    // Where the usual holds it is told once, for the site.
    ...places.map((place) => {
      const level = at[place] ?? usual;
      return of("liveness", place, livenessRank[level], level);
    }),
  ];
}

const fireRank = { both: 0, outer: 1, none: 2 } as const;

function interlockStrengths(vestibule: VestibuleId, policy: InterlockPolicy): readonly Strength[] {
  return [
    longer("settleTime", vestibule, policy.settleTime),
    shorter("overrideTime", vestibule, policy.overrideTime),
    shorter("dwellTime", vestibule, policy.dwellTime),
    shorter("heartbeatTime", vestibule, policy.heartbeatTime),
    of("onFire", vestibule, fireRank[policy.onFire], policy.onFire),
    ...doorNames.flatMap((door) => lockStrengths(doorKeyOf(vestibule, door), policy.doors[door])),
  ];
}

function lockStrengths(door: string, rules: DoorPolicy): readonly Strength[] {
  return [
    shorter("releaseTime", door, rules.releaseTime),
    of("relockOnOpen", door, Number(rules.relockOnOpen), rules.relockOnOpen),
    shorter("relockDelay", door, rules.relockDelay),
    shorter("heldOpenTime", door, rules.heldOpenTime),
    of("bolt", door, Number(rules.bolt === "fitted"), rules.bolt),
    shorter("boltTime", door, rules.boltTime),
    of("flapLimit", door, -rules.flapLimit, rules.flapLimit),
    of("stuckContactLimit", door, -rules.stuckContactLimit, rules.stuckContactLimit),
  ];
}

function faceStrengths({ face }: RulesInForce): readonly Strength[] {
  const { threshold, falseMatchRate, minFrames, frameMaxAge, livenessTime, challengeCount, vote } = face;
  return [
    of("faceThreshold", "", -(threshold ?? Number.POSITIVE_INFINITY), threshold ?? "calibrated"),
    of("falseMatchRate", "", -falseMatchRate, falseMatchRate),
    of("minFrames", "", minFrames, minFrames),
    shorter("frameMaxAge", "", frameMaxAge),
    longer("livenessTime", "", livenessTime),
    of("challengeCount", "", challengeCount, challengeCount),
    of("vote", "", Number(vote), vote),
  ];
}
