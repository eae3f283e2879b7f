import { expect, test } from "vitest";
import type { Line } from "../model.ts";
import { exchangedLines } from "./exchanged-lines.ts";
import { answerOf } from "./moved-lines.ts";

const line = (name: string, changedAgo: number | null, direction: Line["direction"] = "in"): Line => ({
  ...{ name, direction, changedAgo, raw: "closed", steady: "closed", changes: 1 },
  ...{ terminal: null, chip: null, line: null },
});
const outer = "v1.outer.contact";
const inner = "v1.inner.contact";

test("T31: whoever is asked to open one door is told which line answered", () => {
  const asked = 1_000;
  expect(answerOf([line(outer, null), line(inner, 5_000)], outer, asked)).toEqual({ is: "waiting" });
  expect(answerOf([line(outer, 200), line(inner, 5_000)], outer, asked)).toEqual({ is: "right" });
  expect(answerOf([line(outer, null), line(inner, 300)], outer, asked)).toEqual({ is: "other", line: inner });
  expect(answerOf([line(outer, 10), line(inner, 300)], outer, asked)).toEqual({ is: "several" });
});

test("a lock that is commanded, or a bolt that follows, is no answer", () => {
  const lines = [line("v1.outer.lock", 10, "out"), line("v1.outer.bolt", 10)];
  expect(answerOf(lines, outer, 1_000)).toEqual({ is: "waiting" });
});

test("two lines change places in the board's profile, which names the first pair's without its id", () => {
  const one = { chip: "a" };
  const two = { chip: "b" };
  const three = { chip: "c" };
  const section = { "outer.contact": one, "inner.contact": two, "v2.outer.contact": three };
  const exchanged = { ...section, "outer.contact": two, "inner.contact": one };
  expect(exchangedLines(section, outer, inner)).toEqual(exchanged);
  expect(exchangedLines(section, "v2.outer.contact", outer)).toEqual({
    ...section,
    "outer.contact": three,
    "v2.outer.contact": one,
  });
  expect(exchangedLines(section, outer, "v3.outer.contact")).toBeUndefined();
});
