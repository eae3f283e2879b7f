import {
  mkdtempDisposableSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolderDurably, removeDurably, writeDurably } from "./durable-file.ts";

const aFolder = () => mkdtempDisposableSync(join(tmpdir(), "durable-"));

test("a file is replaced whole, for its owner alone, over what a cut left of the last try", () => {
  using folder = aFolder();
  const file = join(folder.path, "made", "here", "kept.json");
  writeDurably(file, "one");
  writeFileSync(`${file}.part`, "half of a file");
  writeDurably(file, "two");
  expect(readFileSync(file, "utf8")).toBe("two");
  expect(readdirSync(join(folder.path, "made", "here"))).toEqual(["kept.json"]);
  expect([statSync(file).mode & 0o777, statSync(join(folder.path, "made")).mode & 0o777]).toEqual([
    0o600, 0o700,
  ]);
});

test("what goes wrong before it has its name leaves the former one, and nothing beside it", () => {
  using folder = aFolder();
  const file = join(folder.path, "kept.json");
  writeDurably(file, "one", { mode: 0o640 });
  const prepare = (): void => {
    throw new Error("not yours");
  };
  expect(() => writeDurably(file, "two", { prepare })).toThrow("not yours");
  expect(readFileSync(file, "utf8")).toBe("one");
  expect(readdirSync(folder.path)).toEqual(["kept.json"]);
  expect(statSync(file).mode & 0o777).toBe(0o640);
});

test("what is done to the draft, the file has from its first instant", () => {
  using folder = aFolder();
  const file = join(folder.path, "old");
  writeDurably(file, "kept", { draft: `${file}.mine`, prepare: (draft) => utimesSync(draft, 1_000, 1_000) });
  expect(statSync(file).mtimeMs).toBe(1_000_000);
});

test("removing what is not there, and making what is there, are nothing", () => {
  using folder = aFolder();
  expect(() => removeDurably(join(folder.path, "none"))).not.toThrow();
  expect(() => makeFolderDurably(folder.path)).not.toThrow();
  writeDurably(join(folder.path, "one"), "1");
  removeDurably(join(folder.path, "one"));
  expect(readdirSync(folder.path)).toEqual([]);
});

test("a folder that has to be there already is not made in passing", () => {
  using folder = aFolder();
  const file = join(folder.path, "gone", "kept.json");
  expect(() => writeDurably(file, "one", { folder: "existing" })).toThrow("ENOENT");
  expect(readdirSync(folder.path)).toEqual([]);
});
