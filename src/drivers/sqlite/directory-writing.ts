import { wallTime } from "../../domain/time.ts";
import type { Card, Cardholder, Consent, CredentialStatus } from "../../ports/directory.ts";
import { type CardholderFacts, searchedText } from "../../ports/directory-checks.ts";
import type { Connection } from "./connection.ts";

/** Everything that changes who people are, and what a search finds of them; prepared once. */
export function prepareWriting(connection: Connection) {
  const insert = connection.prepare(
    `INSERT INTO cardholders (id, name, kind, groups, access_levels, status, has_left, valid_from, valid_until,
         number, note, host, operator, created_at, imported_in)
       VALUES (@id, @name, @kind, @groups, @accessLevels, @status, @hasLeft, @validFrom, @validUntil,
         @number, @note, @host, @operator, @createdAt, @importedIn)`,
  );
  const update = connection.prepare(
    `UPDATE cardholders SET name = @name, kind = @kind, groups = @groups, access_levels = @accessLevels,
       status = @status, has_left = @hasLeft, valid_from = @validFrom, valid_until = @validUntil, number = @number,
       note = @note, host = @host, operator = @operator WHERE id = @id`,
  );
  const remove = connection.prepare<[string]>("DELETE FROM cardholders WHERE id = ?");
  const insertCard = connection.prepare<
    [string, string, string, number, number, string | null, string, string]
  >(
    `INSERT INTO cards (number, format, status, issued_at, duress, label, place, cardholder)
       VALUES (?, ?, ?, ?, ?, ?, (SELECT coalesce(max(place), 0) + 1 FROM cards WHERE cardholder = ?), ?)`,
  );
  const setCardStatus = connection.prepare<[string, string]>("UPDATE cards SET status = ? WHERE number = ?");
  const forgetMemberships = connection.prepare<[string]>("DELETE FROM memberships WHERE cardholder = ?");
  const addMembership = connection.prepare<[string, string, string]>(
    "INSERT OR IGNORE INTO memberships (kind, name, cardholder) VALUES (?, ?, ?)",
  );
  const putSearched = connection.prepare<[string, string]>(
    `INSERT INTO searched (cardholder, text) VALUES (?, ?)
       ON CONFLICT (cardholder) DO UPDATE SET text = excluded.text WHERE text <> excluded.text`,
  );

  const forgetConsent = connection.prepare<[string]>("DELETE FROM consents WHERE cardholder = ?");
  const putConsent = connection.prepare<[string, string, string, string, number, string]>(
    "INSERT INTO consents (cardholder, wording, language, form, at, operator) VALUES (?, ?, ?, ?, ?, ?)",
  );

  const addMemberships = (id: string, { groups, accessLevels }: CardholderFacts): void => {
    for (const name of groups) addMembership.run("group", name, id);
    for (const name of accessLevels) addMembership.run("accessLevel", name, id);
  };
  return {
    insertCardholder(id: string, facts: CardholderFacts, importedIn: string | null): void {
      insert.run({ ...boundCardholder(id, facts), createdAt: wallTime(facts.createdAt), importedIn });
      addMemberships(id, facts);
    },
    updateCardholder(id: string, facts: CardholderFacts): void {
      update.run(boundCardholder(id, facts));
      forgetMemberships.run(id);
      addMemberships(id, facts);
    },
    deleteCardholder: (id: string): boolean => remove.run(id).changes > 0,
    insertCard: ({ number, format, status, issuedAt, duress, label }: Card, holder: string) =>
      insertCard.run(number, format, status, issuedAt, Number(duress), label ?? null, holder, holder),
    setCardStatus: (status: CredentialStatus, number: string) => setCardStatus.run(status, number),
    putConsent(id: string, consent: Consent | undefined): void {
      forgetConsent.run(id);
      if (consent === undefined) return;
      const { wording, language, form, at, operator } = consent;
      putConsent.run(id, wording, language, form, at, operator);
    },
    /** To be called after every change of a name or number. */
    putSearched: (person: Pick<Cardholder, "id" | "name" | "number" | "cards">) =>
      putSearched.run(person.id, searchedText(person)),
  };
}

const boundCardholder = (id: string, facts: CardholderFacts) => ({
  id,
  name: facts.name,
  kind: facts.kind,
  groups: JSON.stringify(facts.groups),
  accessLevels: JSON.stringify(facts.accessLevels),
  status: facts.status === "left" ? "suspended" : facts.status,
  hasLeft: Number(facts.status === "left"),
  validFrom: facts.validFrom ?? null,
  validUntil: facts.validUntil ?? null,
  number: facts.number ?? null,
  note: facts.note ?? null,
  host: facts.host ?? null,
  operator: facts.operator ?? null,
});
