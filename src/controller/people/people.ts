import { type AlikeFace, alikeLimit } from "../../domain/biometric/alike.ts";
import type { Clock } from "../../ports/clock.ts";
import type { EnrolmentOutcome, PhotoCheck, RefusedPhoto } from "../../ports/controller-services.ts";
import {
  type Card,
  type Cardholder,
  type CardholderChange,
  type Directory,
  DirectoryRefusal,
  type NewCardholder,
} from "../../ports/directory.ts";
import { usualAppearance } from "../../ports/directory-checks.ts";
import type { FindAlike } from "../../ports/face-search.ts";
import { type JournalEntry, type JsonObject, StorageFault } from "../../ports/journal.ts";
import type { PeopleServices } from "../../ports/services/people-services.ts";
import type { PhotoOutcome } from "../../ports/vision-link.ts";
import type { Chronicle } from "../chronicle.ts";
import type { ControllerOptions } from "../controller-options.ts";
import type { VisionClient } from "../vision-client.ts";
import {
  isAboutTheVisit,
  requireConsent,
  requireLevels,
  requireSomebodyElse,
  requireWholeVisit,
} from "./people-checks.ts";
import type { PinVault } from "./pins.ts";

export interface PeopleOptions {
  readonly directory: Directory;
  readonly vision: VisionClient;
  readonly clock: Clock;
  /** Names of those that the site has. */
  readonly accessLevels: () => readonly string[];
  readonly findAlike: FindAlike;
  /** §7: nobody's photo without it. */
  readonly consentRequired: boolean;
  readonly pins: Pick<PinVault, "hashesFor">;
  /** Throws where the entry cannot be written durably. */
  readonly record: (entry: JournalEntry) => void;
}

interface JudgedPhoto {
  readonly photo: Extract<PhotoOutcome, { readonly usable: true }>;
  /** Who has such a face and is somebody else, as the operator says. */
  readonly others: readonly string[];
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
  readonly #levels: () => readonly string[];
  readonly #findAlike: FindAlike;
  readonly #consentRequired: boolean;
  readonly #pins: Pick<PinVault, "hashesFor">;
  readonly #record: (entry: JournalEntry) => void;

  constructor(options: PeopleOptions) {
    const { directory, vision, clock, accessLevels, findAlike, consentRequired, pins, record } = options;
    this.#directory = directory;
    this.#consentRequired = consentRequired;
    this.#vision = vision;
    this.#clock = clock;
    this.#levels = accessLevels;
    this.#findAlike = findAlike;
    this.#pins = pins;
    this.#record = record;
  }

  static of(
    { directory, clock, site, findAlike, pins }: ControllerOptions,
    vision: VisionClient,
    chronicle: Chronicle,
  ): People {
    const accessLevels = () => site.policy.levels.map(({ name }) => name);
    const record = (entry: JournalEntry): void => chronicle.require([entry]);
    const consentRequired = site.consent?.required ?? false;
    return new People({ directory, vision, clock, accessLevels, findAlike, consentRequired, pins, record });
  }

  /** Names of those that the site has now. */
  levels(): readonly string[] {
    return this.#levels();
  }

