import { describe, expect, test } from "vitest";
import type { AccessPointName } from "../../domain/names.ts";
import type { JsonObject } from "../../ports/journal.ts";
import { JournalForTests } from "./journal-for-tests.ts";
import { rebuiltFrom } from "./recorded-presence.ts";

type Fact = readonly [type: string, payload: JsonObject];

const passes = (cardholder: string, accessPoint: AccessPointName, vestibule = "v1"): Fact => [
  "AccessTaken",
  { vestibule, accessPoint, cardholder, passage: "p", lead: "p", groups: [] },
];
const granted = (cardholder: string, accessPoint: AccessPointName, passage: string, lead = passage): Fact => [
  "AccessGranted",
  { vestibule: "v1", accessPoint, cardholder, passage, lead, groups: [] },
];
/** As the interlock says it, who knows nobody. */
const somebody = (door: string, enters: boolean, more: JsonObject = {}): Fact => [
  "AccessTaken",
  { vestibule: "v1", door, enters, grant: "egress", passage: "rex", ...more },
];
const opened = (cause: string, vestibule = "v1"): Fact => ["DoorOpened", { vestibule, door: "outer", cause }];
const reset = (cardholder: string | null, area: string | null, vestibule: string | null = null): Fact => [
  "AreaReset",
  { cardholder, area, vestibule, operator: "wang", reason: "left by the garage" },
];

function after(...facts: readonly Fact[]) {
  const journal = new JournalForTests();
  for (const [type, payload] of facts) journal.add(type, payload);
  return rebuiltFrom(journal);
}

describe("A3: the area of each cardholder", () => {
  test.each<[AccessPointName, string]>([
    ["outer-entry", "vestibule"],
    ["inner-entry", "secure"],
    ["inner-exit", "vestibule"],
    ["outer-exit", "outside"],
  ])("through %s is %s", (accessPoint, area) => {
    expect(after(passes("anna", accessPoint)).areaOf("anna")).toBe(area);
  });

  test("nobody's is known before", () => {
    expect(after().areaOf("anna")).toBeUndefined();
    expect(after(passes("bo", "outer-entry")).areaOf("anna")).toBeUndefined();
  });

  test("each person of a group is there", () => {
    const places = after(passes("anna", "outer-entry"), passes("bo", "outer-entry"));
    expect([places.areaOf("anna"), places.areaOf("bo")]).toEqual(["vestibule", "vestibule"]);
    expect(places.occupancy("v1")).toEqual({ vestibule: 2, secure: 0 });
  });

  test("what was granted and not taken changes nothing", () => {
    const places = after(granted("anna", "outer-entry", "p1"), [
      "AccessNotTaken",
      { vestibule: "v1", accessPoint: "outer-entry", cardholder: "anna", passage: "p1" },
    ]);
    expect(places.areaOf("anna")).toBeUndefined();
    expect(places.occupancy("v1")).toEqual({ vestibule: 0, secure: 0 });
  });

  test("whoever is removed is forgotten, and counted nowhere", () => {
    const places = after(passes("anna", "inner-entry"), ["CardholderRemoved", { cardholder: "anna" }]);
    expect(places.areaOf("anna")).toBeUndefined();
    expect(places.occupancy("v1").secure).toBe(0);
    expect(places.inside()).toEqual([]);
  });

  test("a passage that the controller did not see the end of is theirs to whom it was granted", () => {
    const group = [granted("anna", "outer-entry", "p1", "p2"), granted("bo", "outer-entry", "p2")];
    const places = after(...group, somebody("outer", true, { grant: "access", passage: "p2", people: 2 }));
    expect([places.areaOf("anna"), places.areaOf("bo")]).toEqual(["vestibule", "vestibule"]);
    expect(places.occupancy("v1").vestibule).toBe(2);
  });

  test("of a passage that nobody was granted nothing is known but how many", () => {
    const gone = somebody("outer", true, { grant: "access", passage: "p9", people: 3 });
    const places = after(granted("anna", "outer-entry", "p1"), gone);
    expect(places.areaOf("anna")).toBeUndefined();
    expect(places.occupancy("v1").vestibule).toBe(3);
  });
});

