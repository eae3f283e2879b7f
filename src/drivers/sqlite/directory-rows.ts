import { wallTime } from "../../domain/time.ts";
import type { Card, Cardholder, CredentialStatus, PhotoSummary } from "../../ports/directory.ts";
import type { Connection } from "./connection.ts";

export interface CardholderRow {
  readonly id: string;
  readonly name: string;
  readonly groups: string;
  readonly access_levels: string;
  readonly status: Cardholder["status"];
  readonly valid_from: number | null;
  readonly valid_until: number | null;
  readonly created_at: number;
}

interface CardRow {
  readonly number: string;
  readonly format: string;
  readonly status: CredentialStatus;
  readonly issued_at: number;
}

interface PhotoRow {
  readonly id: string;
  readonly taken_at: number;
  readonly quality: string;
}

const cardholderFields = "id, name, groups, access_levels, status, valid_from, valid_until, created_at";
const cardFields = "number, format, status, issued_at";

/** Everything that reads who people are; prepared once. */
export function prepareReading(connection: Connection) {
  const cardsOf = connection.prepare<[string], CardRow>(
    `SELECT ${cardFields} FROM cards WHERE cardholder = ? ORDER BY place`,
  );
  const photosOf = connection.prepare<[string], PhotoRow>(
    "SELECT id, taken_at, quality FROM photos WHERE cardholder = ? ORDER BY place",
  );
  const cardholder = connection.prepare<[string], CardholderRow>(
    `SELECT ${cardholderFields} FROM cardholders WHERE id = ?`,
  );
  const holderOf = connection
    .prepare<[string], string>("SELECT cardholder FROM cards WHERE number = ?")
    .pluck();
  const listed = connection.prepare<[string, number], CardholderRow>(
    `SELECT ${cardholderFields} FROM cardholders WHERE id > ? ORDER BY id LIMIT ?`,
  );
  // instr, not LIKE: it knows no wildcards, and stops at no NUL.
  const found = connection.prepare<{ after: string; limit: number; text: string }, CardholderRow>(
    `SELECT ${cardholderFields} FROM cardholders AS person
       WHERE id > @after AND (id = @text OR instr(lower(name), lower(@text)) > 0
         OR EXISTS (SELECT 1 FROM cards WHERE cardholder = person.id AND instr(number, @text) > 0))
       ORDER BY id LIMIT @limit`,
  );
  const count = connection.prepare<[], number>("SELECT count(*) FROM cardholders").pluck();

  const complete = (row: CardholderRow): Cardholder => ({
    ...plainCardholder(row),
    cards: cardsOf.all(row.id).map(toCard),
    photos: photosOf.all(row.id).map(toPhoto),
  });
  return {
    get(id: string): Cardholder | undefined {
      const row = cardholder.get(id);
      return row && complete(row);
    },
    holderOf: (number: string): string | undefined => holderOf.get(number),
    list(after: string, limit: number, text: string | undefined): Cardholder[] {
      const rows = text === undefined ? listed.all(after, limit) : found.all({ after, limit, text });
      return rows.map(complete);
    },
    count: (): number => count.get() ?? 0,
  };
}

function plainCardholder(row: CardholderRow): Omit<Cardholder, "cards" | "photos"> {
  return {
    id: row.id,
    name: row.name,
    groups: textList(row.groups),
    accessLevels: textList(row.access_levels),
    status: row.status,
    ...(row.valid_from === null ? {} : { validFrom: wallTime(row.valid_from) }),
    ...(row.valid_until === null ? {} : { validUntil: wallTime(row.valid_until) }),
    createdAt: wallTime(row.created_at),
  };
}

const toCard = ({ number, format, status, issued_at }: CardRow): Card => ({
  number,
  format,
  status,
  issuedAt: wallTime(issued_at),
});

function toPhoto(row: PhotoRow): PhotoSummary {
  // Written by this driver alone, from a value of this type.
  const quality: Record<string, number> = JSON.parse(row.quality);
  return { id: row.id, takenAt: wallTime(row.taken_at), quality };
}

function textList(json: string): string[] {
  // Written by this driver alone, from a value of this type.
  const list: string[] = JSON.parse(json);
  return list;
}
