import type { Clock } from "../ports/clock.ts";
import type { EnrolmentOutcome } from "../ports/controller-services.ts";
import {
  type Card,
  type Cardholder,
  type CardholderChange,
  type Directory,
  DirectoryRefusal,
  type NewCardholder,
} from "../ports/directory.ts";
import type { JournalEntry, JsonObject } from "../ports/journal.ts";
import type { VisionClient } from "./vision-client.ts";

export interface PeopleOptions {
  readonly directory: Directory;
  readonly vision: VisionClient;
  readonly clock: Clock;
  /** Names of those that the site has. */
  readonly accessLevels: readonly string[];
  /** Throws where the entry cannot be written durably. */
  readonly record: (entry: JournalEntry) => void;
}

/**
 * Changes to people and cards, each recorded with who made it; change and record are both there or neither. Names
 * and pictures stay in the directory: the journal knows people by their id, so that a deletion leaves only the
 * pseudonym behind.
 */
export class People {
  readonly #directory: Directory;
  readonly #vision: VisionClient;
  readonly #clock: Clock;
  readonly #levels: ReadonlySet<string>;
  readonly #record: (entry: JournalEntry) => void;

  constructor({ directory, vision, clock, accessLevels, record }: PeopleOptions) {
    this.#directory = directory;
    this.#vision = vision;
    this.#clock = clock;
    this.#levels = new Set(accessLevels);
    this.#record = record;
  }

  add(cardholder: NewCardholder, operator: string): Cardholder {
    this.#requireLevels(cardholder.accessLevels);
    return this.#directory.transact(() => {
      const added = this.#directory.add(cardholder);
      const { id, groups, accessLevels } = added;
      this.#note("CardholderAdded", operator, { cardholder: id, groups, accessLevels });
      return added;
    });
  }

  change(id: string, change: CardholderChange, operator: string): Cardholder {
    this.#requireLevels(change.accessLevels ?? []);
    const { name, ...facts } = change;
    const fields = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
    const renamed = name === undefined ? {} : { renamed: true };
    return this.#directory.transact(() => {
      const changed = this.#directory.change(id, change);
      this.#note("CardholderChanged", operator, { cardholder: id, ...fields, ...renamed });
      return changed;
    });
  }

  remove(id: string, operator: string): void {
    this.#directory.transact(() => {
      this.#directory.remove(id);
      this.#note("CardholderRemoved", operator, { cardholder: id });
    });
  }

  issueCard(id: string, number: string, format: string, operator: string): Card {
    return this.#directory.transact(() => {
      const card = this.#directory.issueCard(id, number, format);
      this.#note("CardIssued", operator, { cardholder: id, card: number, format });
      return card;
    });
  }

  reportLost(number: string, operator: string): Card {
    return this.#directory.transact(() => {
      const card = this.#directory.reportLost(number);
      this.#note("CardReportedLost", operator, { cardholder: this.#ownerOf(number), card: number });
      return card;
    });
  }

  replaceCard(number: string, replacement: string, operator: string): Card {
    return this.#directory.transact(() => {
      const card = this.#directory.replaceCard(number, replacement);
      this.#note("CardReplaced", operator, {
        cardholder: this.#ownerOf(replacement),
        card: number,
        replacement,
      });
      return card;
    });
  }

  async enrolPhoto(id: string, image: Uint8Array, operator: string): Promise<EnrolmentOutcome> {
    const outcome = await this.#vision.describePhoto(image);
    if (!outcome.usable) return outcome;
    const { jpeg, quality, model, descriptor } = outcome;
    return this.#directory.transact(() => {
      const photo = this.#directory.addPhoto(id, { jpeg, quality, model, descriptor });
      this.#note("PhotoEnrolled", operator, { cardholder: id, photo: photo.id, model, quality });
      return { enrolled: true, photo };
    });
  }

  removePhoto(id: string, photo: string, operator: string): void {
    this.#directory.transact(() => {
      this.#directory.removePhoto(id, photo);
      this.#note("PhotoRemoved", operator, { cardholder: id, photo });
    });
  }

  /** A level that does not exist opens nothing; the clerk should know now, not the cardholder at the door. */
  #requireLevels(names: readonly string[]): void {
    const unknown = names.filter((name) => !this.#levels.has(name));
    if (unknown.length === 0) return;
    const known = [...this.#levels].join(", ") || "none";
    throw new DirectoryRefusal(
      "unknownAccessLevel",
      `no access level ${unknown.join(", ")}; this site has: ${known}`,
    );
  }

  #ownerOf(card: string): string | null {
    return this.#directory.findByCard(card)?.cardholder.id ?? null;
  }

  #note(type: string, operator: string, facts: JsonObject): void {
    this.#record({ type, at: this.#clock.now(), payload: { operator, ...facts } });
  }
}
