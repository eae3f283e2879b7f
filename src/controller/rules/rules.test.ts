import { beforeEach, describe, expect, test } from "vitest";
import { rulesForTests, siteWith } from "../../../test/support/rules-for-tests.ts";
import { type JsonValue, StorageFault } from "../../ports/journal.ts";
import type { RuleKind } from "../../ports/rules-store.ts";
import { type PossibleChange, RulesMoved } from "../../ports/services/rules-services.ts";
import { MemoryDirectory } from "../../simulation/memory-directory.ts";
import { MemoryJournal } from "../../simulation/memory-journal.ts";
import { MemoryRules } from "../../simulation/memory-rules.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import { hashOf } from "./rule-entries.ts";

const admin = { operator: "admin", approver: null, reason: "as ordered" };

let clock: VirtualClock;
let journal: MemoryJournal;
let directory: MemoryDirectory;
let store: MemoryRules;
let site: ReturnType<typeof siteWith>;
let opened: ReturnType<typeof rulesForTests>;

/** As a controller that has just started, with the configuration `site`. */
function start(): void {
  opened = rulesForTests({ clock, journal, directory, store, site });
  const configuration = hashOf(JSON.parse(JSON.stringify(site)) as JsonValue);
  journal.append([{ type: "ControllerStarted", at: clock.now(), payload: { configuration } }]);
  opened.rules.start({ configuration });
}

beforeEach(() => {
  clock = new VirtualClock();
  journal = new MemoryJournal(clock);
  directory = new MemoryDirectory(clock);
  store = new MemoryRules(clock, directory);
  site = siteWith();
  start();
});

function possible(kind: RuleKind, change: JsonValue): PossibleChange {
  const plan = opened.rules.plan(kind, change);
  if (plan.is !== "possible") throw new Error(JSON.stringify(plan));
  return plan;
}
const change = (kind: RuleKind, body: JsonValue) => opened.rules.apply(possible(kind, body), admin);
const records = (type: string) => journal.query({ type, limit: 100 }).map(({ payload }) => payload);
const doorNow = () => opened.rules.current().access.doors["v1/inner"];
const holidaysNow = () =>
  opened.rules.current().markedDays.map(({ date, as, yearly }) => (as === "holiday" && !yearly ? date : as));
const alarm = () => opened.alarms.open().find(({ type }) => type === "ConfigurationChanged");

describe("a change", () => {
  test("holds at once, is a version, and is on record with who, why, and what it made another", () => {
    const version = change("doors/v1/inner", { multiPerson: { count: 2, groups: [], directions: "entry" } });
    expect(version).toMatchObject({ id: 2, version: 1, operator: "admin", reason: "as ordered" });
    expect(doorNow()?.multiPerson?.count).toBe(2);
    expect(opened.changes).toEqual([opened.rules.current()]);
    expect(records("ConfigurationChanged")).toEqual([
      {
        ...{ source: "operator", kind: "doors/v1/inner", version: 1, hash: version.hash },
        ...{ operator: "admin", approver: null, reason: "as ordered" },
        differences: [
          { path: "multiPerson", before: null, after: { count: 2, groups: [], directions: "entry" } },
        ],
        ...{ more: 0, weakens: [], weakensInAll: 0 },
      },
    ]);
    expect(alarm()).toBeUndefined();
  });

  test("T42: one that weakens says what, on record and by the alarm", () => {
    change("settings", { access: { maxFailures: 5, lockoutTime: 10 } });
    expect(records("ConfigurationChanged")[0]).toMatchObject({
      weakens: [
        { rule: "maxFailures", before: "3", after: "5", en: "more failures before lock-out: 3 → 5" },
        { rule: "lockoutTime", zh: "锁定时长缩短：60 s → 10 s" },
      ],
    });
    expect(alarm()?.detail).toBe("more failures before lock-out: 3 → 5 (and 1 more)");
    expect(alarm()?.priority).toBe("medium");
  });

  test("what cannot be recorded is not changed, and leaves no version", () => {
    const planned = possible("holidays", ["2027-01-01"]);
    journal.setDiskFull(true);
    expect(() => opened.rules.apply(planned, admin)).toThrow(StorageFault);
    expect(holidaysNow()).toEqual([]);
    expect(store.newest("holidays")).toBeUndefined();
  });

  test("what is faulty, by itself or beside the rest, is told whole and not planned", () => {
    const plan = opened.rules.plan("schedules", [
      { name: "Late", spans: [] },
      { name: "late", spans: "x" },
    ]);
    expect(plan).toMatchObject({
      is: "faulty",
      faults: [{ path: "schedules[0].name" }, { path: "schedules[1].spans" }],
    });
    expect(opened.rules.plan("schedules", [])).toMatchObject({
      is: "faulty",
      faults: [{ path: "accessLevels[0].schedule" }],
    });
  });

  test("what changes nothing is none", () => {
    expect(opened.rules.plan("holidays", [])).toEqual({ is: "same" });
    expect(opened.rules.plan("doors/v1/outer", { releaseTime: 5 })).toEqual({ is: "same" });
  });

  test("who would lose a level is counted", () => {
    directory.add({ name: "a", groups: [], accessLevels: ["staff", "porters"] });
    directory.add({ name: "b", groups: [], accessLevels: ["staff"] });
    expect(
      possible("access-levels", [{ name: "porters", accessPoints: "all", mode: "card" }]).losing,
    ).toEqual({
      staff: 2,
    });
  });

  test("two who plan on the same rules do not undo each other's unseen", () => {
    const [first, second] = [possible("holidays", ["2027-01-01"]), possible("holidays", ["2027-05-01"])];
    const beside = possible("settings", { access: { maxFailures: 2 } });
    opened.rules.apply(first, admin);
    expect(() => opened.rules.apply(second, admin)).toThrow(RulesMoved);
    opened.rules.apply(beside, admin);
    expect(holidaysNow()).toEqual(["2027-01-01"]);
  });

  test("T42: what was confirmed does not weaken more than was looked at", () => {
    // Harmless while no door takes several people; afterwards it is their window.
    const planned = possible("settings", { access: { multiPersonWindow: 120 } });
    expect(planned.weakens).toEqual([]);
    change("doors/v1/inner", { multiPerson: { count: 2, groups: [], directions: "entry" } });
    expect(() => opened.rules.apply(planned, admin)).toThrow(RulesMoved);
  });
});

