import type { AccessLevel, AccessPolicy, Schedule } from "../domain/access/access.ts";
import { canonicalJson } from "../domain/journal/canonical-json.ts";
import type { JsonObject } from "./journal.ts";

/** A level as it stands in `RulesInForce`: its schedules by their place in `schedules`. */
interface CompactLevel extends Omit<AccessLevel, "schedule" | "modes"> {
  readonly schedule: "always" | number;
  readonly modes?: readonly { readonly schedule: number; readonly mode: AccessLevel["mode"] }[] | undefined;
}

/** The access rules as they stand in `RulesInForce`: a schedule once, however many levels go by it. */
export interface CompactRules extends Omit<AccessPolicy, "levels" | "duress"> {
  /** What is done for somebody who is forced (A5). */
  readonly forced: AccessPolicy["duress"];
  readonly levels: readonly CompactLevel[];
  readonly schedules: readonly Schedule[];
}

export function compactRules({ duress, ...policy }: AccessPolicy): CompactRules {
  const places = new Map<string, number>();
  const schedules: Schedule[] = [];
  const placeOf = (schedule: Schedule): number => {
    const { name, spans, firstPerson = null } = schedule;
    const key = canonicalJson({ name, spans, firstPerson });
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, schedules.push(schedule) - 1);
    return schedules.length - 1;
  };
  const levels = policy.levels.map(({ schedule, modes, ...level }) => ({
    ...level,
    schedule: schedule === "always" ? schedule : placeOf(schedule),
    ...(modes === undefined
      ? {}
      : { modes: modes.map((one) => ({ mode: one.mode, schedule: placeOf(one.schedule) })) }),
  }));
  return { ...policy, forced: duress, levels, schedules };
}

/** Undefined where it is not what `compactRules` makes: a schedule is missing. */
export function rulesOf(stored: JsonObject): AccessPolicy | undefined {
  const { levels, schedules, forced, ...rest } = stored as unknown as CompactRules; // chained as it was written
  if (!Array.isArray(levels) || !Array.isArray(schedules)) return undefined;
  const at = (place: number): Schedule[] => schedules.slice(place, place + 1);
  const whole = levels.flatMap(({ schedule, modes, ...level }: CompactLevel): AccessLevel[] => {
    const each = modes?.map((one) => ({ mode: one.mode, schedule: at(one.schedule)[0] }));
    const own = schedule === "always" ? schedule : at(schedule)[0];
    if (own === undefined || each?.some((one) => one.schedule === undefined)) return [];
    return [
      {
        ...level,
        schedule: own,
        ...(modes === undefined
          ? {}
          : {
              modes: modes.flatMap((one) =>
                at(one.schedule).map((found) => ({ mode: one.mode, schedule: found })),
              ),
            }),
      },
    ];
  });
  return whole.length === levels.length ? { ...rest, duress: forced, levels: whole } : undefined;
}
