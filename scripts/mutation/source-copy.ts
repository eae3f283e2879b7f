import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../checks/source-files.ts";
import { anchorFault, mutated, type SeededMutation } from "./mutation.ts";

/** What the interlock and its tests take. Packages are found in the folders above the copy. */
const needed = [
  "tsconfig.json",
  "src/domain",
  "src/ports",
  "src/interlock",
  "src/simulation",
  "test/support/interlock-rig.ts",
  "scripts/mutation/vitest.config.ts",
  "scripts/mutation/fixed-seed.ts",
  "scripts/prove.ts",
  "scripts/exploration",
];

/** A copy of the interlock's sources in which one mistake at a time is made; the working tree is only read. */
export class SourceCopy implements Disposable {
  readonly folder: string;

  constructor(name: string) {
    this.folder = join(root, "artifacts/mutation", name);
    rmSync(this.folder, { recursive: true, force: true });
    for (const path of needed) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      cpSync(join(root, path), join(this.folder, path), { recursive: true });
    }
  }

  /** Makes the mistake, until what is returned is disposed of. */
  with(mutation: SeededMutation): Disposable {
    const path = join(this.folder, mutation.file);
    const text = readFileSync(path, "utf8");
    const fault = anchorFault(mutation, text);
    if (fault !== undefined) throw new Error(fault);
    writeFileSync(path, mutated(mutation, text));
    return { [Symbol.dispose]: () => writeFileSync(path, text) };
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
