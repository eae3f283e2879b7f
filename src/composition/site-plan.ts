import { milliseconds } from "../config/policy-of.ts";
import type {
  AccessLevelConfiguration,
  ScheduleConfiguration,
  SiteConfiguration,
} from "../config/site-schema.ts";
import type { SitePlan } from "../controller/controller-options.ts";
import type { AccessLevel, LivenessRules, Schedule } from "../domain/access/access.ts";
import { accessPointNames } from "../domain/names.ts";
import type { Milliseconds } from "../domain/time.ts";

/** The interlock answers within milliseconds; after this nobody waits at the door any more. */
const releaseAnswerTime: Milliseconds = 1_000;

/** The vision process ends a verification itself, and says why; this is for one that does not answer at all. */
const visionAnswerTime: Milliseconds = 3_000;

/** From the card to the end, whatever a challenge asks; vision itself gives up earlier. */
const challengeTimeLimit: Milliseconds = 20_000;

export function sitePlanOf(configuration: SiteConfiguration): SitePlan {
  const { site, vestibules, cameras, access, accessLevels, schedules, data } = configuration;
  return {
    id: site.id,
    name: site.name,
    timeZone: site.timeZone,
    vestibules: vestibules.map(({ id, name, accessPoints }) => ({
      id,
      name: name ?? { en: id, zh: id },
      accessPoints: accessPointNames.filter((accessPoint) => accessPoints[accessPoint] !== undefined),
    })),
    cameras: cameras.map(({ id }) => id),
    cameraOf: ({ vestibule, accessPoint }) =>
      vestibules.find(({ id }) => id === vestibule)?.accessPoints[accessPoint]?.camera,
    policy: {
      levels: accessLevels.map((level) => accessLevelOf(level, schedules)),
      doors: {},
      areas: {},
      duress: { policy: "grant" },
      pinTimeout: 20_000,
      remoteWindow: 60_000,
      countTimeout: 2_000,
      verifyTimeout: milliseconds(access.verifyTimeout) + visionAnswerTime,
      liveness: livenessRulesOf(configuration),
      challengeTimeout: challengeTimeLimit,
      releaseAnswerTime,
      maxFailures: access.maxFailures,
      lockoutTime: milliseconds(access.lockoutTime),
      sameCardTime: milliseconds(access.sameCardTime),
    },
    diskReserve: data.diskReserve * 1e6,
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
  level: AccessLevelConfiguration,
  schedules: readonly ScheduleConfiguration[],
): AccessLevel {
  const schedule = schedules.find(({ name }) => name === level.schedule);
  // The configuration was checked: a level names a schedule that exists, or `always`.
  return { ...level, schedule: schedule === undefined ? "always" : scheduleOf(schedule) };
}

function scheduleOf({ name, spans }: ScheduleConfiguration): Schedule {
  return {
    name,
    spans: spans.map(({ days, from, to }) => ({ days, from: minuteOf(from), to: minuteOf(to) })),
  };
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
