import { describe, expect, test } from "vitest";
import { faceAccepted, given, quiet, staff } from "./given.ts";
import { areas, at, becomes, called, comes, policyFor, ran, shows } from "./given-people.ts";

const office = {
  name: "office",
  spans: [{ days: ["monday"], from: 8 * 60, to: 18 * 60 }],
  firstPerson: "managers",
} as const;
const policy = policyFor({ levels: [{ ...staff, schedule: office }] });
const opened = { surroundings: { ...quiet, openedSchedules: ["office"] } };

describe("A2: a schedule that waits for its first person", () => {
  test("is closed for others → outOfSchedule", () => {
    expect(given(policy).when(comes("anna"))).toContain("anna AccessDenied outOfSchedule");
    const other = { surroundings: { ...quiet, openedSchedules: ["another"] } };
    expect(given(policy).when(comes("anna", {}, other))).toContain("anna AccessDenied outOfSchedule");
  });

  test("is open for the group, and for everybody once one of it has entered", () => {
    expect(given(policy).when(...shows("mia", { groups: ["managers"] }))).toContain("mia AccessGranted");
    expect(given(policy).when(...shows("anna", {}, opened))).toContain("anna AccessGranted");
  });

  test("R15: whoever is inside leaves whoever has come", () => {
    for (const accessPoint of ["inner-exit", "outer-exit"] as const)
      expect(given(policy).when(...shows("anna", {}, { where: at(accessPoint) }))).toContain(
        "anna AccessGranted",
      );
  });

  test("opens nothing outside its spans", () => {
    const late = { ...opened, local: { day: "monday", yesterday: "sunday", minute: 1_200 } } as const;
    expect(given(policy).when(comes("mia", { groups: ["managers"] }, late))).toContain(
      "mia AccessDenied outOfSchedule",
    );
  });

  test("a span that ended while the face was looked at opens nothing", () => {
    expect(given(policy, comes("anna", {}, opened)).when(faceAccepted("anna"))).toEqual([
      "anna AccessDenied outOfSchedule",
    ]);
  });
});

describe("A2: a mode of its own while a schedule is open that waits for its first person", () => {
  const level = (mode: "card" | "card+pin") => ({
    ...staff,
    modes: [{ schedule: office, mode }],
  });
  const wants = (
    mode: "card" | "card+pin",
    changes: Parameters<typeof comes>[1] = {},
    presented: Parameters<typeof comes>[2] = {},
  ) =>
    ran(policyFor({ levels: [level(mode)] }), comes("anna", changes, presented)).events.flatMap(
      (event): readonly string[] =>
        "wants" in event ? [event.wants.join()] : event.type === "AccessGranted" ? ["granted"] : [],
    );

  test("is no way round the usual one before somebody of the group has entered", () => {
    expect(wants("card")).toEqual(["face"]);
    expect(wants("card+pin")).toEqual(["face,pin"]);
  });

  test("holds for the group, and for everybody afterwards", () => {
    expect(wants("card", { groups: ["managers"] })).toEqual(["granted"]);
    expect(wants("card", {}, opened)).toEqual(["granted"]);
    expect(wants("card+pin", {}, opened)).toEqual(["pin"]);
  });
});

describe("A2 with A1 and A4: a first person who may not go in alone", () => {
  const inner = { where: at("inner-entry") };
  const manager = { groups: ["managers"] };
  const levels = [{ ...staff, schedule: office }];
  const nobodyAlone = policyFor({ levels, ...areas({ secureMin: 2 }) });
  const three = { count: 3, groups: [], window: 30_000, directions: "entry" } as const;
  const outcomes = (...steps: Parameters<typeof ran>) =>
    ran(...steps).events.flatMap((event) =>
      event.type === "AccessGranted"
        ? [`${event.cardholder} granted`]
        : event.type === "AccessDenied"
          ? [`${event.cardholder} ${event.reason}`]
          : [],
    );

  test("is followed by whoever goes in too", () => {
    const both = outcomes(nobodyAlone, ...shows("mia", manager, inner), ...shows("anna", {}, inner));
    expect(both).toEqual(["mia granted", "anna granted"]);
  });

  test("comes first, to the same access point, and is no visitor", () => {
    expect(outcomes(nobodyAlone, ...shows("anna", {}, inner))).toEqual(["anna outOfSchedule"]);
    const elsewhere = policyFor({ levels, doors: { "v1/outer": { multiPerson: three } } });
    expect(outcomes(elsewhere, ...shows("mia", manager), comes("anna", {}, inner))).toEqual([
      "anna outOfSchedule",
    ]);
    const visits = { ...manager, kind: "visitor", host: "otto" } as const;
    const open = policyFor({ levels: [{ ...staff, name: "guests" }, ...levels], ...areas({ secureMin: 2 }) });
    expect(
      outcomes(
        open,
        ...shows("vi", { ...visits, accessLevels: ["guests"] }, inner),
        ...shows("anna", {}, inner),
      ),
    ).toEqual(["anna outOfSchedule"]);
  });

  test("A8: takes the others along when the card is reported lost meanwhile", () => {
    const policy = policyFor({ levels, doors: { "v1/inner": { multiPerson: three } } });
    const lost = called("mia", { ...manager, cardStatus: "lost" });
    const all = outcomes(
      policy,
      ...shows("mia", manager, inner),
      ...shows("anna", {}, inner),
      comes("bo", {}, inner),
      becomes("mia", lost),
      faceAccepted("bo"),
    );
    expect(all).toEqual(["mia lostCredential", "anna outOfSchedule", "bo outOfSchedule"]);
  });
});
