/** Checks what the product stands on: licences that fit, a line of documentation each, a lock in step. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { report, root } from "./source-files.ts";

const Versions = z.record(z.string(), z.string()).default({});
const Manifest = z.object({
  dependencies: Versions,
  devDependencies: Versions,
  optionalDependencies: Versions,
});
const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().default(false),
    }),
  ),
});
export type Lock = z.infer<typeof Lock>;
export type Manifest = z.infer<typeof Manifest>;

/** Licences that let a bank use, change and ship the product without giving anything else away. */
const fitting = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "OFL-1.1",
  "Unlicense",
]);

/** Packages whose licence fits only for the reason given. */
const fittingBecause: readonly {
  readonly name: RegExp;
  readonly licence: string;
  readonly reason: string;
}[] = [
  {
    name: /^lightningcss(-|$)/,
    licence: "MPL-2.0",
    reason: "it runs while the pages are built, unchanged, and nothing of it is in them",
  },
  {
    name: /^@img\/sharp-(libvips|linux|linuxmusl|wasm32|win32|darwin)/,
    licence: "LGPL-3.0-or-later",
    reason: "libvips is a shared library of its own beside the program, which anybody may exchange",
  },
];

export function licenceFaults(lock: Lock): readonly string[] {
  const shipped = Object.entries(lock.packages).filter(([path, entry]) => path !== "" && !entry.dev);
  if (shipped.length === 0) return ["no package was read: the licences were not checked"];
  return shipped.flatMap(([path, { license }]) => {
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    if (license === undefined) return [`${name}: no licence stated`];
    return fits(license, name) ? [] : [`${name}: licence ${license} does not fit the product`];
  });
}

/** Reads an SPDX expression: of alternatives one must fit, of licences that apply together each. */
function fits(expression: string, name: string): boolean {
  const alternatives = expression.replace(/^\((.*)\)$/, "$1").split(" OR ");
  return alternatives.some((alternative) =>
    alternative
      .split(" AND ")
      .every(
        (licence) =>
          fitting.has(licence) ||
          fittingBecause.some((exception) => exception.licence === licence && exception.name.test(name)),
      ),
  );
}

/** Each dependency has its line in docs/dependencies.md, and each line its dependency. */
export function documentationFaults(manifest: Manifest, documentation: string): readonly string[] {
  const named = new Set([...documentation.matchAll(/^\| `([^`]+)`\s*\|/gm)].map(([, name]) => name));
  const used = new Set(
    [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies].flatMap(Object.keys),
  );
  return [
    ...[...used].filter((name) => !named.has(name)).map((name) => `docs/dependencies.md: ${name} is missing`),
    ...[...named]
      .filter((name) => name !== undefined && !used.has(name))
      .map((name) => `docs/dependencies.md: ${name} is not used`),
  ];
}

export function lockFaults(manifest: Manifest, lockedRoot: Manifest): readonly string[] {
  return isDeepStrictEqual(manifest, lockedRoot)
    ? []
    : ["package-lock.json: not in step with package.json; run npm install"];
}

if (import.meta.main) {
  const read = (path: string): string => readFileSync(join(root, path), "utf8");
  const manifest = Manifest.parse(JSON.parse(read("package.json")));
  const lockFile: unknown = JSON.parse(read("package-lock.json"));
  const lock = Lock.parse(lockFile);
  const lockedRoot = z.object({ packages: z.object({ "": Manifest }) }).parse(lockFile).packages[""];
  report(`${Object.keys(lock.packages).length - 1} packages looked at`, [
    ...licenceFaults(lock),
    ...documentationFaults(manifest, read("docs/dependencies.md")),
    ...lockFaults(manifest, lockedRoot),
  ]);
}