describe("revert", () => {
  const revert = (id: number) => {
    const version = opened.rules.version(id);
    const plan = version && opened.rules.planRevert(version);
    if (plan?.is !== "possible") throw new Error(`no way back: ${JSON.stringify(plan)}`);
    return opened.rules.apply(plan, admin);
  };
  const count = (people: number) => ({ multiPerson: { count: people, groups: [], directions: "entry" } });

  test("of the newest: what held before it, in the end the site's file", () => {
    const first = change("doors/v1/inner", count(2));
    change("doors/v1/inner", count(3));
    expect(revert(opened.rules.versions({ limit: 1 })[0]?.id ?? 0).version).toBe(3);
    expect(doorNow()?.multiPerson?.count).toBe(2);
    expect(revert(first.id + 1).body).toEqual(count(3));
    expect(doorNow()?.multiPerson?.count).toBe(3);
  });

  test("of the only one: the site's file holds again, and the version says so", () => {
    const only = change("doors/v1/inner", count(2));
    expect(revert(only.id).body).toBeNull();
    expect(doorNow()).toEqual({});
    expect(opened.rules.inForce("doors/v1/inner")?.version).toBe(0);
    start();
    expect(doorNow()).toEqual({});
    expect(records("ConfigurationRefused")).toEqual([]);
  });

  test("each version tells what it changed against the one before it", () => {
    change("holidays", ["2027-01-01"]);
    const { id } = change("holidays", ["2027-01-01", "2027-05-01"]);
    const version = opened.rules.version(id);
    if (version === undefined) throw new Error("it was just made");
    const [before, after] = [["2027-01-01"], ["2027-01-01", "2027-05-01"]];
    expect(opened.rules.differencesOf(version)).toEqual({
      differences: [{ path: "", before, after }],
      ...{ more: 0, before, after },
    });
  });

  test("a holiday may have a name, and is a holiday all the same", () => {
    change("holidays", [{ date: "2027-01-01", name: "元旦" }, "2027-05-01"]);
    expect(holidaysNow()).toEqual(["2027-01-01", "2027-05-01"]);
    const hostile = [{ date: "2027-01-01", name: "a\u0007b" }];
    expect(opened.rules.plan("holidays", hostile)).toMatchObject({ is: "faulty" });
  });

  test("T42: what a version weakened is told as it was recorded, also after the next start", () => {
    const strong = change("doors/v1/inner", count(2));
    const weak = change("doors/v1/inner", { multiPerson: null });
    const words = { en: "fewer people needed at v1/inner: 2 → 1", zh: "所需人数减少（v1/inner）：2 → 1" };
    const told = () => [strong, weak].map((one) => opened.rules.weakenedBy(one));
    const expected = [[], [words]].map((weakens) => ({ weakens, inAll: weakens.length }));
    expect(told()).toEqual(expected);
    start();
    expect(told()).toEqual(expected);
  });
});

