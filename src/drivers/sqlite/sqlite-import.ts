import { randomUUID } from "node:crypto";
import type { WallTime } from "../../domain/time.ts";
import type { DirectoryImport, ImportedCardholder } from "../../ports/directory.ts";
import { DirectoryRefusal } from "../../ports/directory.ts";
import { requireCardSizes, requireOwn, requireSizes } from "../../ports/directory-checks.ts";
import { directoryLimits } from "../../ports/directory-limits.ts";
import type { Connection } from "./connection.ts";
import type { prepareReading } from "./directory-rows.ts";
import type { prepareWriting } from "./directory-writing.ts";
import { orderedId } from "./ordered-id.ts";

interface ImportParts {
  readonly connection: Connection;
  readonly reading: ReturnType<typeof prepareReading>;
  readonly writing: ReturnType<typeof prepareWriting>;
  readonly now: () => WallTime;
}

/** People are written under the import's row in `open_imports`, and are there once that row is not. */
export function beginSqliteImport(parts: ImportParts): DirectoryImport {
  const { connection } = parts;
  const id = randomUUID();
  connection.prepare<[string]>("INSERT INTO open_imports (id) VALUES (?)").run(id);
  const removeSome = connection.prepare<[string, number]>(
    "DELETE FROM cardholders WHERE id IN (SELECT id FROM cardholders WHERE imported_in = ? LIMIT ?)",
  );
  const close = connection.prepare<[string]>("DELETE FROM open_imports WHERE id = ?");
  return {
    id,
    add: (people) =>
      connection.transaction(() => people.map((person) => added(parts, id, person))).immediate(),
    complete: () => void close.run(id),
    abandon(most) {
      if (removeSome.run(id, most).changes > 0) return true;
      close.run(id);
      return false;
    },
  };
}

/** What an import left behind that the process did not live to complete. */
export function forgetOpenImports(connection: Connection): void {
  connection
    .transaction(() => {
      connection.exec("DELETE FROM cardholders WHERE imported_in IN (SELECT id FROM open_imports)");
      connection.exec("DELETE FROM open_imports");
    })
    .immediate();
}

function added(
  { reading, writing, now }: ImportParts,
  importedIn: string,
  person: ImportedCardholder,
): string {
  const { cards, kind = "staff", ...facts } = person;
  requireSizes(facts);
  if (cards.length > directoryLimits.usableCards)
    throw new DirectoryRefusal("tooManyCards", `more than ${directoryLimits.usableCards} cards`);
  const issuedAt = now();
  const id = orderedId(issuedAt);
  const named = (found: string | undefined) => (found === undefined ? undefined : { id: found });
  requireOwn(id, facts, {
    // Who comes with the same import may be a host.
    get: (host) => named(reading.isKnown(host) ? host : undefined),
    findByNumber: (number) => named(reading.idByNumber(number)),
    findByOperator: (username) => named(reading.idByOperator(username)),
  });
  writing.insertCardholder(id, { ...facts, kind, status: "active", createdAt: issuedAt }, importedIn);
  for (const { number, format } of cards) {
    requireCardSizes(number, undefined);
    if (reading.holderOf(number) !== undefined)
      throw new DirectoryRefusal("cardNumberTaken", `card ${number} is somebody's already`);
    writing.insertCard({ number, format, status: "active", issuedAt, duress: false }, id);
  }
  writing.putSearched({
    ...facts,
    id,
    cards: cards.map((card) => ({ ...card, status: "active", issuedAt, duress: false })),
  });
  return id;
}
