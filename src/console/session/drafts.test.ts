import { expect, test } from "vitest";
import { Drafts, draftsKept, mostDrafts, mostOperators } from "./drafts.ts";

function kept() {
  let time = 0;
  const drafts = new Drafts(() => time);
  const later = (by: number): void => {
    time += by;
  };
  return { drafts, later };
}

test("what an operator has begun to write is there for them, and for nobody else", () => {
  const { drafts } = kept();
  drafts.write("wang", "comment 7", "The cleaner, with a troll");
  expect(drafts.read("wang", "comment 7")).toBe("The cleaner, with a troll");
  expect(drafts.read("wang", "comment 8")).toBe("");
  expect([drafts.read("li", "comment 7"), drafts.about("li")]).toEqual(["", []]);
});

test("what was sent or rubbed out is no draft any more; of several the last is first", () => {
  const { drafts } = kept();
  for (const [about, text] of Object.entries({ a: "1", b: "2", c: "3" })) drafts.write("wang", about, text);
  drafts.write("wang", "a", "1, and more");
  drafts.write("wang", "b", "");
  expect(drafts.about("wang")).toEqual(["a", "c"]);
});

test("after a shift it is forgotten, each by its own time", () => {
  const { drafts, later } = kept();
  drafts.write("wang", "old", "x");
  later(draftsKept - 1);
  drafts.write("wang", "new", "y");
  expect(drafts.about("wang")).toEqual(["new", "old"]);
  later(1);
  expect([drafts.about("wang"), drafts.read("wang", "old")]).toEqual([["new"], ""]);
});

test("a page that is open for a month keeps no more than so many", () => {
  const { drafts } = kept();
  for (let n = 0; n <= mostDrafts; n++) drafts.write("wang", `${n}`, "x");
  expect([drafts.about("wang").length, drafts.read("wang", "0"), drafts.read("wang", "1")]).toEqual([
    mostDrafts,
    "",
    "x",
  ]);
  for (let n = 0; n < mostOperators; n++) drafts.write(`operator ${n}`, "a", "x");
  expect([drafts.about("wang"), drafts.about("operator 0")]).toEqual([[], ["a"]]);
});
