import { wallTime } from "../../domain/time.ts";
import type { Cipher, Resealing } from "../../ports/cipher.ts";
import type { Clock } from "../../ports/clock.ts";
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
} from "../../ports/directory.ts";
import { directoryLimits } from "../../ports/directory-limits.ts";
import { type Connection, storageFault } from "./connection.ts";
import { prepareReading } from "./directory-rows.ts";
import { orderedId } from "./ordered-id.ts";
import { resealPhotos } from "./resealed-photos.ts";
import { type NewPhoto, prepareSealedPhotos } from "./sealed-photos.ts";

/** Cardholders, cards, photos and templates. Does not own its connection: disposing does nothing. */
export class SqliteDirectory implements Directory {
  readonly #connection: Connection;
  readonly #cipher: Cipher;
  readonly #clock: Pick<Clock, "wall">;
  readonly #reading: ReturnType<typeof prepareReading>;
  readonly #writing: ReturnType<typeof prepareWriting>;
  readonly #photos: ReturnType<typeof prepareSealedPhotos>;

  constructor(connection: Connection, cipher: Cipher, clock: Pick<Clock, "wall">) {
    this.#connection = connection;
    this.#cipher = cipher;
    this.#clock = clock;
    this.#reading = prepareReading(connection);
    this.#writing = prepareWriting(connection);
    this.#photos = prepareSealedPhotos(connection, cipher, clock);
  }

