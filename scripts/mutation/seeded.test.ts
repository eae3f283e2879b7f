import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "oxc-parser";
import { expect, test } from "vitest";
import { root } from "../checks/source-files.ts";
import { anchorFault, mutated, type SeededMutation } from "./mutation.ts";
import { seededMutations } from "./seeds.ts";

const textOf = (file: string): string => readFileSync(join(root, file), "utf8");

test("there are at least forty-five seeded mistakes, each with a name and a place of its own", () => {
  expect(seededMutations.length).toBeGreaterThanOrEqual(45);
  const names = seededMutations.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z0-9-]+$/.test(name))).toEqual([]);
  const edits = seededMutations.map(({ file, from, to }) => `${file}\n${from}\n${to}`);
  expect(new Set(edits).size).toBe(edits.length);
});

test("each still applies exactly once to the source as it is", () => {
  expect(seededMutations.flatMap((mutation) => anchorFault(mutation, textOf(mutation.file)) ?? [])).toEqual(
    [],
  );
});

test("each leaves a program that can be read: a typing error would be caught by anything", () => {
  const broken = seededMutations.filter(
    (mutation) => parseSync(mutation.file, mutated(mutation, textOf(mutation.file))).errors.length > 0,
  );
  expect(broken.map(({ name }) => name)).toEqual([]);
});

test("an edit that applies twice, nowhere, or changes nothing is noticed", () => {
  const seed: SeededMutation = { name: "x", rule: "R1", file: "f.ts", from: "a", to: "b", why: "to see" };
  expect(anchorFault(seed, "a")).toBeUndefined();
  expect(anchorFault(seed, "aa")).toContain("2 times");
  expect(anchorFault(seed, "c")).toContain("0 times");
  expect(anchorFault({ ...seed, to: "a" }, "a")).toContain("changes nothing");
  expect(mutated({ ...seed, to: "$&" }, "a")).toBe("$&");
});
