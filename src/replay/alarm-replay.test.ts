import { describe, expect, test } from "vitest";
import { recordsOf, replayOf } from "../../test/support/replayed.ts";
import { SiteInOneProcess } from "../../test/support/site-in-one-process.ts";
import { after, wallTime } from "../domain/time.ts";
import type { JournalRecord, JsonObject } from "../ports/journal.ts";

const forced = "v1.outer.DoorForcedOpen";
const unknown = "v1.outer-entry.UnknownCard";

/** A forced door that chatters, a comment, an unknown card that is shelved, and a restart in between. */
async function day(): Promise<readonly JournalRecord[]> {
  const site = await SiteInOneProcess.open();
  for (let time = 0; time < 6; time++) {
    site.moveDoor("outer", "force");
    await site.passes(400);
    site.moveDoor("outer", "close");
    await site.passes(400);
  }
  await site.services.alarmDesk.comment(forced, "olga", "on the way");
  await site.services.acknowledge(forced, "olga", "the wind");
  await site.present("9999");
  await site.passes(2_000);
  const until = wallTime(site.clock.wall() + 600_000);
  await site.services.alarmDesk.shelve(unknown, "olga", until, "being repaired");
  site.killController();
  await site.startController();
  await site.passes(700_000);
  return recordsOf(site.disk);
}

let lived: readonly JournalRecord[] | undefined;
const livedDay = async (): Promise<readonly JournalRecord[]> => (lived ??= await day());

const firstOf = (records: readonly JournalRecord[], type: string, fields: JsonObject = {}): JournalRecord => {
  const found = records.find(
    (record) =>
      record.type === type &&
      Object.entries(fields).every(([field, value]) => record.payload[field] === value),
  );
  if (found === undefined) throw new Error(`no ${type}`);
  return found;
};
const withPayload = (records: readonly JournalRecord[], seq: number, change: JsonObject) =>
  records.map((record) =>
    record.seq === seq ? { ...record, payload: { ...record.payload, ...change } } : record,
  );

test("what happened to the alarms of a day comes out the same", async () => {
  const records = await livedDay();
  const { differences, alarms } = replayOf(records);
  expect(differences).toEqual([]);
  expect(alarms).toBeGreaterThan(10);
  expect(new Set(records.map(({ type }) => type))).toContain("AlarmRepeated");
  expect(firstOf(records, "AlarmShelved").payload["id"]).toBe(unknown);
  expect(firstOf(records, "AlarmUnshelved").payload["because"]).toBe("time");
});

describe("named where the rules would not have come to it:", () => {
  const named = (changed: readonly JournalRecord[]) =>
    replayOf(changed).differences.find(({ rules }) => rules === "alarms")?.seq;

  test("a forced door without its alarm", async () => {
    const records = await livedDay();
    const { seq } = firstOf(records, "AlarmRaised", { id: forced });
    const left = records.filter((record) => record.seq !== seq);
    expect(named(left)).toBe(firstOf(records, "DoorForcedOpen").seq);
  });

  test.each<[string, string, JsonObject]>([
    ["an acknowledgement of an alarm that nobody raised", "AlarmAcknowledged", { id: "v1.inner.LockFault" }],
    ["a count that goes back", "AlarmRepeated", { count: 1 }],
    ["another priority than the type's", "AlarmRaised", { priority: "low" }],
    ["a shelf without a reason", "AlarmShelved", { reason: " " }],
    ["a shelf for longer than any site allows", "AlarmShelved", { until: 4_000_000_000_000 }],
  ])("%s", async (_, type, change) => {
    const records = await livedDay();
    const { seq } = firstOf(records, type);
    expect(named(withPayload(records, seq, change))).toBe(seq);
  });
});

test("what the disk kept and said it had not: its alarm may go on from before, after a fault of storage only", async () => {
  const records = await livedDay();
  const acknowledged = firstOf(records, "AlarmAcknowledged", { id: forced });
  const told = records.filter(({ seq }) => seq <= acknowledged.seq);
  const last = told.findLast(({ type, payload }) => type === "AlarmRepeated" && payload["id"] === forced);
  const raised = firstOf(records, "AlarmRaised", { id: forced });
  const at = after(acknowledged.at, 2_000);
  const again = (seq: number): JournalRecord => ({
    ...{ ...raised, seq, at },
    payload: { ...raised.payload, count: Number(last?.payload["count"]) + 1 },
  });
  const tried: JournalRecord = {
    ...raised,
    seq: acknowledged.seq + 1,
    at,
    type: "StorageTried",
    payload: {},
  };
  expect(replayOf([...told, tried, again(tried.seq + 1)]).differences).toEqual([]);
  expect(replayOf([...told, again(tried.seq)]).differences.map(({ seq }) => seq)).toEqual([tried.seq]);
});

test("of a journal whose beginning was not read, nothing is said of alarms", async () => {
  expect(replayOf((await livedDay()).slice(5)).alarms).toBe(0);
});
