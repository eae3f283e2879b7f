import { type WallTime, wallTime } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import {
  type Card,
  type Cardholder,
  type CardholderChange,
  type Consent,
  type CredentialStatus,
  type Directory,
  type DirectoryImport,
  type DirectoryPage,
  DirectoryRefusal,
  type ImportedCardholder,
  type NewCardholder,
  type NewPhoto,
  type PhotoSummary,
  type PinHashes,
  type Template,
} from "../ports/directory.ts";
import {
  changed,
  requireCardSizes,
  requireChangeable,
  requireOwn,
  requireRoomForCard,
  requireRoomForPhoto,
  requireSizes,
  usualAppearance,
} from "../ports/directory-checks.ts";
import { StorageFault } from "../ports/journal.ts";
import { memoryImport } from "./memory-import.ts";
import { groupsOf, pageOf } from "./page-of.ts";
import type { StoredPhoto } from "./stored-photo.ts";

/** Cardholders kept in memory, numbered in order; its disk fails when a test says so. */
export class MemoryDirectory implements Directory {
  readonly #clock: Pick<Clock, "wall">;
  readonly #cardholders = new Map<string, Cardholder>();
  readonly #photos = new Map<string, StoredPhoto[]>();
  readonly #pins = new Map<string, PinHashes>();
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
    const pins = [...this.#pins];
    try {
      return work();
    } catch (error) {
      this.#cardholders.clear();
      this.#photos.clear();
      this.#pins.clear();
      for (const [id, hashes] of pins) this.#pins.set(id, hashes);
      for (const [id, cardholder] of cardholders) this.#cardholders.set(id, cardholder);
      for (const [id, kept] of photos) this.#photos.set(id, [...kept]);
      throw error;
    }
  }