describe("the next start", () => {
  test("finds what was changed still in force, and nothing to tell", () => {
    change("doors/v1/inner", { remoteGrant: true, heldOpenTime: 30 });
    change("access-levels", [{ name: "guards", accessPoints: "all" }]);
    change("schedules", []);
    start();
    expect(doorNow()).toEqual({ remoteGrant: true });
    expect(opened.rules.current().access.levels.map(({ name }) => name)).toEqual(["guards"]);
    expect(opened.rules.current().interlock["v1"]?.doors.inner.heldOpenTime).toBe(30_000);
    expect(records("ConfigurationChanged")).toHaveLength(3);
    expect(records("ConfigurationRefused")).toEqual([]);
  });

  test("T42: a version that was tampered with on the disk does not hold, and is told", () => {
    change("doors/v1/inner", { remoteGrant: true });
    store.tamper((all) => all.map((one) => (one.kind === "site-file" ? one : { ...one, body: {} })));
    start();
    expect(doorNow()).toEqual({});
    expect(records("ConfigurationRefused")).toEqual([
      { kind: "doors/v1/inner", version: 1, why: "its content is not what was written" },
    ]);
    expect(alarm()?.detail).toContain("doors/v1/inner version 1 does not hold");
  });

  test("T42: nor one that was put in with a hash of its own, which the record does not know", () => {
    store.append({ kind: "holidays", body: ["2027-01-01"], hash: hashOf(["2027-01-01"]), ...admin });
    start();
    expect(holidaysNow()).toEqual([]);
    expect(records("ConfigurationRefused")[0]).toMatchObject({ why: "the record does not tell of it" });
  });

  test("T33, T42: one that is on record and not on the disk is told; the one before it holds", () => {
    change("holidays", ["2027-01-01"]);
    change("holidays", ["2027-05-01"]);
    store.tamper((all) => all.slice(0, -1));
    start();
    expect(holidaysNow()).toEqual(["2027-01-01"]);
    expect(records("ConfigurationRefused")[0]).toMatchObject({ kind: "holidays", version: 2 });
  });

  test("a version that no longer fits the file does not hold; the others do", () => {
    change("access-levels", [{ name: "late", accessPoints: "all", schedule: "office" }]);
    change("holidays", ["2027-01-01"]);
    site = siteWith({ schedules: [], accessLevels: [] });
    start();
    expect(opened.rules.current().access.levels).toEqual([]);
    expect(holidaysNow()).toEqual(["2027-01-01"]);
    expect(records("ConfigurationRefused")[0]).toMatchObject({
      kind: "access-levels",
      why: expect.stringContaining("accessLevels[0].schedule"),
    });
  });
});

describe("T9, T42: the site's file", () => {
  const fileChanges = () => records("ConfigurationChanged").filter(({ source }) => source === "file");

  test("is nothing to tell at the first start, nor at a start with the same", () => {
    start();
    expect(fileChanges()).toEqual([]);
    expect(store.newest("site-file")).toMatchObject({ version: 1, operator: null });
  });

  test("changed by one insider while nobody was running: the differences are on record, and the alarm", () => {
    site = siteWith({ face: { threshold: 0.5, liveness: "off" }, access: { maxFailures: 5 } });
    start();
    expect(fileChanges()).toMatchObject([
      {
        kind: "site-file",
        differences: expect.arrayContaining([
          { path: "access.maxFailures", before: 3, after: 5 },
          { path: "face.liveness", before: "passive", after: "off" },
        ]),
      },
    ]);
    expect(alarm()?.detail).toMatch(/^more failures before lock-out: 3 → 5 \(and \d more\)$/);
    start();
    expect(fileChanges()).toHaveLength(1);
  });

  test("changed for the stricter: on record, and no alarm", () => {
    site = siteWith({ access: { maxFailures: 1 } });
    start();
    expect(fileChanges()).toHaveLength(1);
    expect(alarm()).toBeUndefined();
  });

  test("weaker where a change of the running site stands over it: no alarm, since it does not hold", () => {
    change("settings", { access: { maxFailures: 2 } });
    site = siteWith({ access: { maxFailures: 5 } });
    start();
    expect(opened.rules.current().access.maxFailures).toBe(2);
    expect(fileChanges()).toHaveLength(1);
    expect(alarm()).toBeUndefined();
  });

  test("another than the record says, and no version to compare with: an alarm all the same", () => {
    store.tamper(() => []);
    site = siteWith({ access: { maxFailures: 5 } });
    start();
    expect(fileChanges()).toHaveLength(1);
    expect(alarm()?.detail).toBe("the site's file is another than before");
  });
});
