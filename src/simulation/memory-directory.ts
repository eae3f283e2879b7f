import { type WallTime, wallTime } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import {
  type Card,
  type Cardholder,
  type CardholderChange,
  type CredentialStatus,
  type Directory,
  DirectoryRefusal,
  type NewCardholder,
  type PhotoSummary,
  type Template,
} from "../ports/directory.ts";
import { directoryLimits } from "../ports/directory-limits.ts";
import { StorageFault } from "../ports/journal.ts";

type NewPhoto = Parameters<Directory["addPhoto"]>[1];
/** Templates are put in place as they are computed; a directory that undoes a change leaves those alone. */
export interface StoredPhoto {
  readonly id: string;
  readonly jpeg: Uint8Array;
  readonly quality: Readonly<Record<string, number>>;
  readonly templates: Map<string, Float32Array>;
}

/** Cardholders kept in memory, numbered in order; its disk fails when a test says so. */
export class MemoryDirectory implements Directory {
  readonly #clock: Pick<Clock, "wall">;
  readonly #cardholders = new Map<string, Cardholder>();
  readonly #photos = new Map<string, StoredPhoto[]>();
  #made = 0;
  #failures = 0;

  constructor(clock: Pick<Clock, "wall">) {
    this.#clock = clock;
  }

  /** The next change throws StorageFault and changes nothing. */
  failNextWrite(): void {
    this.#failures += 1;
  }

  transact<Result>(work: () => Result): Result {
    const cardholders = [...this.#cardholders];
    const photos = [...this.#photos].map(([id, kept]): readonly [string, readonly StoredPhoto[]] => [
      id,
      [...kept],
    ]);
    try {
      return work();
    } catch (error) {
      this.#cardholders.clear();
      this.#photos.clear();
      for (const [id, cardholder] of cardholders) this.#cardholders.set(id, cardholder);
      for (const [id, kept] of photos) this.#photos.set(id, [...kept]);
      throw error;
    }
  }

