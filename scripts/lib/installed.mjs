// installed.mjs ROOT all|run: exit 0 when node_modules holds what package-lock.json asks for, `run` leaving out
// what only developers need. Runs before anything is installed, hence
// plain JavaScript without imports of its own.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

const [, , root = ".", extent = "all"] = process.argv;
const read = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));

function isInstalled() {
  const wanted = read("package-lock.json").packages;
  const present = read("node_modules/.package-lock.json").packages;
  const manifest = read("package.json");
  for (const kind of ["dependencies", "devDependencies", "optionalDependencies"]) {
    if (!isDeepStrictEqual(wanted[""][kind] ?? {}, manifest[kind] ?? {})) return false;
  }
  // An optional package may be absent: of another platform, or its download failed.
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === "" ||
      (extent === "run" && entry.dev) ||
      present[path]?.version === entry.version ||
      (present[path] === undefined && (entry.optional || entry.devOptional)),
  );
}

try {
  process.exitCode = isInstalled() ? 0 : 1;
} catch {
  process.exitCode = 1; // nothing installed yet, or cut off in the middle
}
