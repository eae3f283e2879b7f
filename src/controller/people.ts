import { type AlikeFace, alikeLimit } from "../domain/biometric/alike.ts";
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
import type { FindAlike } from "../ports/face-search.ts";
import { type JournalEntry, type JsonObject, StorageFault } from "../ports/journal.ts";
import type { PhotoOutcome } from "../ports/vision-link.ts";
import type { Chronicle } from "./chronicle.ts";
import type { ControllerOptions } from "./controller-options.ts";
import type { VisionClient } from "./vision-client.ts";

export interface PeopleOptions {
  readonly directory: Directory;
  readonly vision: VisionClient;
  readonly clock: Clock;
  /** Names of those that the site has. */
  readonly accessLevels: readonly string[];
  readonly findAlike: FindAlike;
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
  readonly #findAlike: FindAlike;
  readonly #record: (entry: JournalEntry) => void;

  constructor({ directory, vision, clock, accessLevels, findAlike, record }: PeopleOptions) {
    this.#directory = directory;
    this.#vision = vision;
    this.#clock = clock;
    this.#levels = new Set(accessLevels);
    this.#findAlike = findAlike;
    this.#record = record;
  }

  static of(
    { directory, clock, site, findAlike }: ControllerOptions,
    vision: VisionClient,
    chronicle: Chronicle,
  ): People {
    const accessLevels = site.policy.levels.map(({ name }) => name);
    const record = (entry: JournalEntry): void => chronicle.require([entry]);
    return new People({ directory, vision, clock, accessLevels, findAlike, record });
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

  /** `distinctFrom`: people whom the operator has looked at and says are others, though they look alike. */
  async enrolPhoto(
    id: string,
    image: Uint8Array,
    operator: string,
    distinctFrom: readonly string[] = [],
  ): Promise<EnrolmentOutcome> {
    const outcome = await this.#vision.describePhoto(image);
    if (!outcome.usable) return outcome;
    const alike = await this.#othersAlike(id, outcome);
    if (!(alike instanceof Array)) return alike;
    const { jpeg, quality, model, descriptor, second } = outcome;
    const others = alike.map(({ cardholder }) => cardholder);
    if (others.some((other) => !distinctFrom.includes(other))) {
      this.#note("DuplicateFaceFound", operator, {
        cardholder: id,
        others,
        distance: alike[0]?.distance ?? null,
      });
      return { enrolled: false, alreadyEnrolled: alike };
    }
    return this.#directory.transact(() => {
      const photo = this.#directory.addPhoto(id, { jpeg, quality, model, descriptor, second });
      this.#note("PhotoEnrolled", operator, { cardholder: id, photo: photo.id, model, quality });
      if (others.length > 0) this.#note("DuplicateFaceConfirmed", operator, { cardholder: id, others });
      return { enrolled: true, photo };
    });
  }

  /** What cannot be compared with everybody is not enrolled: one face must not become two people unnoticed. */
  async #othersAlike(
    id: string,
    { model, descriptor }: Extract<PhotoOutcome, { readonly usable: true }>,
  ): Promise<readonly AlikeFace[] | Extract<PhotoOutcome, { readonly usable: false }>> {
    const threshold = this.#vision.ready()?.threshold;
    const detail = "the photo could not be compared with the other cardholders'; try again";
    if (threshold === undefined) return { usable: false, reason: "engineFault", detail };
    const limit = alikeLimit(threshold, this.#directory.count());
    try {
      return await this.#findAlike({ model, descriptor, except: id, limit });
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      return { usable: false, reason: "engineFault", detail: `${detail}: ${error.message}` };
    }
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
