import type { Firing } from "../../domain/alarm/actions.ts";
import type { JsonObject } from "../../ports/journal.ts";
import type { Chronicle } from "../chronicle.ts";

/** So many failures in a row, a few seconds apart, are no hiccup. */
const patience = 3;

/** Whose actions they were, for the record; a duress among them makes the record one of duress (A5). */
export function whose(firings: readonly Firing[]): JsonObject {
  const duress = firings.find(({ alarm }) => alarm === "Duress");
  const first = duress ?? firings[0];
  if (first === undefined) return {};
  const { id, alarm, place } = first;
  return { ...place, id, alarm, ...(firings.length === 1 ? {} : { alarms: firings.length }) };
}

/** What became of actions: a record of each, and an alarm while somebody is not reached. */
export class Outcomes {
  readonly #chronicle: Pick<Chronicle, "note" | "keep">;
  readonly #troubled = new Set<string>();

  /** `known`: the alarm is on, from before the start. */
  constructor(chronicle: Pick<Chronicle, "note" | "keep">, known: boolean) {
    this.#chronicle = chronicle;
    if (known) this.#troubled.add("");
  }

  /** `through`: whom or what it went by, `webhook centre`. */
  done(through: string, firings: readonly Firing[], facts: JsonObject): void {
    this.#chronicle.note("AlarmActionDone", { ...whose(firings), ...facts });
    // Of what troubled a former run nothing is known but that it did.
    const wasTroubled = this.#troubled.delete(through) || this.#troubled.has("");
    this.#troubled.delete("");
    if (wasTroubled && this.#troubled.size === 0)
      this.#chronicle.keep([], [{ is: "gone", alarm: "AlarmActionFailed", place: {}, detail: null }]);
  }

  /** The first of a row of failures and the last one are recorded, and none in between. */
  failed(
    through: string,
    firings: readonly Firing[],
    facts: JsonObject,
    { attempt, gaveUp }: { readonly attempt: number; readonly gaveUp: boolean },
  ): void {
    if (attempt === 1 || gaveUp)
      this.#chronicle.note("AlarmActionFailed", { ...whose(firings), ...facts, attempt, gaveUp });
    if (attempt < patience && !gaveUp) return;
    // A console at the box shows this alarm: that it rings just when a duress was to be told would tell of it (A5).
    if (firings.some(({ alarm }) => alarm === "Duress") || this.#troubled.has(through)) return;
    const detail = `${through}: ${typeof facts["detail"] === "string" ? facts["detail"] : "failed"}`;
    // What is tried once is over; whoever is tried again is not reached until they are.
    const lasts = attempt >= patience;
    if (lasts) this.#troubled.add(through);
    this.#chronicle.keep(
      [],
      [{ is: lasts ? "seen" : "pulsed", alarm: "AlarmActionFailed", place: {}, detail }],
    );
  }
}