  list(page: DirectoryPage): readonly Cardholder[] {
    return pageOf([...this.#cardholders.values()], page);
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

  findByNumber(number: string): Cardholder | undefined {
    return [...this.#cardholders.values()].find((one) => one.number === number);
  }

  findByOperator(username: string): Cardholder | undefined {
    return [...this.#cardholders.values()].find((one) => one.operator === username);
  }

  add(cardholder: NewCardholder): Cardholder {
    requireSizes(cardholder);
    requireOwn("", cardholder, this);
    this.#beginWrite();
    return this.#insert(this.#nextId("person"), { ...cardholder, cards: [] });
  }

  beginImport(): DirectoryImport {
    const insert = (id: string, person: ImportedCardholder): void => void this.#insert(id, person);
    return memoryImport({ directory: this, nextId: (kind) => this.#nextId(kind), insert });
  }

  change(id: string, change: CardholderChange): Cardholder {
    requireSizes(change);
    const present = this.#require(id);
    requireOwn(id, change, this);
    this.#beginWrite();
    const { cards, photos, hasPin, consent } = present;
    const kept = { id, cards, photos, hasPin, ...(consent === undefined ? {} : { consent }) };
    return this.#put({ ...changed(present, structuredClone(change)), ...kept });
  }

  remove(id: string): void {
    this.#require(id);
    this.#beginWrite();
    this.#cardholders.delete(id);
    this.#photos.delete(id);
    this.#pins.delete(id);
    for (const { host, ...rest } of this.#cardholders.values()) if (host === id) this.#put(rest);
  }

  issueCard(
    id: string,
    number: string,
    format: string,
    { duress = false, label }: { readonly duress?: boolean; readonly label?: string } = {},
  ): Card {
    requireCardSizes(number, label);
    const cardholder = this.#require(id);
    requireRoomForCard(cardholder);
    if (this.findByCard(number) !== undefined)
      throw new DirectoryRefusal("cardNumberTaken", `card ${number} is taken`);
    this.#beginWrite();
    const issued = { number, format, status: "active", issuedAt: this.#wall(), duress } as const;
    const card: Card = { ...issued, ...(label === undefined ? {} : { label }) };
    this.#put({ ...cardholder, cards: [...cardholder.cards, card] });
    return card;
  }

  setCardStatus(number: string, status: "active" | "suspended" | "revoked"): Card {
    const { card, cardholder } = this.#requireCard(number);
    requireChangeable(card);
    if (card.status === "expired" && status !== "revoked") requireRoomForCard(cardholder);
    this.#beginWrite();
    return this.#setStatus(card, status);
  }

  reportLost(number: string): Card {
    const { card } = this.#requireUnrevoked(number);
    this.#beginWrite();
    return this.#setStatus(card, "lost");
  }

  replaceCard(number: string, replacement: string): Card {
    const { card, cardholder } = this.#requireUnrevoked(number);
    if (card.status === "lost") return this.issueCard(cardholder.id, replacement, card.format, card);
    this.#setStatus(card, "revoked");
    try {
      return this.issueCard(cardholder.id, replacement, card.format, card);
    } catch (error) {
      this.#setStatus(card, card.status); // all or nothing
      throw error;
    }
  }

  addPhoto(id: string, photo: NewPhoto): PhotoSummary {
    const cardholder = this.#require(id);
    requireRoomForPhoto(cardholder, photo);
    this.#beginWrite();
    const { jpeg, quality, second, appearance = usualAppearance, ...first } = structuredClone(photo);
    const all = [first, ...(second === undefined ? [] : [second])];
    const templates = new Map(all.map(({ model, descriptor }) => [model, descriptor]));
    const stored = { id: this.#nextId("photo"), jpeg, quality, appearance, templates };
    const summary = { id: stored.id, takenAt: this.#wall(), quality, appearance };
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
    return this.#photosOf(id).flatMap(({ id: photo, appearance, templates }) => {
      const values = templates.get(model);
      if (values === undefined) return [];
      return [{ photo, appearance, model, descriptor: Float32Array.from(values) }];
    });
  }

  setPin(id: string, pins: PinHashes | undefined): void {
    const cardholder = this.#require(id);
    this.#beginWrite();
    if (pins === undefined) this.#pins.delete(id);
    else this.#pins.set(id, pins);
    this.#put({ ...cardholder, hasPin: pins !== undefined });
  }

  setConsent(id: string, consent: Consent | undefined): void {
    const { consent: _before, ...cardholder } = this.#require(id);
    this.#beginWrite();
    this.#put(consent === undefined ? cardholder : { ...cardholder, consent });
  }

  readonly groups = () => groupsOf([...this.#cardholders.values()]);

  pins(id: string): { readonly pin: string | undefined; readonly duressPin: string | undefined } {
    const { pin, duressPin } = this.#pins.get(id) ?? {};
    return { pin, duressPin };
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

  #insert(id: string, { kind = "staff", cards, ...facts }: ImportedCardholder): Cardholder {
    const issued = { status: "active", issuedAt: this.#wall(), duress: false } as const;
    const kept = { status: "active", hasPin: false, photos: [], createdAt: this.#wall() } as const;
    const all = cards.map((card) => ({ ...card, ...issued }));
    return this.#put({ ...structuredClone(facts), ...kept, id, kind, cards: all });
  }

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

  #requireCard(number: string): { readonly cardholder: Cardholder; readonly card: Card } {
    const found = this.findByCard(number);
    if (found === undefined) throw new DirectoryRefusal("notFound", `there is no card ${number}`);
    return found;
  }

  #requireUnrevoked(number: string): { readonly cardholder: Cardholder; readonly card: Card } {
    const found = this.#requireCard(number);
    if (found.card.status === "revoked")
      throw new DirectoryRefusal("cardNotActive", `card ${number} is revoked`);
    return found;
  }

  #setStatus(card: Card, status: CredentialStatus): Card {
    const { cardholder } = this.#requireCard(card.number);
    const anew = { ...card, status };
    const cards = cardholder.cards.map((one) => (one.number === card.number ? anew : one));
    this.#put({ ...cardholder, cards });
    return anew;
  }
}
