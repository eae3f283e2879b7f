import { createHash } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../../../ports/clock.ts";
import {
  type Directory,
  type DirectoryImport,
  DirectoryRefusal,
  type ImportedCardholder,
} from "../../../ports/directory.ts";
import { type JournalEntry, StorageFault } from "../../../ports/journal.ts";
import type { ImportReport } from "../../../ports/services/people-services.ts";
import { checkRow, type RowPerson } from "./check-row.ts";
import { Faults } from "./fault.ts";
import { readRows } from "./read-rows.ts";

export interface PeopleImportOptions {
  readonly directory: Pick<Directory, "beginImport" | "findByNumber" | "findByCard" | "transact" | "get">;
  readonly clock: Pick<Clock, "now" | "wall">;
  readonly levels: () => readonly string[];
  readonly timeZone: string;
  /** Throws where the entries cannot be written durably. */
  readonly record: (entries: readonly JournalEntry[]) => void;
}

/** Checked between two turns of the loop. */
const checkedAtOnce = 50;
/** Written in one commit: some 0.35 ms each in a directory of 100,000, and two waits for the disk. */
const writtenAtOnce = 10;
const removedAtOnce = 100;

/**
 * Takes a whole list of people, or none of it. What takes long is cut into pieces, so that a door never waits for it:
 * people are written a few at a time and unseen, each with its record, and are there in one stroke at the end.
 */
export class PeopleImport {
  readonly #options: PeopleImportOptions;
  #isBusy = false;

  constructor(options: PeopleImportOptions) {
    this.#options = options;
  }

  /** One at a time: throws DirectoryRefusal where another is under way. */
  async run(file: Uint8Array, dryRun: boolean, operator: string): Promise<ImportReport> {
    if (this.#isBusy) throw new DirectoryRefusal("importUnderWay", "another list is being imported");
    this.#isBusy = true;
    try {
      return await this.#run(file, dryRun, operator);
    } finally {
      this.#isBusy = false;
    }
  }

  async #run(file: Uint8Array, dryRun: boolean, operator: string): Promise<ImportReport> {
    const faults = new Faults();
    const sha256 = createHash("sha256").update(file).digest("hex");
    const people = await this.#checked(file, faults);
    const counts = {
      people: people.length,
      cards: people.reduce((sum, { cards }) => sum + cards.length, 0),
      sha256,
    };
    if (dryRun || faults.any) return { imported: false, ...counts, ...faults.listed() };
    const under = this.#options.directory.beginImport();
    try {
      await this.#write(under, people, operator);
      this.#options.directory.transact(() => {
        under.complete();
        this.#record([["CardholdersImported", { operator, import: under.id, ...counts }]]);
      });
    } catch (error) {
      await this.#abandon(under, operator, counts.sha256);
      if (!(error instanceof DirectoryRefusal)) throw error;
      faults.add(1, null, "takenMeanwhile", error.message);
      return { imported: false, ...counts, ...faults.listed() };
    }
    return { imported: true, ...counts, ...faults.listed() };
  }

  async #checked(file: Uint8Array, faults: Faults): Promise<readonly RowPerson[]> {
    const { levels, timeZone, clock } = this.#options;
    const rules = { levels: new Set(levels()), timeZone, now: clock.wall() };
    const rows = await readRows(file, faults);
    const found: RowPerson[] = [];
    const seen = { numbers: new Set<string>(), cards: new Set<string>() };
    for (const [index, row] of rows.entries()) {
      if (index % checkedAtOnce === 0) await turn();
      const person = checkRow(row, rules, faults);
      if (person === undefined) continue;
      this.#checkTaken(person, seen, faults);
      found.push(person);
    }
    const staff = new Set(
      found.flatMap(({ person }) => (person.kind === "staff" ? [person.number ?? ""] : [])),
    );
    for (const { row, hostNumber } of found)
      if (hostNumber !== undefined && !staff.has(hostNumber) && this.#hostOf(hostNumber) === undefined)
        faults.add(row, "host", "unknownHost", hostNumber);
    return found;
  }

  #checkTaken(
    { row, person: { number }, cards }: RowPerson,
    seen: { readonly numbers: Set<string>; readonly cards: Set<string> },
    faults: Faults,
  ): void {
    const { directory } = this.#options;
    if (number !== undefined) {
      if (seen.numbers.has(number)) faults.add(row, "number", "numberTwice", number);
      else if (directory.findByNumber(number) !== undefined) faults.add(row, "number", "numberTaken", number);
      seen.numbers.add(number);
    }
    for (const card of cards) {
      if (seen.cards.has(card.number)) faults.add(row, "cards", "cardTwice", card.number);
      else if (directory.findByCard(card.number) !== undefined)
        faults.add(row, "cards", "cardTaken", card.number);
      seen.cards.add(card.number);
    }
  }

  #hostOf(number: string): string | undefined {
    const found = this.#options.directory.findByNumber(number);
    return found?.kind === "staff" && found.status === "active" ? found.id : undefined;
  }

  /** Hosts before their visitors. */
  async #write(under: DirectoryImport, people: readonly RowPerson[], operator: string): Promise<void> {
    const { directory } = this.#options;
    const idOf = new Map<string, string>();
    const inOrder = [...people.filter(isStaff), ...people.filter((one) => !isStaff(one))];
    for (let from = 0; from < inOrder.length; from += writtenAtOnce) {
      await turn();
      const some = inOrder.slice(from, from + writtenAtOnce);
      directory.transact(() => {
        // One write for all of them: each waits for the disk.
        this.#record(
          some.flatMap((one) => {
            const host = one.hostNumber && (idOf.get(one.hostNumber) ?? this.#hostOf(one.hostNumber));
            const person = { ...one.person, cards: one.cards, ...(host ? { host } : {}) };
            const [id = ""] = under.add([person]);
            if (one.person.number !== undefined) idOf.set(one.person.number, id);
            return recordsOf(id, person, operator, under.id);
          }),
        );
      });
    }
  }

  async #abandon(under: DirectoryImport, operator: string, sha256: string): Promise<void> {
    try {
      while (under.abandon(removedAtOnce)) await turn();
      this.#record([["CardholderImportAbandoned", { operator, import: under.id, sha256 }]]);
    } catch (error) {
      // The disk that failed the import: nobody sees these people, and the next start forgets them.
      if (!(error instanceof StorageFault)) throw error;
    }
  }

  #record(records: readonly (readonly [string, JournalEntry["payload"]])[]): void {
    const at = this.#options.clock.now();
    this.#options.record(records.map(([type, payload]) => ({ type, at, payload })));
  }
}

const isStaff = ({ person }: RowPerson): boolean => person.kind === "staff";

function recordsOf(
  id: string,
  { groups, accessLevels, kind, host, cards }: ImportedCardholder,
  operator: string,
  importId: string,
): readonly (readonly [string, JournalEntry["payload"]])[] {
  const facts = { operator, cardholder: id, import: importId };
  const visit = kind === "visitor" ? { kind, host: host ?? null } : {};
  return [
    ["CardholderAdded", { ...facts, groups, accessLevels, ...visit }],
    ...cards.map(({ number, format }) => ["CardIssued", { ...facts, card: number, format }] as const),
  ];
}
