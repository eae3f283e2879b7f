import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A source file by its path from the repository's root, with `/` between folders. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Every source file of the project, sorted by path. Read from the disk: new files count before they are added. */
export function readSourceFiles(...folders: readonly string[]): readonly SourceFile[] {
  return globSync(
    folders.map((folder) => `${folder}/**/*.{ts,tsx,mjs,js}`),
    { cwd: root },
  )
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** Prints what a check found and sets the exit code. */
export function report(what: string, faults: readonly string[]): void {
  for (const fault of faults) console.error(fault);
  console.log(faults.length === 0 ? what : `${what}: ${faults.length} faults`);
  if (faults.length > 0) process.exitCode = 1;
}
