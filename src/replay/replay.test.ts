import { describe, expect, test } from "vitest";
import { recordsOf, replayOf } from "../../test/support/replayed.ts";
import { anna, bo, porter, SiteInOneProcess } from "../../test/support/site-in-one-process.ts";
import type { JournalEntry, JournalRecord, JsonObject } from "../ports/journal.ts";
import type { Decided } from "./replay.ts";

/** In and out again, refused, held, forced, with a button and a disk that fails: most of what doors meet in a day. */
async function livedDay(): Promise<readonly JournalRecord[]> {
  const site = await SiteInOneProcess.open();
  await site.goesThrough(anna);
  await site.goesThrough(bo);
  await site.present("9999");
  await site.passes(2_000);
  await site.goesThrough(porter, "inner-entry");
  site.moveDoor("inner", "force");
  await site.passes(6_000);
  site.setInput("inner.rex", true);
  await site.passes(8_000);
  await site.goesThrough(porter, "outer-exit");
  return recordsOf(site.disk);
}

let day: readonly JournalRecord[] | undefined;
const busyDay = async (): Promise<readonly JournalRecord[]> => (day ??= await livedDay());

const changed = (
  records: readonly JournalRecord[],
  change: (record: JournalRecord) => JournalRecord | undefined,
): readonly JournalRecord[] => records.flatMap((record) => change(record) ?? []);

/** The record with other content at a path of its input. */
function withInput(record: JournalRecord, path: readonly string[], value: unknown): JournalRecord {
  const input = structuredClone(record.input) as JsonObject;
  let inner = input as Record<string, unknown>;
  for (const key of path.slice(0, -1)) inner = inner[key] as Record<string, unknown>;
  inner[path.at(-1) ?? ""] = value;
  return { ...record, input };
}

test("from its record alone every decision of a day comes out the same", async () => {
  const records = await busyDay();
  const { differences, skipped, decisions, versions } = replayOf(records);
  expect({ differences, skipped, versions }).toEqual({ differences: [], skipped: {}, versions: ["0.0.0"] });
  const begun = records.filter(({ input }) => input !== undefined && "access" in input);
  expect(decisions.access).toBe(begun.length);
  expect(decisions.interlock).toBeGreaterThan(25);
});

describe("where another rule holds, the first decision that comes out otherwise is named:", () => {
  test("R1: doors that have to settle for longer", async () => {
    const records = await busyDay();
    const first = records.find(({ type }) => type === "DoorBecameSecure");
    const longer = changed(records, (record) =>
      record.input !== undefined && "policy" in ((record.input["interlock"] ?? {}) as JsonObject)
        ? withInput(record, ["interlock", "policy", "settleTime"], 800)
        : record,
    );
    const [difference] = replayOf(longer).differences;
    expect(difference).toMatchObject({ seq: first?.seq, rules: "interlock", policy: "v1", kind: "outcome" });
    expect(difference?.decided.map(({ type }) => type)).not.toContain("DoorBecameSecure");
  });

  test("an access level that asks for a PIN besides", async () => {
    const records = await busyDay();
    const asking = changed(records, (record) => {
      if (record.type !== "RulesInForce") return record;
      const { levels = [] } = (record.input?.["rules"] ?? {}) as { readonly levels?: readonly JsonObject[] };
      const stricter = levels.map((level) =>
        level["name"] === "staff" ? { ...level, mode: "card+pin" } : level,
      );
      return withInput(record, ["rules", "levels"], stricter);
    });
    const [difference] = replayOf(asking).differences;
    const first = records.find(
      ({ type, payload }) => type === "VerificationStarted" && payload["card"] === anna.card,
    );
    expect(difference).toMatchObject({ seq: first?.seq, rules: "access", kind: "outcome" });
    expect(difference?.decided.at(-1)).toMatchObject({
      type: "AccessDenied",
      payload: { reason: "wrongPin" },
    });
  });

  test("a record that says something else than was decided, and what follows it is asked again all the same", async () => {
    const records = await busyDay();
    const granted = records.find(({ type }) => type === "AccessDenied");
    const forged = changed(records, (record) =>
      record === granted ? { ...record, payload: { ...record.payload, reason: "lostCredential" } } : record,
    );
    const { differences, decisions } = replayOf(forged);
    expect(differences.map(({ seq }) => seq)).toEqual([granted?.seq]);
    expect(decisions).toEqual(replayOf(records).decisions);
  });

  test("a record of a step that is not there", async () => {
    const records = await busyDay();
    const missing = records.filter(({ type }) => type === "DoorOpened").at(-1);
    const { differences, skipped } = replayOf(
      changed(records, (record) => (record === missing ? undefined : record)),
    );
    // The interlock counts its records: one that is missing is no decision that came out otherwise.
    expect(differences).toEqual([]);
    expect(skipped.inputsLost?.first).toBe((missing?.seq ?? 0) + 1);
  });
});

