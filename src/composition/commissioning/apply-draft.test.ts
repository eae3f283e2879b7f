import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeDurably } from "../../durable-files/durable-file.ts";
import { isUnproven, proven, putInPlace, takeBack, takenBack } from "./apply-draft.ts";
import { placesIn } from "./places.ts";

const fresh = () => placesIn(mkdtempSync(join(tmpdir(), "apply-")));

test("a change that nothing can run by is taken back: the former file holds, and what was tried is the draft again", () => {
  const places = fresh();
  writeDurably(places.site, "former");
  writeDurably(places.board, "former board");
  writeDurably(places.draft, "new");
  writeDurably(places.draftBoard, "new board");
  putInPlace(places, "h");
  expect([readFileSync(places.site, "utf8"), existsSync(places.draft)]).toEqual(["new", false]);
  expect(takeBack(places, "no such chip")).toBe(true);
  expect(readFileSync(places.site, "utf8")).toBe("former");
  expect(readFileSync(places.board, "utf8")).toBe("former board");
  expect(readFileSync(places.draft, "utf8")).toBe("new");
  expect(takenBack(places)).toBe("no such chip");
});

test("the very first change taken back leaves no site at all", () => {
  const places = fresh();
  writeDurably(places.draft, "new");
  putInPlace(places, "h");
  expect(takeBack(places, "no")).toBe(true);
  expect(existsSync(places.site)).toBe(false);
});

test("what something has run by once is never taken back", () => {
  const places = fresh();
  writeDurably(places.draft, "new");
  putInPlace(places, "h");
  expect(isUnproven(places)).toBe(true);
  proven(places);
  expect(takeBack(places, "a disk failed a year later")).toBe(false);
  expect(readFileSync(places.site, "utf8")).toBe("new");
});
