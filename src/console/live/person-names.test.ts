import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RecordView } from "../../ports/record-view.ts";
import { gatherNamesMs, namesKept, PersonNames } from "./person-names.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function asked() {
  const requests: (readonly string[])[] = [];
  const state = { fails: false };
  const names = new PersonNames(async (ids) => {
    requests.push(ids);
    if (state.fails) throw new Error("away");
    return Object.fromEntries(ids.filter((id) => id !== "gone").map((id) => [id, `name of ${id}`]));
  });
  const settle = () => vi.advanceTimersByTimeAsync(gatherNamesMs);
  return { names, requests, state, settle };
}

test("the names of one page are asked for together, once", async () => {
  const { names, requests, settle } = asked();
  expect([names.nameOf("a"), names.nameOf("gone"), names.nameOf("a")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  await settle();
  expect(requests).toEqual([["a", "gone"]]);
  expect([names.nameOf("a"), names.nameOf("gone")]).toEqual(["name of a", null]);
  await settle();
  expect(requests).toHaveLength(1);
});

test("more than may be asked for at once come in turns", async () => {
  const { names, requests, settle } = asked();
  for (let n = 0; n < 250; n++) names.nameOf(`p${n}`);
  for (let n = 0; n < 3; n++) await settle();
  expect(requests.map((ids) => ids.length)).toEqual([100, 100, 50]);
});

test("a page that stays open for a month keeps a bounded number", async () => {
  const { names, settle } = asked();
  for (let n = 0; n <= namesKept; n++) names.nameOf(`p${n}`);
  for (let n = 0; n < namesKept / 100 + 1; n++) await settle();
  expect(names.nameOf(`p${namesKept}`)).toBe(`name of p${namesKept}`);
  expect(names.nameOf("p0")).toBeUndefined();
});

test("a changed name is asked for again, and so is one for which no answer came", async () => {
  const { names, requests, state, settle } = asked();
  state.fails = true;
  names.nameOf("a");
  await settle();
  state.fails = false;
  expect(names.nameOf("a")).toBeUndefined();
  await settle();
  const before = names.lookUp();
  names.onRecord({ type: "CardholderChanged", cardholder: "a" } as unknown as RecordView);
  expect(names.lookUp()).not.toBe(before);
  expect(names.nameOf("a")).toBeUndefined();
  await settle();
  expect(requests).toEqual([["a"], ["a"], ["a"]]);
});
