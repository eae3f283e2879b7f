import { expect, test } from "vitest";
import type { JsonValue } from "../ports/journal.ts";
import type { RuleDocuments } from "../ports/rule-book.ts";
import { ruleBookOf } from "./rule-book.ts";
import { siteForTests } from "./site-for-tests.ts";

const site = siteForTests(`    doors: { inner: { multiPerson: { count: 2 }, releaseTime: 7 } }
    accessPoints:
      outer-entry: { reader: { kind: simulated }, camera: street, liveness: challenge }
      inner-entry: { reader: { kind: simulated } }
cameras:
  - { id: street, source: { kind: simulated } }
schedules:
  - { name: office, spans: [{ days: [monday], from: "08:00", to: "18:00" }] }
accessLevels:
  - { name: staff, accessPoints: [outer-entry], schedule: office }
access: { duress: { gesture: blink } }
`);
const book = ruleBookOf(site);
const booked = (documents: RuleDocuments = {}) => {
  const outcome = book.with(documents);
  if (!outcome.fits) throw new Error(outcome.faults.map(({ path, found }) => `${path}: ${found}`).join("; "));
  return outcome;
};
const faults = (documents: RuleDocuments): readonly string[] => {
  const outcome = book.with(documents);
  return outcome.fits ? [] : outcome.faults.map(({ path }) => path);
};

test("without changes the file holds, and says of each kind what it is", () => {
  const { rules, documents } = booked();
  expect(Object.keys(documents).toSorted()).toEqual([...book.kinds].toSorted());
  expect(documents["doors/v1/inner"]).toMatchObject({
    releaseTime: 7,
    multiPerson: { count: 2, groups: [], directions: "entry" },
  });
  expect(documents["doors/v1/outer"]).toMatchObject({ multiPerson: null, remoteGrant: false });
  expect(rules.access.doors["v1/inner"]?.multiPerson?.count).toBe(2);
  expect(rules.face).toMatchObject({ threshold: undefined, falseMatchRate: 1e-4, minFrames: 2 });
});

test("what a kind says of itself, laid over the file, changes nothing", () => {
  const { rules, documents } = booked();
  expect(booked(documents)).toEqual({ fits: true, rules, documents });
});

test("a door's document holds over the file's, where it says something", () => {
  const { rules } = booked({ "doors/v1/inner": { heldOpenTime: 30, multiPerson: null } });
  expect(rules.interlock["v1"]?.doors.inner).toMatchObject({ heldOpenTime: 30_000, releaseTime: 7_000 });
  expect(rules.access.doors["v1/inner"]).toEqual({});
});

test("settings hold where they say something; null takes back what the file has", () => {
  const { rules } = booked({
    settings: {
      access: { maxFailures: 5, duress: { policy: "deny" } },
      vestibules: {
        v1: { occupancy: { secureMax: 9 }, countFaces: "street", liveness: { "outer-entry": null } },
      },
    },
  });
  expect(rules.access).toMatchObject({ maxFailures: 5, lockoutTime: 60_000, duress: { policy: "deny" } });
  expect(rules.access.areas["v1"]).toMatchObject({ secureMax: 9, vestibuleMax: 2, countingCamera: "street" });
  expect(rules.access.liveness.at).toEqual({});
  expect(rules.duressSigns).toEqual({ pin: "own", gesture: "blink" });
});

test("all that is wrong is told at once, in each document and between them, with what to do", () => {
  expect(
    faults({
      "access-levels": [{ name: "Staff", accessPoints: "all" }],
      "doors/v1/outer": { releaseTime: 90, lock: "fail-safe" },
      holidays: ["2027-13-01"],
    }),
  ).toEqual(["access-levels[0].name", "doors/v1/outer.releaseTime", "doors/v1/outer.lock", "holidays[0]"]);
  // Taken away while a level still goes by it.
  expect(faults({ schedules: [] })).toEqual(["accessLevels[0].schedule"]);
  expect(
    faults({ settings: { vestibules: { v9: {}, v1: { antiPassback: "hard", countFaces: "attic" } } } }),
  ).toEqual([
    "settings.vestibules.v9",
    "vestibules[0].antiPassback",
    "vestibules[0].antiPassback",
    "vestibules[0].countFaces",
  ]);
  const outcome = book.with({ "doors/v1/outer": { heldOpenTime: 5 } });
  expect(outcome.fits ? [] : outcome.faults[0]).toMatchObject({
    path: "vestibules[0].doors.outer.heldOpenWarning",
    remedy: { en: "shorten the warning or lengthen heldOpenTime" },
  });
});

test("T8: a document of the wrong kind, or with keys that mean something to the language, is faulty and harmless", () => {
  for (const hostile of [null, 7, "x", { length: 1 }])
    expect(faults({ "access-levels": hostile })).toEqual(["access-levels"]);
  const proto: JsonValue = JSON.parse('{"__proto__": {"releaseTime": 2}}') as JsonValue;
  expect(faults({ "doors/v1/inner": proto })).toEqual(["doors/v1/inner.__proto__"]);
  expect(Object.hasOwn(book.merged("settings", {}, proto) as object, "__proto__")).toBe(true);
  expect(({} as Record<string, unknown>)["releaseTime"]).toBeUndefined();
});

test("A9: a date is one kind of day; what was written before there were kinds is read as it was", () => {
  const twice = [{ date: "2027-02-14", as: "monday" }, "2027-02-14", { date: "2027-02-14", as: "monday" }];
  expect(faults({ holidays: twice })).toEqual(["site.holidays[1]"]);
  expect(faults({ holidays: ["2027-01-01", { date: "2027-01-01", name: "元旦" }] })).toEqual([]);
  const yearly = { yearly: true, as: "yearEnd" };
  const years = [
    { date: "2026-12-31", ...yearly },
    { date: "2027-12-31", ...yearly, as: "halfDay" },
  ];
  expect(faults({ holidays: [...years, "2028-12-31"] })).toEqual(["site.holidays[1]"]);
  expect(faults({ holidays: [{ date: "2027-01-01", as: "someday" }] })).toEqual(["holidays[0].as"]);
  const read = book.with({ holidays: ["2027-01-01", { date: "2027-05-01", name: "劳动节" }] });
  expect(read).toMatchObject({
    rules: {
      markedDays: ["2027-01-01", "2027-05-01"].map((date) => ({ date, as: "holiday", yearly: false })),
    },
    documents: { holidays: ["2027-01-01", { date: "2027-05-01", name: "劳动节" }] },
  });
});

test("lists are given whole; of doors and settings what is given is changed", () => {
  expect(book.merged("holidays", ["2027-01-01"], [])).toEqual([]);
  const door = book.merged(
    "doors/v1/inner",
    { releaseTime: 4, multiPerson: { count: 3, groups: ["a"] } },
    { multiPerson: { count: 2 } },
  );
  expect(door).toEqual({ releaseTime: 4, multiPerson: { count: 2 } });
  expect(
    book.merged("settings", { access: { maxFailures: 2, pinTimeout: 9 } }, { access: { maxFailures: 3 } }),
  ).toEqual({ access: { maxFailures: 3, pinTimeout: 9 } });
});

test("T42: another reading of the file comes to rules too; one that is not understood to none", () => {
  const { rules } = booked();
  expect(book.withFile(book.file, {})).toEqual(rules);
  const stricter = { ...book.file, access: { maxFailures: 1 } };
  expect(book.withFile(stricter, {})?.access.maxFailures).toBe(1);
  expect(book.withFile({ site: "none" }, {})).toBeUndefined();
  expect(JSON.stringify(book.file)).not.toContain("evidenceLimit");
});
