import { isUtf8 } from "node:buffer";
import { setImmediate as turn } from "node:timers/promises";
import { CsvError, type Info, parse } from "csv-parse";
import { type ImportColumn, importColumns } from "../../../ports/services/people-services.ts";
import type { Faults } from "./fault.ts";

export const importLimits = { bytes: 5 * 1024 * 1024, rows: 10_000 } as const;

/** Parsed without giving the loop its turn: 16 KB take about a millisecond. */
const bytesAtOnce = 16 * 1024;
const longestRow = 16 * 1024;

/** What a spreadsheet's header may call them. */
const names: Readonly<Record<string, ImportColumn>> = {
  ...Object.fromEntries(importColumns.map((column) => [column.toLowerCase(), column])),
  姓名: "name",
  工号: "number",
  类型: "kind",
  组: "groups",
  权限组: "accessLevels",
  卡号: "cards",
  卡: "cards",
  生效时间: "validFrom",
  生效日期: "validFrom",
  失效时间: "validUntil",
  失效日期: "validUntil",
  被访人: "host",
};

export interface FileRow {
  /** As a spreadsheet numbers it. */
  readonly row: number;
  readonly cells: Readonly<Partial<Record<ImportColumn, string>>>;
}

/** The rows below the header, trimmed; empty ones are passed over. Gives the loop its turn every millisecond or so. */
export async function readRows(file: Uint8Array, faults: Faults): Promise<readonly FileRow[]> {
  if (file.length > importLimits.bytes) {
    faults.add(1, null, "tooLarge");
    return [];
  }
  const rows: FileRow[] = [];
  let header: readonly (ImportColumn | undefined)[] | undefined;
  let number = 0;
  try {
    for await (const cells of recordsOf(file)) {
      number += 1;
      if (header === undefined) header = headerOf(cells, faults);
      else if (cells.some((cell) => cell.trim() !== "")) {
        if (rows.length >= importLimits.rows) {
          faults.add(number, null, "tooManyRows");
          break;
        }
        if (cells.slice(header.length).some((cell) => cell.trim() !== ""))
          faults.add(number, null, "tooManyCells");
        rows.push({ row: number, cells: named(header, cells) });
      }
    }
  } catch (error) {
    if (error instanceof CsvError) faults.add(Number(error["records"] ?? number) + 1, null, "brokenRow");
    else if (error instanceof TypeError) faults.add(1, null, "notText");
    else throw error;
  }
  if (rows.length === 0 && !faults.any) faults.add(1, null, "empty");
  return rows;
}

/** Every record of the file, a slice at a time. Throws CsvError, and TypeError where it is no text. */
async function* recordsOf(file: Uint8Array): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder(isUtf8(file) ? "utf-8" : "gb18030", { fatal: true });
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: longestRow,
    info: true,
  });
  const ready: (readonly string[])[] = [];
  let failure: Error | undefined;
  parser.on("readable", () => {
    for (let next = parser.read(); next !== null; next = parser.read()) {
      // With `info` each is one; cells are text where no `cast` is set.
      const { record } = next as { readonly record: string[]; readonly info: Info };
      ready.push(record);
    }
  });
  parser.on("error", (error) => {
    failure = error;
  });
  try {
    for (let from = 0; from < file.length; from += bytesAtOnce) {
      const last = from + bytesAtOnce >= file.length;
      const text = decoder.decode(file.subarray(from, from + bytesAtOnce), { stream: !last });
      parser.write(text);
      await turn();
      if (failure !== undefined) throw failure;
      yield* ready.splice(0);
    }
    const ended = new Promise<void>((resolve) => {
      parser.once("end", resolve);
      parser.once("error", () => resolve());
    });
    parser.end();
    await ended;
    if (failure !== undefined) throw failure;
    yield* ready.splice(0);
  } finally {
    parser.destroy();
  }
}

function headerOf(cells: readonly string[], faults: Faults): readonly (ImportColumn | undefined)[] {
  const header = cells.map((cell) => columnOf(cell));
  const seen = new Set<ImportColumn>();
  for (const [index, column] of header.entries()) {
    const cell = cells[index] ?? "";
    if (column === undefined && cell.trim() !== "") faults.add(1, null, "unknownColumn", cell);
    if (column !== undefined && seen.has(column)) faults.add(1, column, "twiceColumn", cell);
    if (column !== undefined) seen.add(column);
  }
  if (!seen.has("name")) faults.add(1, "name", "missingColumn");
  return header;
}

function columnOf(cell: string): ImportColumn | undefined {
  const name = cell
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]/g, "");
  return Object.hasOwn(names, name) ? names[name] : undefined;
}

function named(header: readonly (ImportColumn | undefined)[], cells: readonly string[]): FileRow["cells"] {
  const row: Partial<Record<ImportColumn, string>> = {};
  for (const [index, column] of header.entries()) {
    const text = cells[index]?.trim() ?? "";
    if (column !== undefined && text !== "") row[column] ??= text;
  }
  return row;
}
