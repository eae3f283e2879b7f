import type {
  AccessLevel,
  AccessPolicy,
  AreaRules,
  DoorRules,
  LivenessRules,
} from "../domain/access/policy.ts";
import { doorKeyOf } from "../domain/access/policy.ts";
import type { Schedule } from "../domain/access/schedule.ts";
import { doorNames } from "../domain/names.ts";
import type { Milliseconds } from "../domain/time.ts";
import { milliseconds } from "./policy-of.ts";
import type {
  AccessLevelConfiguration,
  ScheduleConfiguration,
  SiteConfiguration,
  VestibuleConfiguration,
} from "./site-schema.ts";

/** The interlock answers within milliseconds; after this nobody waits at the door any more. */
const releaseAnswerTime: Milliseconds = 1_000;

/** The vision process ends a verification itself, and says why; this is for one that does not answer at all. */
const visionAnswerTime: Milliseconds = 3_000;

/** From the card to the end, whatever a challenge asks; vision itself gives up earlier. */
const challengeTimeLimit: Milliseconds = 20_000;

/** Enough frames to count faces in; longer than this nobody is kept standing for it. */
const countTimeout: Milliseconds = 2_000;

/** What the site asks of people, as the access rules count it. */
export function accessPolicyOf(site: SiteConfiguration): AccessPolicy {
  const { access, accessLevels, schedules, vestibules } = site;
  // One of each, however many levels go by it: whoever works something out of a schedule does so once.
  const times = new Map(schedules.map((schedule) => [schedule.name, scheduleOf(schedule)]));
  return {
    levels: accessLevels.map((level) => accessLevelOf(level, times)),
    doors: Object.fromEntries(
      vestibules.flatMap((vestibule) =>
        doorNames.map((door) => [
          doorKeyOf(vestibule.id, door),
          doorRulesOf(vestibule.doors[door], access.multiPersonWindow),
        ]),
      ),
    ),
    areas: Object.fromEntries(vestibules.map((vestibule) => [vestibule.id, areaRulesOf(vestibule)])),
    duress: { policy: access.duress.policy },
    pinTimeout: milliseconds(access.pinTimeout),
    remoteWindow: milliseconds(access.remoteWindow),
    countTimeout,
    verifyTimeout: milliseconds(access.verifyTimeout) + visionAnswerTime,
    liveness: livenessRulesOf(site),
    challengeTimeout: challengeTimeLimit,
    releaseAnswerTime,
    maxFailures: access.maxFailures,
    lockoutTime: milliseconds(access.lockoutTime),
    sameCardTime: milliseconds(access.sameCardTime),
  };
}

function doorRulesOf(
  { multiPerson, remoteGrant }: VestibuleConfiguration["doors"]["outer"],
  usualWindow: number,
): DoorRules {
  return {
    ...(multiPerson !== undefined && {
      multiPerson: {
        count: multiPerson.count,
        groups: multiPerson.groups,
        window: milliseconds(multiPerson.window ?? usualWindow),
        directions: multiPerson.directions,
      },
    }),
    ...(remoteGrant && { remoteGrant }),
  };
}

function areaRulesOf({ antiPassback, occupancy, countFaces, doors }: VestibuleConfiguration): AreaRules {
  const { vestibuleMax, secureMax, secureMin } = occupancy;
  // A4: those who pass the inner door together must first be between the doors together.
  const groups = doorNames.map((door) => doors[door].multiPerson?.count ?? 1);
  return {
    antiPassback,
    vestibuleMax: vestibuleMax === 0 ? 0 : Math.max(vestibuleMax, ...groups),
    secureMax,
    secureMin,
    ...(countFaces !== undefined && { countingCamera: countFaces }),
  };
}

function livenessRulesOf({ face, vestibules }: SiteConfiguration): LivenessRules {
  const fitted = vestibules.flatMap(({ id, accessPoints }) =>
    Object.entries(accessPoints).flatMap(([accessPoint, { liveness }]) =>
      liveness === undefined ? [] : [[`${id}/${accessPoint}`, liveness] as const],
    ),
  );
  return { usual: face.liveness, at: Object.fromEntries(fitted) };
}

function accessLevelOf(
  { modes, ...level }: AccessLevelConfiguration,
  schedules: ReadonlyMap<string, Schedule>,
): AccessLevel {
  // The configuration was checked: a level names a schedule that exists, or `always`.
  const byTime = (modes ?? []).flatMap(({ schedule: name, mode }) => {
    const schedule = schedules.get(name);
    return schedule === undefined ? [] : [{ schedule, mode }];
  });
  return {
    ...level,
    schedule: schedules.get(level.schedule) ?? "always",
    ...(byTime.length > 0 && { modes: byTime }),
  };
}

function scheduleOf({ name, spans, firstPerson }: ScheduleConfiguration): Schedule {
  return {
    name,
    spans: spans.map(({ days, from, to }) => ({ days, from: minuteOf(from), to: minuteOf(to) })),
    ...(firstPerson !== undefined && { firstPerson }),
  };
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