describe("A4: how many are where", () => {
  test("known people move between the counts, behind each door pair by itself", () => {
    const places = after(
      passes("anna", "outer-entry"),
      passes("anna", "inner-entry"),
      passes("bo", "outer-entry"),
      passes("cy", "outer-entry", "v2"),
    );
    expect(places.occupancy("v1")).toEqual({ vestibule: 1, secure: 1 });
    expect(places.occupancy("v2")).toEqual({ vestibule: 1, secure: 0 });
    expect(places.inside().map(({ cardholder, area }) => [cardholder, area])).toEqual([
      ["anna", "secure"],
      ["bo", "vestibule"],
      ["cy", "vestibule"],
    ]);
  });

  test("R11: whoever leaves by the button is one fewer, whoever it was", () => {
    const in2 = [passes("anna", "inner-entry"), passes("bo", "inner-entry")];
    const places = after(...in2, somebody("inner", true), somebody("outer", false));
    expect(places.occupancy("v1")).toEqual({ vestibule: 0, secure: 1 });
    expect(places.behind.get("v1")?.count).toMatchObject({
      known: { secure: 2 },
      unknown: { vestibule: 0, secure: -1 },
    });
    expect(places.areaOf("anna")).toBe("secure");
  });

  test("and turns out to be who comes in again", () => {
    const left = [passes("anna", "inner-entry"), passes("bo", "inner-entry"), somebody("inner", true)];
    const places = after(...left, somebody("outer", false), passes("anna", "outer-entry"));
    expect(places.occupancy("v1")).toEqual({ vestibule: 1, secure: 1 });
    expect(places.behind.get("v1")?.count.unknown).toEqual({ vestibule: 0, secure: 0 });
  });

  test("whoever came in unseen turns out to be who leaves with a card", () => {
    const places = after(somebody("inner", true), passes("anna", "outer-exit"));
    expect(places.occupancy("v1")).toEqual({ vestibule: 0, secure: 0 });
  });

  test("there are never fewer than none, and the next one in counts", () => {
    const left = [somebody("inner", true), somebody("outer", false), somebody("outer", false)];
    expect(after(...left).occupancy("v1")).toEqual({ vestibule: 0, secure: 0 });
    expect(after(...left, passes("anna", "inner-entry")).occupancy("v1").secure).toBe(1);
  });

  test("whoever turns up at another door pair is not at the first any more", () => {
    const places = after(passes("anna", "inner-entry"), passes("anna", "inner-exit", "v2"));
    expect(places.occupancy("v1").secure).toBe(0);
    expect(places.occupancy("v2")).toEqual({ vestibule: 1, secure: 0 });
  });
});

describe("R12, R13: a door that stood open to anybody", () => {
  test.each(["emergency", "override"])("opened by %s: nobody there is known any more", (cause) => {
    const places = after(
      passes("anna", "inner-entry"),
      passes("bo", "outer-exit"),
      passes("cy", "inner-entry", "v2"),
      somebody("inner", true),
      opened(cause),
    );
    expect(["anna", "bo", "cy"].map((who) => places.areaOf(who))).toEqual([undefined, undefined, "secure"]);
    expect(places.occupancy("v1")).toEqual({ vestibule: 0, secure: 0 });
    expect(places.behind.get("v1")?.uncertainSince).toBe(1_000);
    expect(places.inside().map(({ cardholder }) => cardholder)).toEqual(["cy"]);
  });

  test("and is learned again, once, at the next passage", () => {
    const places = after(passes("anna", "inner-entry"), opened("override"), passes("anna", "inner-exit"));
    expect(places.areaOf("anna")).toBe("vestibule");
    expect(places.occupancy("v1")).toEqual({ vestibule: 1, secure: 0 });
  });

  test.each(["forced", "found"])("%s: what is known stays, and is said to be doubtful", (cause) => {
    const places = after(passes("anna", "inner-entry"), opened(cause));
    expect(places.areaOf("anna")).toBe("secure");
    expect(places.behind.get("v1")?.uncertainSince).toBe(1_000);
  });

  test("an ordinary opening says nothing", () => {
    const places = after(passes("anna", "inner-entry"), opened("granted"));
    expect(places.areaOf("anna")).toBe("secure");
    expect(places.behind.get("v1")?.uncertainSince).toBeNull();
  });
});

describe("A3: reset by an operator", () => {
  test("one person, to where he is", () => {
    const places = after(passes("anna", "inner-entry"), reset("anna", "outside"));
    expect(places.areaOf("anna")).toBe("outside");
    expect(places.occupancy("v1").secure).toBe(0);
  });

  test("one person, to nothing known", () => {
    const places = after(passes("anna", "inner-entry"), reset("anna", null));
    expect(places.areaOf("anna")).toBeUndefined();
    expect(places.occupancy("v1").secure).toBe(0);
  });

  test("who is put inside is counted there", () => {
    expect(after(reset("anna", "secure", "v2")).occupancy("v2").secure).toBe(1);
  });

  test("everybody: nothing known, or all outside", () => {
    const before = [passes("anna", "inner-entry"), somebody("inner", true), opened("forced")];
    const unknown = after(...before, reset(null, null));
    expect([unknown.areaOf("anna"), unknown.areaOf("never seen")]).toEqual([undefined, undefined]);
    expect(unknown.occupancy("v1")).toEqual({ vestibule: 0, secure: 0 });
    expect(unknown.behind.get("v1")).toBeUndefined();
    const outside = after(...before, reset(null, "outside"), passes("bo", "outer-entry"));
    expect([outside.areaOf("anna"), outside.areaOf("bo")]).toEqual(["outside", "vestibule"]);
    // Not for ever: a door that stands open lets anybody in.
    expect(after(reset(null, "outside"), opened("override")).areaOf("anna")).toBeUndefined();
  });
});

test("T8: a record of any shape is nothing, and breaks nothing", () => {
  const odd = [null, 7, [], {}, "__proto__", "constructor"];
  for (const value of odd) {
    const payload = { vestibule: value, accessPoint: value, cardholder: value, door: value, enters: value };
    for (const type of ["AccessTaken", "AccessGranted", "DoorOpened", "CardholderRemoved", "AreaReset"])
      expect(after([type, payload]).occupancy("v1")).toEqual({ vestibule: 0, secure: 0 });
  }
  expect(after(passes("__proto__", "inner-entry", "constructor")).occupancy("constructor").secure).toBe(1);
});
