import { type WallTime, wallTime } from "../../src/domain/time.ts";
import {
  type Card,
  type Cardholder,
  type CardholderChange,
  DirectoryRefusal,
  type NewCardholder,
  type PhotoSummary,
} from "../../src/ports/directory.ts";

/** The part of a directory that the API works with. */
export class MemoryCardholders {
  readonly #people = new Map<string, Cardholder>();
  readonly #pictures = new Map<string, Uint8Array>();
  readonly #wall: () => WallTime;
  #lastId = 0;

  constructor(wall: () => WallTime) {
    this.#wall = wall;
  }

  list(page: {
    readonly after?: string;
    readonly limit: number;
    readonly search?: string;
  }): readonly Cardholder[] {
    const all = [...this.#people.values()].filter(({ name }) => name.includes(page.search ?? ""));
    const from = page.after === undefined ? 0 : all.findIndex(({ id }) => id === page.after) + 1;
    return all.slice(from, from + page.limit);
  }

  get(id: string): Cardholder | undefined {
    return this.#people.get(id);
  }

  findByCard(number: string): { readonly cardholder: Cardholder; readonly card: Card } | undefined {
    for (const cardholder of this.#people.values()) {
      const card = cardholder.cards.find((one) => one.number === number);
      if (card !== undefined) return { cardholder, card };
    }
    return undefined;
  }

  photo(id: string, photo: string): Uint8Array | undefined {
    return this.#pictures.get(`${id}/${photo}`);
  }

  add(cardholder: NewCardholder): Cardholder {
    this.#lastId += 1;
    const id = `c${this.#lastId}`;
    return this.#keep({
      ...cardholder,
      id,
      status: "active",
      cards: [],
      photos: [],
      createdAt: this.#wall(),
    });
  }

  change(id: string, { validFrom, validUntil, ...change }: CardholderChange): Cardholder {
    const { validFrom: formerFrom, validUntil: formerUntil, ...former } = this.#known(id);
    const from = validFrom === undefined ? formerFrom : (validFrom ?? undefined);
    const until = validUntil === undefined ? formerUntil : (validUntil ?? undefined);
    return this.#keep({
      ...former,
      ...change,
      ...(from === undefined ? {} : { validFrom: from }),
      ...(until === undefined ? {} : { validUntil: until }),
    });
  }

  remove(id: string): void {
    this.#known(id);
    this.#people.delete(id);
  }

  issueCard(id: string, number: string, format: string): Card {
    const cardholder = this.#known(id);
    if (this.findByCard(number) !== undefined) {
      throw new DirectoryRefusal("cardNumberTaken", `Card ${number} is somebody's already.`);
    }
    const card: Card = { number, format, status: "active", issuedAt: this.#wall() };
    this.#keep({ ...cardholder, cards: [...cardholder.cards, card] });
    return card;
  }

  setCard(number: string, status: Card["status"]): Card {
    const found = this.findByCard(number);
    if (found === undefined) throw new DirectoryRefusal("notFound", "There is no such card.");
    const card = { ...found.card, status };
    const cards = found.cardholder.cards.map((one) => (one.number === number ? card : one));
    this.#keep({ ...found.cardholder, cards });
    return card;
  }

  replaceCard(number: string, replacement: string): Card {
    const found = this.findByCard(number);
    if (found === undefined) throw new DirectoryRefusal("notFound", "There is no such card.");
    const card = this.issueCard(found.cardholder.id, replacement, found.card.format);
    this.setCard(number, "revoked");
    return card;
  }

  addPhoto(id: string, image: Uint8Array): PhotoSummary {
    const cardholder = this.#known(id);
    const photo = {
      id: `p${cardholder.photos.length + 1}`,
      takenAt: wallTime(this.#wall()),
      quality: { eyeDistance: 92 },
    };
    this.#pictures.set(`${id}/${photo.id}`, image);
    this.#keep({ ...cardholder, photos: [...cardholder.photos, photo] });
    return photo;
  }

  removePhoto(id: string, photo: string): void {
    const cardholder = this.#known(id);
    if (!this.#pictures.delete(`${id}/${photo}`))
      throw new DirectoryRefusal("notFound", "There is no such photo.");
    this.#keep({ ...cardholder, photos: cardholder.photos.filter((one) => one.id !== photo) });
  }

  #known(id: string): Cardholder {
    const cardholder = this.#people.get(id);
    if (cardholder === undefined) throw new DirectoryRefusal("notFound", "There is no such cardholder.");
    return cardholder;
  }

  #keep(cardholder: Cardholder): Cardholder {
    this.#people.set(cardholder.id, cardholder);
    return cardholder;
  }
}
