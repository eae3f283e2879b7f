import type { Statement } from "better-sqlite3";
import type { DirectoryPage } from "../../ports/directory.ts";
import { folded } from "../../ports/directory-checks.ts";
import type { Connection } from "./connection.ts";

/** Who is brought by an import that has not ended is nobody yet. */
export const isThere =
  "(person.imported_in IS NULL OR person.imported_in NOT IN (SELECT id FROM open_imports))";

/** The index knows parts of three characters; shorter ones are looked for in everybody's text. */
const indexedLength = 3;
/** Of more the first ones are found as fast by going through everybody in order. */
const mostFromIndex = 2_000;

interface Bound {
  readonly after: string;
  readonly limit: number;
  readonly text: string;
  readonly ids: string;
  readonly group: string;
  readonly accessLevel: string;
  readonly kind: string;
}

/** One way to go through people in the order of their ids. */
interface Walk {
  readonly from: string;
  /** What holds the id there. */
  readonly id: string;
  readonly where: readonly string[];
}

const everybody: Walk = { from: "cardholders AS person", id: "person.id", where: [] };

/** Finds people's ids, in order. The same text as `searchedText` is looked through. */
export function prepareSearch(connection: Connection): (page: DirectoryPage) => string[] {
  const statements = new Map<string, Statement<[Bound], string>>();
  const indexed = connection
    .prepare<[{ match: string; text: string; after: string; most: number }], string>(
      `SELECT searched.cardholder FROM searched_parts JOIN searched ON searched.row = searched_parts.rowid
         WHERE searched_parts MATCH @match AND searched.cardholder > @after AND instr(searched.text, @text) > 0
         LIMIT @most`,
    )
    .pluck();

  const found = (walk: Walk, page: DirectoryPage, bound: Pick<Bound, "text" | "ids">): string[] => {
    const sql = sqlOf(walk, page);
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = connection.prepare<[Bound], string>(sql).pluck();
      statements.set(sql, statement);
    }
    const { after = "", limit, group = "", accessLevel = "", kind = "" } = page;
    return statement.all({ after, limit, group, accessLevel, kind, ...bound });
  };
  const amongIds = (page: DirectoryPage, ids: readonly string[]): string[] =>
    found({ ...everybody, where: ["person.id IN (SELECT value FROM json_each(@ids))"] }, page, {
      text: "",
      ids: JSON.stringify(ids),
    });

  const members = connection
    .prepare<[string, string, number], number>(
      "SELECT count(*) FROM (SELECT 1 FROM memberships WHERE kind = ? AND name = ? LIMIT ?)",
    )
    .pluck();
  /** Of a small group each is looked at; through a large one it is as far as through everybody. */
  const smallGroup = ({ group, accessLevel }: DirectoryPage): boolean => {
    if (group === undefined && accessLevel === undefined) return false;
    const [kind, name] = group === undefined ? ["accessLevel", accessLevel ?? ""] : ["group", group];
    return (members.get(kind, name, mostFromIndex) ?? 0) < mostFromIndex;
  };

  const byText = (page: DirectoryPage, text: string): string[] => {
    const group = smallGroup(page) ? byMembership(page) : undefined;
    if (group !== undefined) {
      const from = `${group.from} CROSS JOIN searched ON searched.cardholder = memberships.cardholder`;
      const where = [...group.where, "instr(searched.text, @text) > 0"];
      return found({ ...group, from, where }, page, { text, ids: "[]" });
    }
    if (Array.from(text).length >= indexedLength) {
      const match = `"${text.replaceAll('"', '""')}"`;
      const few = indexed.all({ match, text, after: page.after ?? "", most: mostFromIndex });
      if (few.length < mostFromIndex) return amongIds(page, few);
    }
    const walk: Walk = {
      from: "searched CROSS JOIN cardholders AS person ON person.id = searched.cardholder",
      id: "searched.cardholder",
      where: ["instr(searched.text, @text) > 0"],
    };
    return found(walk, page, { text, ids: "[]" });
  };

  return (page) => {
    const { search, limit } = page;
    if (!search) return found(byMembership(page) ?? everybody, page, { text: "", ids: "[]" });
    const ids = new Set([...byText(page, folded(search)), ...amongIds(page, [search])]);
    return [...ids].toSorted().slice(0, limit);
  };
}

/** A small group is found without going through everybody. */
function byMembership({ group, accessLevel }: DirectoryPage): Walk | undefined {
  if (group === undefined && accessLevel === undefined) return undefined;
  const [kind, name] = group === undefined ? ["accessLevel", "@accessLevel"] : ["group", "@group"];
  return {
    from: "memberships CROSS JOIN cardholders AS person ON person.id = memberships.cardholder",
    id: "memberships.cardholder",
    where: [`memberships.kind = '${kind}'`, `memberships.name = ${name}`],
  };
}

function sqlOf({ from, id, where }: Walk, page: DirectoryPage): string {
  const conditions = [`${id} > @after`, isThere, ...where, ...filters(page)];
  return `SELECT person.id FROM ${from} WHERE ${conditions.join(" AND ")} ORDER BY ${id} LIMIT @limit`;
}

const belongs = (kind: string, name: string): string =>
  `EXISTS (SELECT 1 FROM memberships AS its WHERE its.kind = '${kind}' AND its.name = ${name}
     AND its.cardholder = person.id)`;

const statusConditions = {
  left: "person.has_left = 1",
  active: "person.has_left = 0 AND person.status = 'active'",
  suspended: "person.has_left = 0 AND person.status = 'suspended'",
} as const;

const isEnough = "EXISTS (SELECT 1 FROM well_enrolled WHERE well_enrolled.cardholder = person.id)";

function filters({ group, accessLevel, kind, status, enrolment }: DirectoryPage): string[] {
  return [
    ...(group === undefined ? [] : [belongs("group", "@group")]),
    ...(accessLevel === undefined ? [] : [belongs("accessLevel", "@accessLevel")]),
    ...(kind === undefined ? [] : ["person.kind = @kind"]),
    ...(status === undefined ? [] : [statusConditions[status]]),
    ...(enrolment === undefined ? [] : [enrolment === "enough" ? isEnough : `NOT ${isEnough}`]),
  ];
}
