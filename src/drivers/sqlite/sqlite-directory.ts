import type { Cipher, Resealing } from "../../ports/cipher.ts";
import type { Clock } from "../../ports/clock.ts";
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
  type NewCardholder,
  type NewPhoto,
  type PhotoSummary,
  type PinHashes,
  type Template,
} from "../../ports/directory.ts";
import {
  changed,
  requireCardSizes,
  requireChangeable,
  requireOwn,
  requireRoomForCard,
  requireRoomForPhoto,
  requireSizes,
} from "../../ports/directory-checks.ts";
import { directoryLimits } from "../../ports/directory-limits.ts";
import { type Connection, isLogCutOff } from "./connection.ts";
import { faulting, notActive, notFound } from "./directory-faults.ts";
import { prepareReading } from "./directory-rows.ts";
import { prepareWriting } from "./directory-writing.ts";
import { orderedId } from "./ordered-id.ts";
import { resealPhotos } from "./resealed-photos.ts";
import { prepareSealedPhotos } from "./sealed-photos.ts";
import { prepareSealedPins } from "./sealed-pins.ts";
import { beginSqliteImport, forgetOpenImports } from "./sqlite-import.ts";

/** Cardholders, cards, photos, templates and PINs. Does not own its connection: disposing does nothing. */
export class SqliteDirectory implements Directory {
  readonly #connection: Connection;
  readonly #cipher: Cipher;
  readonly #clock: Pick<Clock, "wall">;
  readonly #reading: ReturnType<typeof prepareReading>;
  readonly #writing: ReturnType<typeof prepareWriting>;
  readonly #photos: ReturnType<typeof prepareSealedPhotos>;
  readonly #pins: ReturnType<typeof prepareSealedPins>;
  #hasErased = false;

  constructor(connection: Connection, cipher: Cipher, clock: Pick<Clock, "wall">) {
    this.#connection = connection;
    this.#cipher = cipher;
    this.#clock = clock;
    this.#reading = prepareReading(connection);
    this.#writing = prepareWriting(connection);
    this.#photos = prepareSealedPhotos(connection, cipher, clock);
    this.#pins = prepareSealedPins(connection, cipher);
    forgetOpenImports(connection);
  }

