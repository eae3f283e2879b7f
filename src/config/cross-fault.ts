import type { Bilingual } from "./config-error.ts";
import type { Path } from "./path.ts";

/** A fault between parts that are right by themselves; its place is looked up by `path`. */
export interface CrossFault {
  readonly path: Path;
  readonly found: string;
  readonly expected: string;
  readonly remedy: Bilingual;
}
