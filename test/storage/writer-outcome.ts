import { expect } from "vitest";
import type { Journal } from "../../src/ports/journal.ts";

/** What `journal-writer.ts` said. */
export interface WriterOutcome {
  /** Hash of each acknowledged record, by number. */
  readonly acknowledged: ReadonlyMap<number, string>;
  readonly faults: readonly string[];
  readonly lines: readonly string[];
}

export function writerOutcome(output: string): WriterOutcome {
  const lines = output.split("\n").filter((line) => line !== "");
  const acknowledged = new Map<number, string>();
  const faults: string[] = [];
  for (const line of lines) {
    const [word, seq, hash] = line.split(" ");
    if (word === "acknowledged") acknowledged.set(Number(seq), hash ?? "");
    if (word === "fault") faults.push(line);
  }
  return { acknowledged, faults, lines };
}

/** Every acknowledged record is there, as it was acknowledged. */
export function expectKept(journal: Journal, acknowledged: ReadonlyMap<number, string>): void {
  const kept = new Map<number, string>();
  for (let after = 0; ; ) {
    const page = journal.query({ after, limit: 1_000 });
    for (const { seq, hash } of page) kept.set(seq, hash);
    const newest = page.at(-1);
    if (newest === undefined) break;
    after = newest.seq;
  }
  const lost = [...acknowledged].filter(([seq, hash]) => kept.get(seq) !== hash);
  expect(lost).toEqual([]);
}
