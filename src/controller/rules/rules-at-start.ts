import type { JsonValue } from "../../ports/journal.ts";
import type { BookedRules, RuleBook, RuleDocuments } from "../../ports/rule-book.ts";
import type { RuleKind, RulesStore, RuleVersion } from "../../ports/rules-store.ts";
import type { WeakenedThen } from "../../ports/services/rules-services.ts";
import { hashOf } from "./rule-entries.ts";

/** A version that cannot hold, and why; the site's file does instead. */
export interface RefusedVersion {
  readonly kind: RuleKind;
  readonly version: number;
  readonly why: string;
}

export interface LoadedRules {
  readonly documents: RuleDocuments;
  readonly booked: BookedRules;
  readonly refused: readonly RefusedVersion[];
}

/** What the chained record says of versions. */
export interface RecordedVersions {
  /** Hash of a version, by kind and number; null: it is older than the record that is kept. */
  hashOf(version: RuleVersion): string | null | undefined;
  /** The newest that is recorded; 0 where there is none. */
  newestOf(kind: RuleKind): number;
  /** By `versionKey`. */
  readonly weakened: ReadonlyMap<string, WeakenedThen>;
}

const longestWhy = 300;

/**
 * The newest version of each kind over the site's file. One that is not what was written, is not what the record says,
 * or no longer fits the file, does not hold.
 */
export function rulesAtStart(store: RulesStore, book: RuleBook, recorded: RecordedVersions): LoadedRules {
  const refused: RefusedVersion[] = [];
  const candidates = book.kinds.flatMap((kind): readonly RuleVersion[] => {
    const version = store.newest(kind);
    const newest = recorded.newestOf(kind);
    // Recorded and then not kept: the power went in between, or somebody removed it. The one before holds.
    if (newest > (version?.version ?? 0))
      refused.push({ kind, version: newest, why: "it is in the record and not in the database" });
    if (version === undefined) return [];
    const why = distrust(version, recorded.hashOf(version));
    if (why !== undefined) refused.push({ kind, version: version.version, why });
    return why === undefined ? [version] : [];
  });
  const fitting = withoutUnfit(candidates, book, refused);
  return { ...fitting, refused };
}

/** T42: who writes into the database past the program is found out by the hash that the chained record keeps. */
function distrust(version: RuleVersion, recorded: string | null | undefined): string | undefined {
  if (hashOf(version.body) !== version.hash) return "its content is not what was written";
  if (recorded === undefined) return "the record does not tell of it";
  return recorded === null || recorded === version.hash ? undefined : "the record tells of another";
}

function withoutUnfit(
  candidates: readonly RuleVersion[],
  book: RuleBook,
  refused: RefusedVersion[],
): Omit<LoadedRules, "refused"> {
  const all = documentsOf(candidates);
  const whole = book.with(all);
  if (whole.fits) return { documents: all, booked: whole };
  const why = whole.faults.map(
    ({ path, found, expected }) => `${path}: found ${found}; expected ${expected}`,
  );
  // Most often one is to blame, and the others go on without it; else whatever can still be laid over the file.
  const alone = candidates.find((one) => book.with(documentsOf(candidates, one)).fits);
  let kept: readonly RuleVersion[] = alone === undefined ? [] : candidates.filter((one) => one !== alone);
  for (const one of alone === undefined ? candidates : [])
    if (book.with(documentsOf([...kept, one])).fits) kept = [...kept, one];
  for (const one of candidates.filter((each) => !kept.includes(each)))
    refused.push({
      kind: one.kind as RuleKind,
      version: one.version,
      why: why.join("; ").slice(0, longestWhy),
    });
  const documents = documentsOf(kept);
  const booked = book.with(documents);
  // The file alone was checked before anything was started.
  if (!booked.fits) throw new Error(`the site's own rules do not fit: ${why.join("; ")}`);
  return { documents, booked };
}

/** Of those that say something; null gave the kind back to the file. */
function documentsOf(versions: readonly RuleVersion[], except?: RuleVersion): RuleDocuments {
  const said = versions.filter((one) => one !== except && one.body !== null);
  return Object.fromEntries(said.map(({ kind, body }): [string, JsonValue] => [kind, body]));
}
