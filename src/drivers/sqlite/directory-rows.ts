import { wallTime } from "../../domain/time.ts";
import type {
  Card,
  Cardholder,
  CardholderKind,
  Consent,
  CredentialStatus,
  DirectoryPage,
  PhotoSummary,
} from "../../ports/directory.ts";
import type { Connection } from "./connection.ts";
import { isThere, prepareSearch } from "./directory-search.ts";

interface CardholderRow {
  readonly id: string;
  readonly name: string;
  readonly groups: string;
  readonly access_levels: string;
  readonly kind: CardholderKind;
  readonly status: "active" | "suspended";
  readonly has_left: number;
  readonly valid_from: number | null;
  readonly valid_until: number | null;
  readonly number: string | null;
  readonly note: string | null;
  readonly host: string | null;
  readonly operator: string | null;
  readonly has_pin: number;
  readonly created_at: number;
}

interface CardRow {
  readonly number: string;
  readonly format: string;
  readonly status: CredentialStatus;
  readonly issued_at: number;
  readonly duress: number;
  readonly label: string | null;
}

interface PhotoRow {
  readonly id: string;
  readonly taken_at: number;
  readonly quality: string;
  readonly appearance: string;
}

interface ConsentRow extends Pick<Consent, "wording" | "language" | "form" | "operator"> {
  readonly at: number;
}

const cardholderFields = `id, name, groups, access_levels, kind, status, has_left, valid_from, valid_until, number,
  note, host, operator, created_at, EXISTS (SELECT 1 FROM pins WHERE pins.cardholder = person.id) AS has_pin`;
const cardFields = "number, format, status, issued_at, duress, label";
/** Of a photo's row. */
export const appearanceOfPhoto = `coalesce((SELECT appearance FROM appearances WHERE appearances.photo = photos.id),
  'usual') AS appearance`;

/** Everything that reads who people are; prepared once. */
export function prepareReading(connection: Connection) {
  const cardsOf = connection.prepare<[string], CardRow>(
    `SELECT ${cardFields} FROM cards WHERE cardholder = ? ORDER BY place`,
  );
  const photosOf = connection.prepare<[string], PhotoRow>(
    `SELECT id, taken_at, quality, ${appearanceOfPhoto} FROM photos WHERE cardholder = ? ORDER BY place`,
  );
  const cardholder = connection.prepare<[string], CardholderRow>(
    `SELECT ${cardholderFields} FROM cardholders AS person WHERE id = ? AND ${isThere}`,
  );
  const idOf = (where: string) =>
    connection.prepare<[string], string>(`SELECT id FROM cardholders WHERE ${where}`).pluck();
  const byId = idOf("id = ?");
  const byNumber = idOf("number = ?");
  const byOperator = idOf("operator = ?");
  const holderOf = connection
    .prepare<[string], string>("SELECT cardholder FROM cards WHERE number = ?")
    .pluck();
  const consentOf = connection.prepare<[string], ConsentRow>(
    "SELECT wording, language, form, at, operator FROM consents WHERE cardholder = ?",
  );
  const groups = prepareGroups(connection);
  const search = prepareSearch(connection);
  const count = connection
    .prepare<[], number>(`SELECT count(*) FROM cardholders AS person WHERE ${isThere}`)
    .pluck();

  const complete = (row: CardholderRow): Cardholder => ({
    ...plainCardholder(row),
    ...consentIn(consentOf.get(row.id)),
    cards: cardsOf.all(row.id).map(toCard),
    photos: photosOf.all(row.id).map(toPhoto),
  });
  const get = (id: string): Cardholder | undefined => {
    const row = cardholder.get(id);
    return row && complete(row);
  };
  return {
    get,
    holderOf: (number: string): string | undefined => holderOf.get(number),
    isKnown: (id: string): boolean => byId.get(id) !== undefined,
    /** Of whoever has it, an import that has not ended included. */
    idByNumber: (number: string): string | undefined => byNumber.get(number),
    idByOperator: (username: string): string | undefined => byOperator.get(username),
    list: (page: DirectoryPage): Cardholder[] =>
      search(page).flatMap((id) => {
        const found = get(id);
        return found === undefined ? [] : [found];
      }),
    count: (): number => count.get() ?? 0,
    groups,
  };
}

/** From the index alone; looked up one by one only while an import brings people who are nobody yet. */
function prepareGroups(connection: Connection): () => { name: string; members: number }[] {
  const counted = (from: string, where: string) =>
    connection.prepare<[], { name: string; members: number }>(
      `SELECT memberships.name, count(*) AS members FROM ${from}
         WHERE memberships.kind = 'group' AND ${where} GROUP BY memberships.name ORDER BY memberships.name`,
    );
  const all = counted("memberships", "TRUE");
  const there = counted(
    "memberships JOIN cardholders AS person ON person.id = memberships.cardholder",
    isThere,
  );
  const isImporting = connection.prepare<[], number>("SELECT EXISTS (SELECT 1 FROM open_imports)").pluck();
  return () => (isImporting.get() === 1 ? there : all).all();
}

function plainCardholder(row: CardholderRow): Omit<Cardholder, "cards" | "photos" | "consent"> {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    groups: textList(row.groups),
    accessLevels: textList(row.access_levels),
    status: row.has_left === 1 ? "left" : row.status,
    ...(row.valid_from === null ? {} : { validFrom: wallTime(row.valid_from) }),
    ...(row.valid_until === null ? {} : { validUntil: wallTime(row.valid_until) }),
    ...(row.number === null ? {} : { number: row.number }),
    ...(row.note === null ? {} : { note: row.note }),
    ...(row.host === null ? {} : { host: row.host }),
    ...(row.operator === null ? {} : { operator: row.operator }),
    hasPin: row.has_pin === 1,
    createdAt: wallTime(row.created_at),
  };
}

const consentIn = (row: ConsentRow | undefined): Pick<Cardholder, "consent"> =>
  row === undefined ? {} : { consent: { ...row, at: wallTime(row.at) } };

const toCard = ({ number, format, status, issued_at, duress, label }: CardRow): Card => ({
  number,
  format,
  status,
  issuedAt: wallTime(issued_at),
  duress: duress === 1,
  ...(label === null ? {} : { label }),
});

function toPhoto(row: PhotoRow): PhotoSummary {
  // Written by this driver alone, from a value of this type.
  const quality: Record<string, number> = JSON.parse(row.quality);
  return { id: row.id, takenAt: wallTime(row.taken_at), quality, appearance: row.appearance };
}

function textList(json: string): string[] {
  // Written by this driver alone, from a value of this type.
  const list: string[] = JSON.parse(json);
  return list;
}
