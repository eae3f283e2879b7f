import { canonicalJson } from "../../domain/journal/canonical-json.ts";
import type { VestibuleId } from "../../domain/names.ts";
import type { RulesInForce } from "../../domain/rules/rules-in-force.ts";
import { type Weakening, weakenings } from "../../domain/rules/weakening.ts";
import { type JsonObject, type JsonValue, StorageFault } from "../../ports/journal.ts";
import type { RuleBook, RuleDocuments } from "../../ports/rule-book.ts";
import type {
  NewRuleVersion,
  RuleKind,
  RulesStore,
  RuleVersion,
  RuleVersionQuery,
} from "../../ports/rules-store.ts";
import {
  type PossibleChange,
  type RuleAuthor,
  type RuleChangePlan,
  type RuleInForce,
  RulesMoved,
  type RulesServices,
  type WeakenedThen,
} from "../../ports/services/rules-services.ts";
import type { Chronicle } from "../chronicle.ts";
import { type Differences, differencesBetween } from "./differences.ts";
import {
  changedCondition,
  changeFacts,
  hashOf,
  versionKey,
  weakenedIn,
  weakeningConditions,
} from "./rule-entries.ts";
import { type LoadedRules, type RecordedVersions, rulesAtStart } from "./rules-at-start.ts";

export interface RulesOptions {
  readonly store: RulesStore;
  readonly book: RuleBook;
  readonly chronicle: Pick<Chronicle, "entry" | "keep" | "keepDurably">;
  readonly recorded: RecordedVersions;
  /** The configuration's hash as the start before this one recorded it; undefined at the first. */
  readonly formerHash: string | undefined;
  /** At the site, YYYY-MM-DD. */
  readonly today: () => string;
  readonly isAwaited: (vestibule: VestibuleId) => boolean;
  /** Others hold from now on. */
  readonly onChange: (rules: RulesInForce) => void;
}

/**
 * The rules in force: the site's file, and over it what was changed while the site ran. Each change is a version that
 * is kept for ever and a record, in one step; it counts from the next decision on.
 */
export class Rules implements RulesServices {
  readonly kinds: readonly RuleKind[];
  readonly #options: RulesOptions;
  #loaded: LoadedRules;
  readonly #revisions = new Map<RuleKind, number>();
  /** By `versionKey`. */
  readonly #weakened: Map<string, WeakenedThen>;

  constructor(options: RulesOptions) {
    const { store, book, recorded } = options;
    this.#options = options;
    this.kinds = book.kinds;
    this.#loaded = rulesAtStart(store, book, recorded);
    this.#weakened = new Map(recorded.weakened);
  }

