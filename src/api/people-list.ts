import { setImmediate as turn } from "node:timers/promises";
import type { Cardholder, Directory, DirectoryPage } from "../ports/directory.ts";
import { type ImportColumn, importColumns } from "../ports/services/people-services.ts";

/** Read and written between two turns of the loop. */
const peopleAtOnce = 100;

/** What a spreadsheet would take for a formula is marked as text (T8). */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** Everybody whom the filters let through, as the import takes them: CSV in UTF-8, with a mark for spreadsheets. */
export async function* peopleList(
  directory: Pick<Directory, "list" | "get">,
  filters: Omit<DirectoryPage, "after" | "limit">,
): AsyncGenerator<string> {
  yield `\uFEFF${importColumns.join(",")}\r\n`;
  for (let after: string | undefined; ; ) {
    const page = directory.list({
      ...filters,
      limit: peopleAtOnce,
      ...(after === undefined ? {} : { after }),
    });
    after = page.at(-1)?.id;
    if (after === undefined) return;
    yield page.map((one) => rowOf(one, directory)).join("");
    await turn();
  }
}

function rowOf(one: Cardholder, directory: Pick<Directory, "get">): string {
  const cells: Readonly<Record<ImportColumn, string>> = {
    name: one.name,
    number: one.number ?? "",
    kind: one.kind,
    groups: one.groups.join(";"),
    accessLevels: one.accessLevels.join(";"),
    cards: one.cards
      .filter(({ status }) => status === "active")
      .map(({ number, format }) => `${number}:${format}`)
      .join(";"),
    validFrom: isoOf(one.validFrom),
    validUntil: isoOf(one.validUntil),
    host: (one.host === undefined ? undefined : directory.get(one.host)?.number) ?? "",
  };
  return `${importColumns.map((column) => cell(cells[column])).join(",")}\r\n`;
}

const isoOf = (time: number | undefined): string => (time === undefined ? "" : new Date(time).toISOString());

function cell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
