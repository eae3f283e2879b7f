import {
  type AccessEvent,
  type AccessInput,
  type AccessPolicy,
  type AccessState,
  isRecorded,
} from "../../domain/access/access.ts";
import { canonicalJson } from "../../domain/journal/canonical-json.ts";
import type { Instant } from "../../domain/time.ts";
import {
  type AccessBasis,
  type InterlockBasis,
  largestBasis,
  plainJson,
  ruleReferenceLength,
  type SharedField,
  sharedFields,
  storedState,
} from "../../ports/decided-on.ts";
import type { JournalEntry, JsonObject } from "../../ports/journal.ts";
import { accessEntry } from "../../ports/recorded-events.ts";
import { RulesOnRecord } from "./rules-on-record.ts";

/** A state stands beside one decision in so many at the least: whoever asks why never has to read much further back. */
const decisionsPerState = 50;
/** More than doors can be released between two records. */
const mostBefore = 32;

export interface Decision {
  /** Before it. */
  readonly state: AccessState;
  readonly input: AccessInput;
  readonly policy: AccessPolicy;
  readonly events: readonly AccessEvent[];
  /** Where one of these records stands for one of the interlock's, on the end of a passage: what that was decided on. */
  readonly ending: { readonly passage: string; readonly basis: InterlockBasis } | undefined;
}

/** What was decided, as it is written: with all that it was decided on, so that it can be decided again. */
export class DecisionTrail {
  readonly #rules = new RulesOnRecord();
  #before: AccessInput[] = [];
  /** What went along with the decision made last. */
  #lastBefore: AccessInput[] = [];
  /** Written since the last state: canonical. */
  #written: Readonly<Record<SharedField, string[]>> = nothingWritten();
  #sinceState: number | undefined;

  /** Which rules hold, before anything is decided by them. */
  rules(policy: AccessPolicy, at: Instant): readonly JournalEntry[] {
    return this.#rules.entries(policy, at).entries;
  }

  entries({ state, input, policy, events, ending }: Decision): readonly JournalEntry[] {
    const [first, ...others] = events.filter(isRecorded).map(accessEntry);
    if (first === undefined) {
      // `ChallengeOver` changes nothing.
      if (events.some(({ type }) => type === "PassageReleased")) this.#before.push(input);
      return [];
    }
    const { reference, entries } = this.#rules.entries(policy, input.at);
    const access = this.#basis(state, input, reference, [first, ...others]);
    const all = [first, ...others];
    const end = ending && all.find((entry) => isEndOf(entry, ending.passage));
    const written = all.map((entry) => {
      const ofAccess = entry === first && access !== undefined ? { access } : {};
      const ofInterlock = entry === end ? { interlock: ending?.basis } : {};
      const input = plainJson({ ...ofAccess, ...ofInterlock });
      return Object.keys(input).length === 0 ? entry : { ...entry, input };
    });
    return [...entries, ...written];
  }

  /** Nothing of what was last made is on record, or perhaps is: the next decision says everything anew. */
  refused(): void {
    this.#sinceState = undefined;
    this.#before = this.#lastBefore;
    this.#rules.refused();
  }

  #basis(
    state: AccessState,
    input: AccessInput,
    rules: string,
    entries: readonly JournalEntry[],
  ): AccessBasis | undefined {
    const before = this.#before;
    [this.#before, this.#lastBefore] = [[], before];
    const since = this.#sinceState;
    const stands = since === undefined || since >= decisionsPerState || before.length > mostBefore;
    if (stands) this.#written = nothingWritten();
    this.#sinceState = stands ? 1 : since + 1;
    const { as, rest } = this.#withoutWritten(withoutFace(plainJson(input), entries));
    const basis: AccessBasis = {
      rules: rules.slice(0, ruleReferenceLength),
      ...(stands ? { state: storedState(state) } : {}),
      ...(before.length === 0 || before.length > mostBefore ? {} : { before }),
      ...(Object.keys(as).length === 0 ? {} : { as }),
      input: rest,
    };
    if (JSON.stringify(basis).length <= largestBasis) return basis;
    this.#sinceState = undefined;
    return undefined;
  }

  #withoutWritten(
    input: JsonObject,
  ): Pick<AccessBasis, "as"> & { readonly as: object; readonly rest: JsonObject } {
    const as: Partial<Record<SharedField, number>> = {};
    for (const field of sharedFields) {
      const value = input[field];
      if (value === undefined) continue;
      const text = canonicalJson(value);
      const place = this.#written[field].indexOf(text);
      if (place === -1) this.#written[field].push(text);
      else as[field] = place;
    }
    return { as, rest: Object.fromEntries(Object.entries(input).filter(([field]) => !(field in as))) };
  }
}

const nothingWritten = (): Readonly<Record<SharedField, string[]>> => ({
  credential: [],
  surroundings: [],
  local: [],
});

const isEndOf = ({ type, payload }: JournalEntry, passage: string): boolean =>
  (type === "AccessTaken" || type === "AccessNotTaken") && payload["lead"] === passage;

/** Its figures stand in the record itself. */
function withoutFace(input: JsonObject, entries: readonly JournalEntry[]): JsonObject {
  if (!("face" in input) || !entries.some(({ payload }) => "face" in payload)) return input;
  const { face: _inTheRecord, ...rest } = input;
  return rest;
}