  /** To be called once the start is on record, with what it says: tells of what does not hold, and of a file that is another. */
  start({ configuration }: JsonObject): void {
    for (const { kind, version, why } of this.#loaded.refused) {
      this.#keep("ConfigurationRefused", { kind, version, why }, [
        changedCondition(`${kind} version ${version} does not hold: ${why}`),
      ]);
    }
    this.#compareFile(typeof configuration === "string" ? configuration : "");
  }

  current(): RulesInForce {
    return this.#loaded.booked.rules;
  }

  revision(kind: RuleKind): number {
    return this.#revisions.get(kind) ?? 0;
  }

  isAwaited(vestibule: VestibuleId): boolean {
    return this.#options.isAwaited(vestibule);
  }

  inForce(kind: RuleKind): RuleInForce | undefined {
    const { booked, documents } = this.#loaded;
    const document = booked.documents[kind];
    if (document === undefined) return undefined;
    const isChanged = documents[kind] !== undefined;
    return { document, version: isChanged ? (this.#options.store.newest(kind)?.version ?? 0) : 0 };
  }

  plan(kind: RuleKind, change: JsonValue): RuleChangePlan {
    return this.#planFor(kind, this.#options.book.merged(kind, this.#loaded.documents[kind], change));
  }

  planRevert({ kind, id, body }: RuleVersion): RuleChangePlan {
    if (kind === "site-file") return { is: "same" };
    const isNewest = this.#options.store.newest(kind)?.id === id;
    return this.#planFor(kind, isNewest ? this.#bodyBefore(kind, id) : body);
  }

  apply(change: PossibleChange, { operator, approver, reason }: RuleAuthor): RuleVersion {
    const { store, chronicle } = this.#options;
    const { kind, body, weakens, differences, documents, booked } = this.#asPlanned(change);
    const changed = changeFacts(differences, weakens);
    const version = store.transact(() => {
      const added = store.append({ kind, body, hash: hashOf(body), operator, approver, reason });
      const facts = {
        source: "operator",
        kind,
        version: added.version,
        hash: added.hash,
        operator,
        approver,
        reason,
      };
      const entry = chronicle.entry("ConfigurationChanged", { ...facts, ...changed });
      if (!chronicle.keepDurably([entry], weakeningConditions(weakens)))
        throw new StorageFault("the record cannot be written: nothing was changed");
      return added;
    });
    this.#loaded = { ...this.#loaded, documents, booked };
    this.#revisions.set(kind, change.revision + 1);
    this.#weakened.set(versionKey(version), weakenedIn(changed));
    this.#options.onChange(booked.rules);
    return version;
  }

  versions(query: RuleVersionQuery): readonly RuleVersion[] {
    return this.#options.store.list(query);
  }

  version(id: number): RuleVersion | undefined {
    return this.#options.store.get(id);
  }

  differencesOf({ kind, id, body }: RuleVersion): ReturnType<RulesServices["differencesOf"]> {
    const former = this.#bodyBefore(kind, id);
    const [before, after] =
      kind === "site-file" ? [former, body] : [this.#shown(kind, former), this.#shown(kind, body)];
    // Of the first reading of the file there is nothing it could differ from.
    const isFirst = kind === "site-file" && former === null;
    const differences = isFirst ? { differences: [], more: 0 } : differencesBetween(before, after);
    return { ...differences, before, after };
  }

  weakenedBy(version: RuleVersion): WeakenedThen | undefined {
    return this.#weakened.get(versionKey(version));
  }

  holders(): Readonly<Record<string, number>> {
    return this.#options.store.holders(levelsOf(this.current()));
  }

  #planFor(kind: RuleKind, body: JsonValue): RuleChangePlan {
    const { store, book, today } = this.#options;
    const outcome = book.with(over(this.#loaded.documents, kind, body));
    if (!outcome.fits) return { is: "faulty", faults: outcome.faults };
    const { rules, documents } = this.#loaded.booked;
    const whole = { before: documents[kind] ?? null, after: outcome.documents[kind] ?? null };
    const { differences, more } = differencesBetween(whole.before, whole.after);
    if (differences.length === 0) return { is: "same" };
    const gone = levelsOf(rules).filter((level) => !levelsOf(outcome.rules).includes(level));
    return {
      ...{ is: "possible", kind, body, differences, more, whole },
      weakens: [...weakenings(rules, outcome.rules, today()), ...this.#returning(rules, outcome.rules)],
      losing: gone.length === 0 ? {} : store.holders(gone),
      revision: this.revision(kind),
    };
  }

  /** What was planned, and perhaps confirmed by somebody, is done as it was, or not at all. */
  #asPlanned(change: PossibleChange) {
    const { kind, body, revision } = change;
    const now = this.#planFor(kind, body);
    const documents = over(this.#loaded.documents, kind, body);
    const booked = this.#options.book.with(documents);
    if (revision !== this.revision(kind) || now.is !== "possible" || !booked.fits)
      throw new RulesMoved("somebody else has changed the rules meanwhile: look at them again");
    const known = new Set(change.weakens.map((one) => canonicalJson(one)));
    if (now.weakens.some((one) => !known.has(canonicalJson(one))))
      throw new RulesMoved("it would weaken more by now than when it was planned: look at it again");
    const differences: Differences = { differences: now.differences, more: now.more };
    return { kind, body, weakens: now.weakens, differences, documents, booked };
  }

  /** T42: whoever had a level that was taken away has it again, so that it is no new one, however it opens now. */
  #returning(before: RulesInForce, after: RulesInForce): readonly Weakening[] {
    const added = levelsOf(after).filter((level) => !levelsOf(before).includes(level));
    const held = added.length === 0 ? {} : this.#options.store.holders(added);
    return Object.keys(held).map((where) => ({ rule: "levelReturns", where, before: "", after: "" }));
  }

  /** What held of a kind before this version; null: the site's file. */
  #bodyBefore(kind: RuleVersion["kind"], id: number): JsonValue {
    return this.#options.store.list({ kind, before: id, limit: 1 })[0]?.body ?? null;
  }

  /** What is not said stands as the file has it now. */
  #shown(kind: RuleKind, body: JsonValue): JsonValue {
    const outcome = this.#options.book.with(over({}, kind, body));
    return outcome.fits ? (outcome.documents[kind] ?? null) : body;
  }

  /** T9, T42: what was written into the file while nobody was running is seen at the next start. */
  #compareFile(configurationHash: string): void {
    const { store, book, formerHash, today } = this.#options;
    const former = store.newest("site-file");
    const [hash, known] = [hashOf(book.file), former?.hash];
    if (hash === known) return;
    const isFirst = former === undefined && (formerHash ?? configurationHash) === configurationHash;
    const before = former === undefined ? undefined : book.withFile(former.body, this.#loaded.documents);
    const weakens =
      before === undefined
        ? []
        : [...weakenings(before, this.current(), today()), ...this.#returning(before, this.current())];
    const differences = differencesBetween(former?.body ?? {}, former === undefined ? {} : book.file);
    const changed = changeFacts(differences, weakens);
    const facts: JsonObject = { source: "file", kind: "site-file", hash, ...changed };
    const unknown = before === undefined ? [changedCondition("the site's file is another than before")] : [];
    this.#append({ kind: "site-file", body: book.file, hash, operator: null, approver: null, reason: "" });
    if (isFirst) return;
    this.#weakened.set(versionKey({ kind: "site-file", version: 0, hash }), weakenedIn(changed));
    this.#keep("ConfigurationChanged", facts, unknown.length > 0 ? unknown : weakeningConditions(weakens));
  }

  /** The next start tells of it again where this one could not remember it. */
  #append(version: NewRuleVersion): void {
    const { store } = this.#options;
    try {
      store.transact(() => store.append(version));
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
    }
  }

  #keep(type: string, facts: JsonObject, conditions: Parameters<Chronicle["keep"]>[1]): void {
    const { chronicle } = this.#options;
    chronicle.keep([chronicle.entry(type, facts)], conditions);
  }
}

/** Null takes a kind back to the file. */
function over(documents: RuleDocuments, kind: RuleKind, body: JsonValue): RuleDocuments {
  const { [kind]: _before, ...others } = documents;
  return body === null ? others : { ...others, [kind]: body };
}

const levelsOf = ({ access }: RulesInForce): readonly string[] => access.levels.map(({ name }) => name);