  list({ after = "", limit, search }: Parameters<Directory["list"]>[0]): readonly Cardholder[] {
    if (!Number.isInteger(limit) || limit < 1 || limit > directoryLimits.listed) {
      throw new RangeError(`limit ${limit} is not within 1 to ${directoryLimits.listed}`);
    }
    return [...this.#cardholders.values()]
      .filter((one) => one.id > after && (!search || mentions(one, search)))
      .slice(0, limit);
  }

  get(id: string): Cardholder | undefined {
    return this.#cardholders.get(id);
  }

  findByCard(number: string): { readonly cardholder: Cardholder; readonly card: Card } | undefined {
    for (const cardholder of this.#cardholders.values()) {
      const card = cardholder.cards.find((one) => one.number === number);
      if (card !== undefined) return { cardholder, card };
    }
    return undefined;
  }

  add(cardholder: NewCardholder): Cardholder {
    requireSizes(cardholder);
    this.#beginWrite();
    const added: Cardholder = {
      ...structuredClone(cardholder),
      id: this.#nextId("person"),
      status: "active",
      cards: [],
      photos: [],
      createdAt: this.#wall(),
    };
    this.#cardholders.set(added.id, added);
    return added;
  }

  change(id: string, { validFrom, validUntil, ...rest }: CardholderChange): Cardholder {
    requireSizes(rest);
    const { validFrom: presentFrom, validUntil: presentUntil, ...kept } = this.#require(id);
    this.#beginWrite();
    const from = validFrom === undefined ? presentFrom : validFrom;
    const until = validUntil === undefined ? presentUntil : validUntil;
    return this.#put({
      ...kept,
      ...structuredClone(rest),
      ...(from === null || from === undefined ? {} : { validFrom: from }),
      ...(until === null || until === undefined ? {} : { validUntil: until }),
    });
  }

  remove(id: string): void {
    this.#require(id);
    this.#beginWrite();
    this.#cardholders.delete(id);
    this.#photos.delete(id);
  }

  issueCard(id: string, number: string, format: string): Card {
    if (number.length < 1 || number.length > directoryLimits.cardNumberLength) {
      throw new RangeError(`a card number has 1 to ${directoryLimits.cardNumberLength} characters`);
    }
    const cardholder = this.#require(id);
    requireRoomForCard(cardholder.id, cardholder.cards);
    if (this.findByCard(number) !== undefined)
      throw new DirectoryRefusal("cardNumberTaken", `card ${number} is taken`);
    this.#beginWrite();
    const card: Card = { number, format, status: "active", issuedAt: this.#wall() };
    this.#put({ ...cardholder, cards: [...cardholder.cards, card] });
    return card;
  }

  reportLost(number: string): Card {
    const { card } = this.#requireUnrevoked(number);
    this.#beginWrite();
    return this.#setStatus(card, "lost");
  }

  replaceCard(number: string, replacement: string): Card {
    const { card, cardholder } = this.#requireUnrevoked(number);
    if (card.status === "lost") return this.issueCard(cardholder.id, replacement, card.format);
    this.#setStatus(card, "revoked");
    try {
      return this.issueCard(cardholder.id, replacement, card.format);
    } catch (error) {
      this.#setStatus(card, card.status); // all or nothing
      throw error;
    }
  }

  addPhoto(id: string, photo: NewPhoto): PhotoSummary {
    if (photo.jpeg.length > directoryLimits.jpegBytes) throw new RangeError("a photo too large");
    const cardholder = this.#require(id);
    if (cardholder.photos.length >= directoryLimits.photos) {
      throw new DirectoryRefusal("tooManyPhotos", `${id} has ${directoryLimits.photos} photos`);
    }
    this.#beginWrite();
    const { jpeg, quality, second, ...first } = structuredClone(photo);
    const all = [first, ...(second === undefined ? [] : [second])];
    const templates = new Map(all.map(({ model, descriptor }) => [model, descriptor]));
    const stored = { id: this.#nextId("photo"), jpeg, quality, templates };
    const summary = { id: stored.id, takenAt: this.#wall(), quality: stored.quality };
    this.#photos.set(id, [...this.#photosOf(id), stored]);
    this.#put({ ...cardholder, photos: [...cardholder.photos, summary] });
    return summary;
  }

  photo(id: string, photo: string): Uint8Array | undefined {
    return this.#photosOf(id).find((one) => one.id === photo)?.jpeg;
  }

  removePhoto(id: string, photo: string): void {
    if (this.photo(id, photo) === undefined)
      throw new DirectoryRefusal("notFound", `there is no photo ${photo}`);
    const cardholder = this.#require(id);
    this.#beginWrite();
    const others = ({ id: other }: { readonly id: string }): boolean => other !== photo;
    this.#photos.set(id, this.#photosOf(id).filter(others));
    this.#put({ ...cardholder, photos: cardholder.photos.filter(others) });
  }

  templates(id: string, model: string): readonly Template[] {
    return this.#photosOf(id).flatMap(({ id: photo, templates }) => {
      const descriptor = templates.get(model);
      return descriptor === undefined ? [] : [{ photo, model, descriptor: Float32Array.from(descriptor) }];
    });
  }

  /** For the templates' own store: every photo, in order, with its templates by model. */
  allPhotos(): readonly { readonly cardholder: string; readonly photo: StoredPhoto }[] {
    return [...this.#photos].flatMap(([cardholder, photos]) =>
      photos.map((photo) => ({ cardholder, photo })),
    );
  }

  count(): number {
    return this.#cardholders.size;
  }

  [Symbol.dispose](): void {}

  #beginWrite(): void {
    if (this.#failures === 0) return;
    this.#failures -= 1;
    throw new StorageFault("simulated: the disk failed");
  }

  #wall(): WallTime {
    return wallTime(this.#clock.wall());
  }

  #nextId(kind: string): string {
    this.#made += 1;
    return `${kind}-${String(this.#made).padStart(8, "0")}`;
  }

  #put(cardholder: Cardholder): Cardholder {
    this.#cardholders.set(cardholder.id, cardholder);
    return cardholder;
  }

  #photosOf(id: string): StoredPhoto[] {
    return this.#photos.get(id) ?? [];
  }

  #require(id: string): Cardholder {
    const cardholder = this.#cardholders.get(id);
    if (cardholder === undefined) throw new DirectoryRefusal("notFound", `there is no cardholder ${id}`);
    return cardholder;
  }

  #requireUnrevoked(number: string): { readonly cardholder: Cardholder; readonly card: Card } {
    const found = this.findByCard(number);
    if (found === undefined) throw new DirectoryRefusal("notFound", `there is no card ${number}`);
    if (found.card.status === "revoked")
      throw new DirectoryRefusal("cardNotActive", `card ${number} is revoked`);
    return found;
  }

  #setStatus(card: Card, status: CredentialStatus): Card {
    const found = this.findByCard(card.number);
    if (found === undefined) throw new DirectoryRefusal("notFound", `there is no card ${card.number}`);
    const changed = { ...card, status };
    const { cardholder } = found;
    this.#put({
      ...cardholder,
      cards: cardholder.cards.map((one) => (one.number === card.number ? changed : one)),
    });
    return changed;
  }
}

const lower = (text: string): string => text.replaceAll(/[A-Z]+/g, (ascii) => ascii.toLowerCase());

const mentions = ({ id, name, cards }: Cardholder, text: string): boolean =>
  id === text || lower(name).includes(lower(text)) || cards.some(({ number }) => number.includes(text));

function requireSizes({ name, groups, accessLevels }: CardholderChange): void {
  if (name !== undefined && name.length > directoryLimits.nameLength) throw new RangeError("a name too long");
  for (const list of [groups, accessLevels]) {
    if (list !== undefined && list.length > directoryLimits.memberships)
      throw new RangeError("a list too long");
  }
}

function requireRoomForCard(id: string, cards: readonly Card[]): void {
  const usable = cards.filter(({ status }) => status === "active" || status === "suspended").length;
  if (usable < directoryLimits.usableCards && cards.length < directoryLimits.cards) return;
  throw new DirectoryRefusal("tooManyCards", `${id} has ${usable} usable cards, ${cards.length} on record`);
}