  add(cardholder: NewCardholder, operator: string): Cardholder {
    requireLevels(cardholder.accessLevels, this.#levels());
    return this.#directory.transact(() => {
      const added = this.#directory.add(cardholder);
      this.#requireWholeVisit(added);
      const { id, kind, host = null, groups, accessLevels } = added;
      const visit = kind === "visitor" ? { kind, host } : {};
      this.#note("CardholderAdded", operator, { cardholder: id, groups, accessLevels, ...visit });
      return added;
    });
  }

  change(id: string, change: CardholderChange, operator: string): Cardholder {
    this.#requireSomebodyElse(operator, id);
    requireLevels(change.accessLevels ?? [], this.#levels());
    const { name, number, note, operator: account, ...facts } = change;
    const fields = given(facts);
    const renamed = name === undefined ? {} : { renamed: true };
    // What would tell whose pseudonym this is, after a deletion too, is only said to have changed.
    const altered = Object.keys(given({ number, note, account }));
    return this.#directory.transact(() => {
      const changed = this.#directory.change(id, change);
      if (isAboutTheVisit(change)) this.#requireWholeVisit(changed);
      this.#note("CardholderChanged", operator, {
        cardholder: id,
        ...fields,
        ...renamed,
        ...(altered.length === 0 ? {} : { altered }),
      });
      return changed;
    });
  }

  remove(id: string, operator: string): void {
    this.#requireSomebodyElse(operator, id);
    this.#directory.transact(() => {
      this.#directory.remove(id);
      this.#note("CardholderRemoved", operator, { cardholder: id });
    });
  }

  issueCard(
    id: string,
    number: string,
    format: string,
    operator: string,
    more: { readonly duress?: boolean; readonly label?: string } = {},
  ): Card {
    this.#requireSomebodyElse(operator, id);
    return this.#directory.transact(() => {
      const card = this.#directory.issueCard(id, number, format, more);
      // Not whether it is a duress card: more people read the journal than may know that (A5).
      this.#note("CardIssued", operator, { cardholder: id, card: number, format });
      return card;
    });
  }

  /** One's own too: a loss is reported by whoever notices. */
  reportLost(number: string, operator: string): Card {
    return this.#directory.transact(() => {
      const card = this.#directory.reportLost(number);
      this.#note("CardReportedLost", operator, { cardholder: this.#ownerOf(number), card: number });
      return card;
    });
  }

  setCardStatus(...[number, status, operator]: Parameters<PeopleServices["setCardStatus"]>): Card {
    const cardholder = this.#ownerOf(number);
    this.#requireSomebodyElse(operator, cardholder);
    return this.#directory.transact(() => {
      const card = this.#directory.setCardStatus(number, status);
      this.#note("CardStatusChanged", operator, { cardholder, card: number, status });
      return card;
    });
  }

  replaceCard(number: string, replacement: string, operator: string): Card {
    const cardholder = this.#ownerOf(number);
    this.#requireSomebodyElse(operator, cardholder);
    return this.#directory.transact(() => {
      const card = this.#directory.replaceCard(number, replacement);
      this.#note("CardReplaced", operator, { cardholder, card: number, replacement });
      return card;
    });
  }

  /** The record says that there is a PIN, not what it is, nor whether there is another for duress (A5). */
  async setPin(...[id, { pin, duressPin }, operator]: Parameters<PeopleServices["setPin"]>): Promise<void> {
    this.#requireSomebodyElse(operator, id);
    if (this.#directory.get(id) === undefined)
      throw new DirectoryRefusal("notFound", `there is no cardholder ${id}`);
    const hashes = await this.#pins.hashesFor(pin, duressPin);
    this.#directory.transact(() => {
      this.#directory.setPin(id, hashes);
      this.#note("PinSet", operator, { cardholder: id });
    });
  }

  removePin(id: string, operator: string): void {
    this.#requireSomebodyElse(operator, id);
    this.#directory.transact(() => {
      this.#directory.setPin(id, undefined);
      this.#note("PinRemoved", operator, { cardholder: id });
    });
  }

  /** `distinctFrom`: people whom the operator has looked at and says are others, though they look alike. */
  async enrolPhoto(
    id: string,
    image: Uint8Array,
    operator: string,
    distinctFrom: readonly string[] = [],
    appearance: string = usualAppearance,
  ): Promise<EnrolmentOutcome> {
    const judged = await this.#judged(id, image, operator, distinctFrom);
    if (!("photo" in judged)) return judged;
    const { jpeg, quality, model, descriptor, second } = judged.photo;
    const { others } = judged;
    return this.#directory.transact(() => {
      const photo = this.#directory.addPhoto(id, { jpeg, quality, appearance, model, descriptor, second });
      this.#note("PhotoEnrolled", operator, { cardholder: id, photo: photo.id, appearance, model, quality });
      if (others.length > 0) this.#note("DuplicateFaceConfirmed", operator, { cardholder: id, others });
      return { enrolled: true, photo };
    });
  }

  /** Whether it could be enrolled: for a photo that a second operator has to see first. Nothing is stored. */
  async checkPhoto(
    id: string,
    image: Uint8Array,
    operator: string,
    distinctFrom: readonly string[] = [],
  ): Promise<PhotoCheck> {
    const judged = await this.#judged(id, image, operator, distinctFrom);
    if (!("photo" in judged)) return judged;
    const { jpeg, quality } = judged.photo;
    return { passes: true, jpeg, quality };
  }

  async #judged(
    id: string,
    image: Uint8Array,
    operator: string,
    distinctFrom: readonly string[],
  ): Promise<JudgedPhoto | RefusedPhoto> {
    this.#requireSomebodyElse(operator, id);
    requireConsent(this.#directory.get(id) ?? {}, this.#consentRequired);
    const outcome = await this.#vision.describePhoto(image);
    if (!outcome.usable) return outcome;
    const alike = await this.#othersAlike(id, outcome);
    if (!(alike instanceof Array)) return alike;
    const others = alike.map(({ cardholder }) => cardholder);
    if (others.every((other) => distinctFrom.includes(other))) return { photo: outcome, others };
    const distance = alike[0]?.distance ?? null;
    this.#note("DuplicateFaceFound", operator, { cardholder: id, others, distance });
    return { enrolled: false, alreadyEnrolled: alike };
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
    this.#requireSomebodyElse(operator, id);
    this.#directory.transact(() => {
      this.#directory.removePhoto(id, photo);
      this.#note("PhotoRemoved", operator, { cardholder: id, photo });
    });
  }

  #requireSomebodyElse(operator: string, cardholder: string | null): void {
    requireSomebodyElse(this.#directory, operator, cardholder);
  }

  #requireWholeVisit(visitor: Cardholder): void {
    requireWholeVisit(visitor, this.#clock.wall(), (id) => this.#directory.get(id));
  }

  #ownerOf(card: string): string | null {
    return this.#directory.findByCard(card)?.cardholder.id ?? null;
  }

  #note(type: string, operator: string, facts: JsonObject): void {
    this.#record({ type, at: this.#clock.now(), payload: { operator, ...facts } });
  }
}

const given = <Value>(fields: Readonly<Record<string, Value | undefined>>): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