  list(page: {
    readonly after?: string;
    readonly limit: number;
    readonly search?: string;
  }): readonly Cardholder[] {
    const { limit } = page;
    if (!Number.isInteger(limit) || limit < 1 || limit > directoryLimits.listed) {
      throw new RangeError(`limit ${limit} is not within 1 to ${directoryLimits.listed}`);
    }
    return faulting(() => this.#reading.list(page.after ?? "", limit, page.search || undefined));
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

  add(cardholder: NewCardholder): Cardholder {
    requireSizes(cardholder);
    const createdAt = this.#clock.wall();
    const id = orderedId(createdAt);
    return this.transact(() => {
      this.#writing.insertCardholder(id, { ...cardholder, status: "active", createdAt });
      return this.#require(id);
    });
  }

  change(id: string, change: CardholderChange): Cardholder {
    requireSizes(change);
    return this.transact(() => {
      this.#writing.updateCardholder(id, changed(this.#require(id), change));
      return this.#require(id);
    });
  }

  remove(id: string): void {
    this.transact(() => {
      if (!this.#writing.deleteCardholder(id)) throw notFound("cardholder", id);
    });
    this.#forgetErased();
  }

  issueCard(id: string, number: string, format: string): Card {
    if (number.length < 1 || number.length > directoryLimits.cardNumberLength) {
      throw new RangeError(`a card number has 1 to ${directoryLimits.cardNumberLength} characters`);
    }
    return this.transact(() => {
      requireRoomForCard(this.#require(id));
      if (this.#reading.holderOf(number) !== undefined) {
        throw new DirectoryRefusal("cardNumberTaken", `card ${number} is somebody's already`);
      }
      this.#writing.insertCard({ number, format, status: "active", issuedAt: this.#clock.wall() }, id);
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

  replaceCard(number: string, replacement: string): Card {
    return this.transact(() => {
      const { card, cardholder } = this.#requireCard(number);
      if (card.status === "revoked") throw notActive(card);
      // A lost card stays lost: whoever uses it still raises the alarm (A8).
      if (card.status !== "lost") this.#setStatus(card, "revoked");
      return this.issueCard(cardholder.id, replacement, card.format);
    });
  }

  addPhoto(id: string, photo: NewPhoto): PhotoSummary {
    if (photo.jpeg.length > directoryLimits.jpegBytes) {
      throw new RangeError(`a photo over ${directoryLimits.jpegBytes} bytes`);
    }
    return this.transact(() => {
      if (this.#require(id).photos.length >= directoryLimits.photos) {
        throw new DirectoryRefusal(
          "tooManyPhotos",
          `${id} has ${directoryLimits.photos} photos; remove one first`,
        );
      }
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

  count(): number {
    return faulting(() => this.#reading.count());
  }

  /** All or nothing: what `body` changed stays only if it returns. A way to record a change before it counts. */
  transact<Result>(body: () => Result): Result {
    return faulting(() => this.#connection.transaction(body).immediate());
  }

  /** Of photos and templates, after the site's key was changed. */
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

  #requireCard(number: string): { readonly cardholder: Cardholder; readonly card: Card } {
    const found = this.findByCard(number);
    if (found === undefined) throw notFound("card", number);
    return found;
  }

  #setStatus(card: Card, status: CredentialStatus): Card {
    this.#writing.setCardStatus(status, card.number);
    return { ...card, status };
  }

  /** The log still holds what was deleted until it is folded into the file and cut off. */
  #forgetErased(): void {
    if (this.#connection.inTransaction) return; // the next deletion, or the end of the process, does it
    faulting(() => this.#connection.pragma("wal_checkpoint(TRUNCATE)"));
  }
}

type CardholderFacts = Omit<Cardholder, "id" | "cards" | "photos">;

function prepareWriting(connection: Connection) {
  const insert = connection.prepare(
    `INSERT INTO cardholders (id, name, groups, access_levels, status, valid_from, valid_until, created_at)
       VALUES (@id, @name, @groups, @accessLevels, @status, @validFrom, @validUntil, @createdAt)`,
  );
  const update = connection.prepare(
    `UPDATE cardholders SET name = @name, groups = @groups, access_levels = @accessLevels, status = @status,
       valid_from = @validFrom, valid_until = @validUntil, created_at = @createdAt WHERE id = @id`,
  );
  const remove = connection.prepare<[string]>("DELETE FROM cardholders WHERE id = ?");
  const insertCard = connection.prepare<[string, string, string, number, string, string]>(
    `INSERT INTO cards (number, format, status, issued_at, place, cardholder)
       VALUES (?, ?, ?, ?, (SELECT coalesce(max(place), 0) + 1 FROM cards WHERE cardholder = ?), ?)`,
  );
  const setCardStatus = connection.prepare<[string, string]>("UPDATE cards SET status = ? WHERE number = ?");
  return {
    insertCardholder: (id: string, facts: CardholderFacts) => insert.run(boundCardholder(id, facts)),
    updateCardholder: (id: string, facts: CardholderFacts) => update.run(boundCardholder(id, facts)),
    deleteCardholder: (id: string): boolean => remove.run(id).changes > 0,
    insertCard: ({ number, format, status, issuedAt }: Card, holder: string) =>
      insertCard.run(number, format, status, issuedAt, holder, holder),
    setCardStatus: (status: CredentialStatus, number: string) => setCardStatus.run(status, number),
  };
}

const boundCardholder = (id: string, facts: CardholderFacts) => ({
  id,
  name: facts.name,
  groups: JSON.stringify(facts.groups),
  accessLevels: JSON.stringify(facts.accessLevels),
  status: facts.status,
  validFrom: facts.validFrom ?? null,
  validUntil: facts.validUntil ?? null,
  createdAt: wallTime(facts.createdAt),
});

function changed(present: Cardholder, change: CardholderChange): CardholderFacts {
  const { validFrom, validUntil, ...rest } = change;
  const { validFrom: presentFrom, validUntil: presentUntil, ...kept } = present;
  const from = validFrom === undefined ? presentFrom : validFrom;
  const until = validUntil === undefined ? presentUntil : validUntil;
  return {
    ...kept,
    ...rest,
    ...(from === null || from === undefined ? {} : { validFrom: from }),
    ...(until === null || until === undefined ? {} : { validUntil: until }),
  };
}

function requireSizes({ name, groups, accessLevels }: CardholderChange): void {
  const { nameLength, memberships } = directoryLimits;
  if (name !== undefined && name.length > nameLength)
    throw new RangeError(`a name over ${nameLength} characters`);
  for (const list of [groups, accessLevels]) {
    if (list !== undefined && list.length > memberships)
      throw new RangeError(`more than ${memberships} in a list`);
  }
}

function requireRoomForCard({ id, cards }: Cardholder): void {
  const usable = cards.filter(({ status }) => status === "active" || status === "suspended").length;
  if (usable < directoryLimits.usableCards && cards.length < directoryLimits.cards) return;
  throw new DirectoryRefusal("tooManyCards", `${id} has ${usable} usable cards, ${cards.length} on record`);
}

const notFound = (what: string, name: string): DirectoryRefusal =>
  new DirectoryRefusal("notFound", `there is no ${what} ${name}`);
const notActive = ({ number, status }: Card): DirectoryRefusal =>
  new DirectoryRefusal("cardNotActive", `card ${number} is ${status}`);

function faulting<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof DirectoryRefusal || error instanceof RangeError) throw error;
    throw storageFault(error, "the directory of cardholders could not be read or written");
  }
}
