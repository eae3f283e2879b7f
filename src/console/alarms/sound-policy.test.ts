import { expect, test } from "vitest";
import type { AlarmPriority } from "../../domain/alarm/alarm.ts";
import {
  criticalSilenceFor,
  heardAgain,
  type SoundState,
  silenced,
  silenceFor,
  soundTurn,
  type Tone,
  unheard,
} from "./sound-policy.ts";

const alarm = (id: string, priority: AlarmPriority, type = "DoorForcedOpen") =>
  ({ id, priority, type, phase: "active-unacknowledged", shelved: null }) as const;

type Alarms = Parameters<typeof soundTurn>[1];

/** Everything that is heard from `from` on, as the page plays it: woken when it is due. */
function heardIn(
  length: number,
  alarms: Alarms,
  start: SoundState = unheard,
  from = 0,
): { readonly tones: readonly (readonly [at: number, tone: Tone])[]; readonly state: SoundState } {
  const tones: (readonly [number, Tone])[] = [];
  let state = start;
  for (let now: number | null = from; now !== null && now <= from + length; ) {
    const turn = soundTurn(state, alarms, now);
    if (turn.tone !== null) tones.push([now, turn.tone]);
    ({ state } = turn);
    if (turn.next !== null && turn.next <= now) throw new Error("it would be asked for ever");
    now = turn.next;
  }
  return { tones, state };
}
const count = (tones: readonly (readonly [number, Tone])[], tone: Tone): number =>
  tones.filter(([, one]) => one === tone).length;

test("what is critical is heard until somebody acknowledges; high a few times; what is lower once", () => {
  const hour = 3_600_000;
  expect(count(heardIn(hour, [alarm("a", "critical")]).tones, "critical")).toBe(901);
  expect(heardIn(hour, [alarm("a", "high")]).tones).toEqual([
    [0, "high"],
    [8_000, "high"],
    [16_000, "high"],
  ]);
  for (const priority of ["medium", "low"] as const)
    expect(heardIn(hour, [alarm("a", priority)]).tones).toEqual([[0, "lower"]]);
});

test("acknowledged, shelved and ended alarms are silent; one that begins anew is heard anew", () => {
  const seen = { ...alarm("a", "critical"), phase: "active-acknowledged" } as const;
  const shelved = { ...alarm("b", "high"), shelved: {} as never };
  expect(heardIn(60_000, [seen, shelved]).tones).toEqual([]);
  const over = { ...alarm("a", "critical"), phase: "returned-unacknowledged" } as const;
  expect(heardIn(5_000, [over]).tones).toHaveLength(2);
  const { state } = heardIn(20_000, [alarm("a", "high")]);
  const acknowledged = soundTurn(state, [], 30_000).state;
  expect(acknowledged.heard).toEqual({});
  expect(soundTurn(acknowledged, [alarm("a", "high")], 31_000).tone).toBe("high");
});

test("duress has a sound of its own and is heard before all others", () => {
  const both = [alarm("a", "critical"), alarm("b", "critical", "Duress"), alarm("c", "low")];
  const { tones } = heardIn(2_000, both);
  expect(tones).toEqual([[0, "duress"]]);
});

test("one sound stands for all that were due: nothing queues up behind a flood", () => {
  const flood = Array.from({ length: 200 }, (_, index) => alarm(`a${index}`, "low"));
  expect(heardIn(60_000, flood).tones).toEqual([[0, "lower"]]);
});

test("a silence ends by itself, for what is critical after two minutes", () => {
  const alarms = [alarm("a", "critical"), alarm("b", "high")];
  const quiet = silenced(soundTurn(unheard, alarms, 0).state, alarms, 0);
  const { tones } = heardIn(silenceFor * 2, alarms, quiet);
  expect(tones[0]).toEqual([criticalSilenceFor, "critical"]);
  expect(criticalSilenceFor).toBeLessThanOrEqual(120_000);
  expect(count(tones, "high")).toBe(0); // its sign is on the page; it was heard before
});

test("in a silence whatever is critical and new is heard at once; what is high and new is not", () => {
  const known = [alarm("a", "critical")];
  const quiet = silenced(soundTurn(unheard, known, 0).state, known, 0);
  expect(soundTurn(quiet, [...known, alarm("n", "high")], 1_000).tone).toBeNull();
  expect(soundTurn(quiet, [...known, alarm("n", "critical")], 1_000).tone).toBe("critical");
  expect(soundTurn(heardAgain(quiet), known, 5_000).tone).toBe("critical");
});

test("what has been heard is forgotten with its alarm: a page open for a month does not grow", () => {
  let state = unheard;
  for (let at = 0; at < 5_000; at++) ({ state } = soundTurn(state, [alarm(`a${at}`, "high")], at));
  expect(Object.keys(state.heard)).toHaveLength(1);
});
