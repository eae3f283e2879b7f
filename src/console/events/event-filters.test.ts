import { expect, test } from "vitest";
import type { RecordView } from "../../ports/record-view.ts";
import { groupOf, recordGroups, typesOf } from "../record/record-kinds.ts";
import { en } from "../texts/en.ts";
import { addressOf, filtersIn, isSearchedFor, queryOf } from "./event-filters.ts";

const zone = "Asia/Shanghai";
const filters = (address: string) => filtersIn(new URLSearchParams(address));
const record = (more: Partial<RecordView>): RecordView => ({
  ...{ schema: 1, seq: 7, time: "2026-11-20T00:30:30.000Z", type: "AccessDenied", vestibule: "v1" },
  ...{ door: "outer", accessPoint: "outer-entry", cardholder: "p1", reason: "noFace", hash: "" },
  ...more,
});

test("what is searched for stands in the address, and comes back from it", () => {
  const address = "what=denials&person=p1&door=outer&from=2026-11-20T08%3A30&to=2026-11-20T09%3A00&seq=900";
  expect(addressOf(filters(address)).toString()).toBe(address);
  expect(addressOf(filters("what=important&door=cellar&from=yesterday&seq=-1&card=%0A")).toString()).toBe("");
});

test("A9: times are the site's, and the last minute counts whole", () => {
  const { from, to } = queryOf(filters("from=2026-11-20T08:30&to=2026-11-20T08:30"), zone);
  expect([from, to]).toEqual(["2026-11-20T00:30:00.000Z", "2026-11-20T00:30:59.999Z"]);
});

test("pages go back from where the last one ended, and from the number asked for", () => {
  expect(queryOf(filters("what=all"), zone)).toEqual({ order: "newest", limit: 100 });
  expect(queryOf(filters("what=all&seq=900"), zone).after).toBe(901);
  expect(queryOf(filters("what=all&seq=900"), zone, 500).after).toBe(500);
  expect(queryOf(filters("seq=900"), zone).type).toBeUndefined();
  expect(queryOf(filters("what=type:DoorOpened"), zone).type).toBe("DoorOpened");
});

test.each([
  ["", true],
  ["what=denials", true],
  ["what=passages", false],
  ["what=type:AccessDenied", true],
  ["person=p1&card=1001", true],
  ["person=host", true],
  ["person=p2", false],
  ["door=inner", false],
  ["accessPoint=outer-entry&reason=noFace&vestibule=v1", true],
  ["from=2026-11-20T08:30&to=2026-11-20T08:30", true],
  ["from=2026-11-20T08:31", false],
  ["to=2026-11-20T08:29", false],
  ["seq=6", false],
  ["operator=li", false],
] as const)("a record that has just come is found as the server would: %s", (address, expected) => {
  const arrived = record({ card: "1001", host: "host" });
  expect(isSearchedFor(filters(address), arrived, zone)).toBe(expected);
});

test("every type of record is in one group, and each group has several", () => {
  expect(recordGroups.flatMap(typesOf).toSorted()).toEqual(Object.keys(en.event).toSorted());
  for (const group of recordGroups) expect(typesOf(group).length, group).toBeGreaterThan(2);
  expect(["DoorForcedOpen", "AccessTaken", "CardLockedOut", "PhotoViewed", "MainsLost"].map(groupOf)).toEqual(
    [...["doors", "passages", "denials", "people", "box"]],
  );
});
