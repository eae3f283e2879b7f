import {
  type Card,
  type Cardholder,
  type CardholderChange,
  DirectoryRefusal,
  type NewCardholder,
  type NewPhoto,
} from "./directory.ts";
import { directoryLimits } from "./directory-limits.ts";

// What every driver of the directory says alike: only where things are kept is its own.

export const usualAppearance = "usual";

/** Everything but what stands in other tables. */
export type CardholderFacts = Omit<Cardholder, "id" | "cards" | "photos" | "hasPin" | "consent">;

/** What stays after a change; null takes away, undefined leaves. */
export function changed(present: CardholderFacts, change: CardholderChange): CardholderFacts {
  const { name, kind, groups, accessLevels, status, createdAt } = present;
  return {
    name: change.name ?? name,
    kind: change.kind ?? kind,
    groups: change.groups ?? groups,
    accessLevels: change.accessLevels ?? accessLevels,
    status: change.status ?? status,
    createdAt,
    ...kept("validFrom", present.validFrom, change.validFrom),
    ...kept("validUntil", present.validUntil, change.validUntil),
    ...kept("number", present.number, change.number),
    ...kept("note", present.note, change.note),
    ...kept("host", present.host, change.host),
    ...kept("operator", present.operator, change.operator),
  };
}

function kept<Name extends string, Value>(
  name: Name,
  present: Value | undefined,
  change: Value | null | undefined,
): Partial<Record<Name, Value>> {
  const value = change === undefined ? present : change;
  // A computed key widens to string: the type is what it says.
  return value === undefined || value === null ? {} : ({ [name]: value } as Partial<Record<Name, Value>>);
}

/** Beyond them is a bug of the caller: whoever takes a person's words says so before. */
export function requireSizes(facts: CardholderChange): void {
  const { nameLength, personnelNumberLength, noteLength, memberships } = directoryLimits;
  requireLength("name", facts.name, nameLength);
  requireLength("personnel number", facts.number, personnelNumberLength);
  requireLength("note", facts.note, noteLength);
  for (const list of [facts.groups, facts.accessLevels]) {
    if (list !== undefined && list.length > memberships)
      throw new RangeError(`more than ${memberships} in a list`);
  }
}

export function requireCardSizes(number: string, label: string | undefined): void {
  if (number.length < 1 || number.length > directoryLimits.cardNumberLength) {
    throw new RangeError(`a card number has 1 to ${directoryLimits.cardNumberLength} characters`);
  }
  requireLength("label", label, directoryLimits.labelLength);
}

function requireLength(what: string, text: string | null | undefined, most: number): void {
  if (text !== null && text !== undefined && text.length > most)
    throw new RangeError(`a ${what} over ${most} characters`);
}

/** Whom a cardholder's host, number and account may clash with. */
interface Others {
  get(id: string): Pick<Cardholder, "id"> | undefined;
  findByNumber(number: string): Pick<Cardholder, "id"> | undefined;
  findByOperator(username: string): Pick<Cardholder, "id"> | undefined;
}

export function requireOwn(
  id: string,
  { number, host, operator }: NewCardholder | CardholderChange,
  others: Others,
) {
  const isOthers = (found: Pick<Cardholder, "id"> | undefined): boolean =>
    found !== undefined && found.id !== id;
  if (number !== undefined && number !== null && isOthers(others.findByNumber(number)))
    throw new DirectoryRefusal("numberTaken", `personnel number ${number} is somebody's already`);
  if (operator !== undefined && operator !== null && isOthers(others.findByOperator(operator)))
    throw new DirectoryRefusal("operatorTaken", `the account ${operator} is somebody's already`);
  if (host !== undefined && host !== null && (host === id || others.get(host) === undefined))
    throw new DirectoryRefusal("unknownHost", `there is no other cardholder ${host}`);
}

export function requireRoomForCard({ id, cards }: Pick<Cardholder, "id" | "cards">): void {
  const usable = cards.filter(({ status }) => status === "active" || status === "suspended").length;
  if (usable < directoryLimits.usableCards && cards.length < directoryLimits.cards) return;
  throw new DirectoryRefusal("tooManyCards", `${id} has ${usable} usable cards, ${cards.length} on record`);
}

export function requireRoomForPhoto(
  { id, photos }: Pick<Cardholder, "id" | "photos">,
  { appearance = usualAppearance, jpeg }: NewPhoto,
): void {
  const { photos: mostPhotos, appearances: most, appearanceLength, jpegBytes } = directoryLimits;
  if (jpeg.length > jpegBytes) throw new RangeError(`a photo over ${jpegBytes} bytes`);
  if (appearance.length < 1 || appearance.length > appearanceLength)
    throw new RangeError(`an appearance has 1 to ${appearanceLength} characters`);
  if (photos.length >= mostPhotos)
    throw new DirectoryRefusal("tooManyPhotos", `${id} has ${mostPhotos} photos; remove one first`);
  const appearances = new Set(photos.map((one) => one.appearance));
  if (!appearances.has(appearance) && appearances.size >= most) {
    const known = [...appearances].join(", ");
    throw new DirectoryRefusal("tooManyAppearances", `${id} has ${most} appearances already: ${known}`);
  }
}

/** What was lost, or taken out of use, stays so. */
export function requireChangeable({ number, status }: Card): void {
  if (status === "lost" || status === "revoked")
    throw new DirectoryRefusal("cardNotActive", `card ${number} is ${status}`);
}

const control = /\p{Cc}/gu;

/** Two texts that a person would call the same are the same: full-width and capital letters, accents composed or not. */
export const folded = (text: string): string => text.normalize("NFKC").toLowerCase().replaceAll(control, " ");

/** What a search looks through: no part of it spans two of them. */
export const searchedText = ({
  name,
  number,
  cards,
}: Pick<Cardholder, "name" | "number" | "cards">): string =>
  [name, ...(number === undefined ? [] : [number]), ...cards.map((card) => card.number)]
    .map(folded)
    .join("\n");
