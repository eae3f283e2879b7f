import { type DayKind, dayOfYear } from "../domain/access/access.ts";
import { doorNames } from "../domain/names.ts";
import { markedDayOf } from "./access-schema.ts";
import type { CrossFault } from "./cross-fault.ts";
import { shown } from "./path.ts";
import { referenceFault } from "./reference-fault.ts";
import type { SiteDraft } from "./site-draft.ts";
import type { VestibuleConfiguration } from "./site-schema.ts";

/** Rules on people that are right by themselves and wrong together, in the file and wherever they are changed. */
export function accessFaults(draft: SiteDraft): CrossFault[] {
  return [
    ...calendarFaults(draft),
    ...scheduleFaults(draft),
    ...accessLevelFaults(draft),
    ...draft.vestibules.flatMap((vestibule, index) =>
      vestibule === undefined
        ? []
        : [
            ...groupFaults(vestibule, index),
            ...occupancyFaults(vestibule, index),
            ...antiPassbackFaults(vestibule, index),
            ...countingFaults(draft, vestibule, index),
          ],
    ),
  ];
}

/** One date cannot be two kinds of day; that it stands there twice the same does no harm. */
function calendarFaults({ site }: SiteDraft): CrossFault[] {
  const known = new Map<string, DayKind>();
  return (site?.holidays ?? []).flatMap((holiday, index): CrossFault[] => {
    const { date, as, yearly } = markedDayOf(holiday);
    const key = yearly ? `yearly ${dayOfYear(date)}` : date;
    const before = known.get(key) ?? as;
    known.set(key, before);
    if (before === as) return [];
    return [
      {
        path: ["site", "holidays", index],
        found: `${date} as ${as}, and as ${before} before`,
        expected: "each date as one kind of day",
        remedy: { en: "remove one of them", zh: "同一日期设为两种日类，请删除其一。" },
      },
    ];
  });
}

function scheduleFaults({ schedules }: SiteDraft): CrossFault[] {
  return schedules.flatMap((schedule, index) =>
    (schedule?.spans ?? []).flatMap(({ from, to }, span): CrossFault[] => {
      if (from !== to && from !== "24:00") return [];
      return [
        {
          path: ["schedules", index, "spans", span, "from"],
          found: `from ${from} to ${to}`,
          expected: "a span that lasts; a whole day is 00:00 to 24:00",
          remedy: { en: "correct from or to", zh: "时段长度为零，全天请写 00:00 至 24:00。" },
        },
      ];
    }),
  );
}

function accessLevelFaults(draft: SiteDraft): CrossFault[] {
  return draft.accessLevels.flatMap((level, index): CrossFault[] => {
    if (level === undefined) return [];
    const faults: CrossFault[] = [];
    const path = ["accessLevels", index];
    if (level.schedule !== "always") {
      const known = ["always", ...draft.names.schedules];
      faults.push(...referenceFault([...path, "schedule"], level.schedule, "a schedule's name", known));
    }
    for (const [place, { schedule }] of (level.modes ?? []).entries()) {
      const at = [...path, "modes", place, "schedule"];
      faults.push(...referenceFault(at, schedule, "a schedule's name", draft.names.schedules));
    }
    for (const [place, vestibule] of level.vestibules === "all" ? [] : level.vestibules.entries()) {
      const at = [...path, "vestibules", place];
      faults.push(...referenceFault(at, vestibule, "a vestibule's id", draft.names.vestibules));
    }
    return [...faults, ...facelessFaults(draft, index)];
  });
}

/** A level that asks for a face where it names an access point without a camera would never open it. */
function facelessFaults(draft: SiteDraft, index: number): CrossFault[] {
  const level = draft.accessLevels[index];
  if (level === undefined || level.accessPoints === "all") return [];
  const asking = [level.mode, ...(level.modes ?? []).map(({ mode }) => mode)].find((mode) =>
    mode.includes("face"),
  );
  if (asking === undefined) return [];
  return level.accessPoints.flatMap((accessPoint, place): CrossFault[] => {
    const blind = draft.vestibules.find(
      (vestibule) =>
        vestibule !== undefined &&
        (level.vestibules === "all" || level.vestibules.includes(vestibule.id)) &&
        vestibule.accessPoints[accessPoint] !== undefined &&
        vestibule.accessPoints[accessPoint].camera === undefined,
    );
    if (blind === undefined) return [];
    return [
      {
        path: ["accessLevels", index, "accessPoints", place],
        found: `${accessPoint} of ${blind.id}, which has no camera`,
        expected: `a camera wherever ${asking} is asked for`,
        remedy: {
          en: "give it a camera, or open it by a level of its own with mode: card",
          zh: "该出入口没有摄像机：请配置摄像机，或另设 mode: card 的权限组。",
        },
      },
    ];
  });
}

function groupFaults({ doors }: VestibuleConfiguration, index: number): CrossFault[] {
  return doorNames.flatMap((door): CrossFault[] => {
    const rule = doors[door].multiPerson;
    if (rule === undefined) return [];
    const path = ["vestibules", index, "doors", door, "multiPerson", "groups"];
    if (new Set(rule.groups).size < rule.groups.length) {
      return [
        {
          path,
          found: "a group a second time",
          expected: "each group once: one of each is asked for",
          remedy: { en: "raise count for more of one group", zh: "组名重复；如需多人请提高 count。" },
        },
      ];
    }
    if (rule.groups.length <= rule.count) return [];
    return [
      {
        path,
        found: `${rule.groups.length} groups for ${rule.count} people`,
        expected: `at most ${rule.count} groups: each is another person`,
        remedy: { en: "raise count or name fewer groups", zh: "组数不能超过人数，请提高 count 或减少组。" },
      },
    ];
  });
}

function occupancyFaults({ occupancy }: VestibuleConfiguration, index: number): CrossFault[] {
  const { secureMin, secureMax } = occupancy;
  const path = ["vestibules", index, "occupancy", "secureMin"];
  if (secureMin === 0) return [];
  const faults: CrossFault[] = [];
  if (secureMax > 0 && secureMax < secureMin) {
    faults.push({
      path,
      found: `${secureMin}, more than secureMax (${secureMax})`,
      expected: "at most secureMax",
      remedy: { en: "raise secureMax or lower secureMin", zh: "最少人数不能大于最多人数。" },
    });
  }
  return faults;
}

/** Who is read on the way in and not on the way out would be inside for ever. */
function antiPassbackFaults(
  { antiPassback, accessPoints }: VestibuleConfiguration,
  index: number,
): CrossFault[] {
  if (antiPassback === "off") return [];
  const pairs = [
    ["outer-entry", "outer-exit"],
    ["inner-entry", "inner-exit"],
  ] as const;
  return pairs.flatMap(([entry, exit]): CrossFault[] => {
    if (accessPoints[entry]?.reader === undefined || accessPoints[exit]?.reader !== undefined) return [];
    return [
      {
        path: ["vestibules", index, "antiPassback"],
        found: `${shown(antiPassback)} without a reader at ${exit}`,
        expected: `a reader at ${exit}: who leaves unread is taken to be inside`,
        remedy: { en: "fit a reader there, or set off", zh: "该出口没有读卡器，请加装或关闭防反潜回。" },
      },
    ];
  });
}

function countingFaults(
  draft: SiteDraft,
  { countFaces }: VestibuleConfiguration,
  index: number,
): CrossFault[] {
  if (countFaces === undefined) return [];
  const path = ["vestibules", index, "countFaces"];
  return referenceFault(path, countFaces, "a camera's id", draft.names.cameras);
}