  list(page: DirectoryPage): readonly Cardholder[] {
    const { limit } = page;
    if (!Number.isInteger(limit) || limit < 1 || limit > directoryLimits.listed) {
      throw new RangeError(`limit ${limit} is not within 1 to ${directoryLimits.listed}`);
    }
    return faulting(() => this.#reading.list(page));
  }

  get(id: string): Cardholder | undefined {
    return faulting(() => this.#reading.get(id));
  }

  findByCard(number: string): { readonly cardholder: Cardholder; readonly card: Card } | undefined {
    return faulting(() => {
      const id = this.#reading.holderOf(number);
      const cardholder = id === undefined ? undefined : this.#reading.get(id);
      const card = cardholder?.cards.find((one) => one.number === number);
      return cardholder && card && { cardholder, card };
    });
  }

  findByNumber(number: string): Cardholder | undefined {
    return this.#found(() => this.#reading.idByNumber(number));
  }

  findByOperator(username: string): Cardholder | undefined {
    return this.#found(() => this.#reading.idByOperator(username));
  }

  add({ kind = "staff", ...cardholder }: NewCardholder): Cardholder {
    requireSizes(cardholder);
    const createdAt = this.#clock.wall();
    const id = orderedId(createdAt);
    return this.transact(() => {
      this.#requireOwn(id, cardholder);
      this.#writing.insertCardholder(id, { ...cardholder, kind, status: "active", createdAt }, null);
      return this.#searched(id);
    });
  }

  change(id: string, change: CardholderChange): Cardholder {
    requireSizes(change);
    return this.transact(() => {
      const present = this.#require(id);
      this.#requireOwn(id, change);
      this.#writing.updateCardholder(id, changed(present, change));
      return this.#searched(id);
    });
  }

  remove(id: string): void {
    this.transact(() => {
      if (!this.#writing.deleteCardholder(id)) throw notFound("cardholder", id);
    });
    this.#forgetErased();
  }

  issueCard(
    id: string,
    number: string,
    format: string,
    { duress = false, label }: { readonly duress?: boolean; readonly label?: string } = {},
  ): Card {
    requireCardSizes(number, label);
    return this.transact(() => {
      requireRoomForCard(this.#require(id));
      if (this.#reading.holderOf(number) !== undefined) {
        throw new DirectoryRefusal("cardNumberTaken", `card ${number} is somebody's already`);
      }
      const issued = { number, format, status: "active", issuedAt: this.#clock.wall(), duress } as const;
      this.#writing.insertCard({ ...issued, ...(label === undefined ? {} : { label }) }, id);
      this.#searched(id);
      return this.#requireCard(number).card;
    });
  }

  reportLost(number: string): Card {
    return this.transact(() => {
      const { card } = this.#requireCard(number);
      if (card.status === "revoked") throw notActive(card);
      return this.#setStatus(card, "lost");
    });
  }

  setCardStatus(number: string, status: "active" | "suspended" | "revoked"): Card {
    return this.transact(() => {
      const { card, cardholder } = this.#requireCard(number);
      requireChangeable(card);
      // One that has expired takes a place again.
      if (card.status === "expired" && status !== "revoked") requireRoomForCard(cardholder);
      return this.#setStatus(card, status);
    });
  }

  replaceCard(number: string, replacement: string): Card {
    return this.transact(() => {
      const { card, cardholder } = this.#requireCard(number);
      if (card.status === "revoked") throw notActive(card);
      // A lost card stays lost: whoever uses it still raises the alarm (A8).
      if (card.status !== "lost") this.#setStatus(card, "revoked");
      return this.issueCard(cardholder.id, replacement, card.format, card);
    });
  }

  addPhoto(id: string, photo: NewPhoto): PhotoSummary {
    return this.transact(() => {
      requireRoomForPhoto(this.#require(id), photo);
      return this.#photos.add(id, photo);
    });
  }

  photo(id: string, photo: string): Uint8Array | undefined {
    return faulting(() => this.#photos.jpeg(id, photo));
  }

  removePhoto(id: string, photo: string): void {
    this.transact(() => {
      if (!this.#photos.remove(id, photo)) throw notFound("photo", photo);
    });
    this.#forgetErased();
  }

  templates(id: string, model: string): readonly Template[] {
    return faulting(() => this.#photos.templates(id, model));
  }

  setPin(id: string, pins: PinHashes | undefined): void {
    this.transact(() => {
      this.#require(id);
      this.#pins.set(id, pins);
    });
    if (pins === undefined) this.#forgetErased();
  }

  setConsent(id: string, consent: Consent | undefined): void {
    this.transact(() => {
      this.#require(id);
      this.#writing.putConsent(id, consent);
    });
  }

  groups(): readonly { readonly name: string; readonly members: number }[] {
    return faulting(() => this.#reading.groups());
  }

  pins(id: string): { readonly pin: string | undefined; readonly duressPin: string | undefined } {
    return faulting(() => this.#pins.of(id));
  }

  beginImport(): DirectoryImport {
    const under = faulting(() =>
      beginSqliteImport({
        connection: this.#connection,
        reading: this.#reading,
        writing: this.#writing,
        now: () => this.#clock.wall(),
      }),
    );
    return {
      id: under.id,
      add: (people) => faulting(() => under.add(people)),
      complete: () => faulting(() => under.complete()),
      abandon: (most) => faulting(() => under.abandon(most)),
    };
  }

  count(): number {
    return faulting(() => this.#reading.count());
  }

  /** All or nothing: what `body` changed stays only if it returns. A way to record a change before it counts. */
  transact<Result>(body: () => Result): Result {
    const result = faulting(() => this.#connection.transaction(body).immediate());
    if (this.#hasErased && !this.#connection.inTransaction) this.#forgetErased();
    return result;
  }

  /** Of photos, templates and PINs, after the site's key was changed. */
  resealing(): Resealing {
    const pass = faulting(() => resealPhotos(this.#connection, this.#cipher));
    return { all: pass.all, next: (most) => faulting(() => pass.next(most)) };
  }

  [Symbol.dispose](): void {}

  #require(id: string): Cardholder {
    const cardholder = this.#reading.get(id);
    if (cardholder === undefined) throw notFound("cardholder", id);
    return cardholder;
  }

  #found(idOf: () => string | undefined): Cardholder | undefined {
    return faulting(() => {
      const id = idOf();
      return id === undefined ? undefined : this.#reading.get(id);
    });
  }

  /** Numbers that an import under way will bring are taken already. */
  #requireOwn(id: string, facts: NewCardholder | CardholderChange): void {
    const named = (found: string | undefined) => (found === undefined ? undefined : { id: found });
    requireOwn(id, facts, {
      get: (host) => this.#reading.get(host),
      findByNumber: (number) => named(this.#reading.idByNumber(number)),
      findByOperator: (username) => named(this.#reading.idByOperator(username)),
    });
  }

  /** As it is now, and as a search finds it. */
  #searched(id: string): Cardholder {
    const cardholder = this.#require(id);
    this.#writing.putSearched(cardholder);
    return cardholder;
  }

  #requireCard(number: string): { readonly cardholder: Cardholder; readonly card: Card } {
    const found = this.findByCard(number);
    if (found === undefined) throw notFound("card", number);
    return found;
  }

  #setStatus(card: Card, status: CredentialStatus): Card {
    this.#writing.setCardStatus(status, card.number);
    return { ...card, status };
  }

  /**
   * The log still holds what was deleted until it is folded into the file and cut off. Whoever reads meanwhile is not
   * waited for, a door might be: the next change does it.
   */
  #forgetErased(): void {
    this.#hasErased = true;
    if (this.#connection.inTransaction) return; // at its end
    faulting(() => {
      this.#hasErased = !isLogCutOff(this.#connection);
    });
  }
}