describe("what cannot be asked again is said, and nothing is made up:", () => {
  test("records of a release that kept no inputs", async () => {
    const records = changed(await busyDay(), ({ input: _none, ...record }) => record);
    const { differences, skipped, decisions } = replayOf(records);
    expect({ differences, decisions }).toEqual({ differences: [], decisions: { access: 0, interlock: 0 } });
    expect(Object.keys(skipped)).toEqual(["olderRelease"]);
  });

  test("what comes before the first state in a journal whose oldest part is gone", async () => {
    const site = await SiteInOneProcess.open();
    for (let time = 0; time < 14; time += 1) {
      await site.goesThrough(anna);
      await site.goesThrough(porter, "outer-exit");
    }
    const records = recordsOf(site.disk);
    const rules = records.filter(({ type }) => type === "RulesInForce");
    const { differences, skipped, decisions } = replayOf([...rules, ...records.slice(60)]);
    expect(differences).toEqual([]);
    expect(skipped.startMissing?.first).toBeGreaterThan(60);
    expect(decisions.access).toBeGreaterThan(10);
    expect(decisions.interlock).toBeGreaterThan(20);
    expect(replayOf(records.slice(60)).skipped.rulesUnknown?.count).toBeGreaterThan(10);
  });

  test("what was kept in memory and dropped while the disk was away", async () => {
    const records = await busyDay();
    const dropped: JournalEntry = { type: "RecordsDropped", at: records[0]?.at ?? (0 as never), payload: {} };
    const half = records.findLastIndex(({ type }) => type === "VerificationStarted") + 1;
    const note = { ...records[half], ...dropped } as JournalRecord;
    const { differences, skipped } = replayOf([...records.slice(0, half), note, ...records.slice(half)]);
    expect(differences).toEqual([]);
    expect(skipped.inputsLost?.first).toBe(records[half]?.seq);
  });
});

test("0008: what the disk refused, and kept all the same, was decided twice and happened once", async () => {
  const site = await SiteInOneProcess.open();
  await site.present(anna.card);
  site.disk.failNextAppend("kept");
  site.vision.accept();
  await site.passes(5_000);
  await site.goesThrough(anna);
  expect(site.types().filter((type) => type === "AccessGranted")).toHaveLength(2);
  const { differences, skipped } = replayOf(recordsOf(site.disk));
  expect({ differences, skipped }).toEqual({ differences: [], skipped: {} });
});

test("what the interlock sends twice to a controller that was killed is asked again once", async () => {
  const site = await SiteInOneProcess.open();
  await site.goesThrough(anna);
  site.killController();
  await site.startController();
  await site.goesThrough(porter, "outer-exit");
  const { differences, skipped } = replayOf(recordsOf(site.disk));
  expect({ differences, skipped }).toEqual({ differences: [], skipped: {} });
});

test("rules are on record at each start, and where they change before the first decision by the others", async () => {
  const records = await busyDay();
  const starts = records.filter(({ type }) => type === "ControllerStarted");
  const rules = records.filter(({ type }) => type === "RulesInForce");
  expect(rules).toHaveLength(starts.length);
  const decisions: Decided[] = [];
  replayOf(records, (decision) => decisions.push(decision));
  const references = decisions.flatMap(({ rules: which, policy }) =>
    which === "access" ? [policy.reference] : [],
  );
  for (const reference of references) expect(JSON.stringify(rules[0]?.payload)).toContain(`"${reference}`);
});

test("A5, 0010: no name, template or picture stands beside a record", async () => {
  const text = JSON.stringify((await busyDay()).map(({ input }) => input ?? {}));
  for (const { name } of [anna, bo, porter])
    for (const part of name.split(" ")) expect(text).not.toMatch(new RegExp(`\\b${part}\\b`));
  expect(text).not.toMatch(/descriptor|jpeg|template":\s*\[/i);
});
