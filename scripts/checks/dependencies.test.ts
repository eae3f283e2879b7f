import { expect, test } from "vitest";
import { documentationFaults, licenceFaults, lockFaults } from "./dependencies.ts";

const licensed = (name: string, license?: string, dev = false) =>
  licenceFaults({ packages: { "": { dev: false }, [`node_modules/${name}`]: { license, dev } } });

test("no package read is a fault", () => {
  expect(licenceFaults({ packages: { "": { dev: false } } })).toHaveLength(1);
});

test.each([
  "GPL-3.0-only",
  "AGPL-3.0",
  "SEE LICENSE IN FILE",
  "MIT AND GPL-2.0-only",
  "LGPL-3.0-or-later",
  undefined,
])("a shipped package under %s is refused", (licence) => {
  expect(licensed("a", licence)).toHaveLength(1);
});

test.each(["MIT", "(MIT OR GPL-3.0-only)", "Apache-2.0 AND MIT"])(
  "a shipped package under %s passes",
  (licence) => {
    expect(licensed("a", licence)).toEqual([]);
  },
);

test("libvips passes as the shared library it is", () => {
  expect(licensed("@img/sharp-libvips-linux-x64", "LGPL-3.0-or-later")).toEqual([]);
});

test("what only developers use may be under any licence", () => {
  expect(
    licenceFaults({
      packages: {
        "node_modules/a": { license: "MIT", dev: false },
        "node_modules/b": { license: "GPL-3.0-only", dev: true },
      },
    }),
  ).toEqual([]);
});

const manifest = { dependencies: { a: "1" }, devDependencies: { b: "1" }, optionalDependencies: {} };

test("every dependency has a line and every line a dependency", () => {
  expect(documentationFaults(manifest, "| `a` | x |\n| `b` | y |")).toEqual([]);
  expect(documentationFaults(manifest, "| `a` | x |\n| `c` | y |")).toHaveLength(2);
});

test("a lock out of step is a fault", () => {
  expect(lockFaults(manifest, manifest)).toEqual([]);
  expect(lockFaults(manifest, { ...manifest, dependencies: { a: "2" } })).toHaveLength(1);
});
