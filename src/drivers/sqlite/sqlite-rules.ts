import BetterSqlite from "better-sqlite3";
import { wallTime } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { JsonValue } from "../../ports/journal.ts";
import type {
  NewRuleVersion,
  RulesStore,
  RuleVersion,
  RuleVersionQuery,
  StoredKind,
} from "../../ports/rules-store.ts";
import { type Connection, storageFault } from "./connection.ts";

interface Row {
  readonly id: number;
  readonly kind: string;
  readonly version: number;
  readonly body: string;
  readonly hash: string;
  readonly at: number;
  readonly operator: string | null;
  readonly approver: string | null;
  readonly reason: string;
}

interface Listed {
  readonly kind: string | null;
  readonly before: number | null;
  readonly operator: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly limit: number;
}

const mostListed = 500;
const unwritten = "the versions of the rules could not be read or written";

/** Beside the cardholders, so that a change and the people it concerns are read and written together. */
export function createSqliteRules(connection: Connection, clock: Pick<Clock, "wall">): RulesStore {
  const newest = connection.prepare<[string], Row>(
    "SELECT * FROM rule_versions WHERE kind = ? ORDER BY version DESC LIMIT 1",
  );
  const get = connection.prepare<[number], Row>("SELECT * FROM rule_versions WHERE id = ?");
  const list = connection.prepare<[Listed], Row>(
    `SELECT * FROM rule_versions WHERE (@kind IS NULL OR kind = @kind) AND (@before IS NULL OR id < @before)
       AND (@operator IS NULL OR operator = @operator OR approver = @operator)
       AND (@from IS NULL OR at >= @from) AND (@to IS NULL OR at < @to)
       ORDER BY id DESC LIMIT @limit`,
  );
  const kinds = connection
    .prepare<[], string>("SELECT DISTINCT kind FROM rule_versions ORDER BY kind")
    .pluck();
  const append = connection.prepare<[Omit<Row, "id" | "version">]>(
    `INSERT INTO rule_versions (kind, version, body, hash, at, operator, approver, reason)
       VALUES (@kind, (SELECT coalesce(max(version), 0) + 1 FROM rule_versions WHERE kind = @kind),
         @body, @hash, @at, @operator, @approver, @reason)`,
  );
  const holders = connection.prepare<[string], { level: string; holders: number }>(
    `SELECT each.value AS level, count(*) AS holders FROM cardholders, json_each(cardholders.access_levels) AS each
       WHERE each.value IN (SELECT value FROM json_each(?)) GROUP BY each.value`,
  );
  return {
    newest: (kind) => faulting(() => versionOf(newest.get(kind))),
    get: (id) => faulting(() => versionOf(get.get(id))),
    list: ({ kind, before, operator, from, to, limit }: RuleVersionQuery) => {
      requireLimit(limit);
      const asked = { kind: kind ?? null, before: before ?? null, operator: operator ?? null };
      const rows = faulting(() => list.all({ ...asked, from: from ?? null, to: to ?? null, limit }));
      return rows.map(present);
    },
    // Only `append` writes there.
    kinds: () => faulting(() => kinds.all()) as StoredKind[],
    append: ({ body, ...facts }: NewRuleVersion) =>
      faulting(() => {
        const at = wallTime(clock.wall());
        const { lastInsertRowid } = append.run({ ...facts, body: JSON.stringify(body), at });
        return { ...facts, ...numbered(get.get(Number(lastInsertRowid))), body, at };
      }),
    holders: (levels) =>
      faulting(() => {
        const counted = holders.all(JSON.stringify(levels));
        return Object.fromEntries(counted.map((row) => [row.level, row.holders]));
      }),
    transact: (work) => {
      try {
        return connection.transaction(work).immediate();
      } catch (error) {
        // What the work itself refused is said by whoever refused it.
        if (error instanceof BetterSqlite.SqliteError) throw storageFault(error, unwritten);
        throw error;
      }
    },
  };
}

function numbered(row: Row | undefined): { readonly id: number; readonly version: number } {
  if (row === undefined) throw new Error("a version just written is not there");
  return { id: row.id, version: row.version };
}

const versionOf = (row: Row | undefined): RuleVersion | undefined =>
  row === undefined ? undefined : present(row);

const present = (row: Row): RuleVersion => ({
  ...row,
  kind: row.kind as StoredKind, // only `append` writes there
  body: JSON.parse(row.body) as JsonValue,
  at: wallTime(row.at),
});

function requireLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > mostListed)
    throw new RangeError(`limit ${limit} is not within 1 to ${mostListed}`);
}

function faulting<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw storageFault(error, unwritten);
  }
}
