import { written } from "./holiday-dates.ts";
import { kindCalled } from "./kind-words.ts";
import type { Asked, Read } from "./read-days.ts";

type Column = "date" | "to" | "as" | "name" | "yearly";

const columnNames: Readonly<Record<string, Column>> = {
  ...{ date: "date", 日期: "date", from: "date", 首日: "date" },
  ...{ to: "to", 至: "to", 末日: "to" },
  ...{ as: "as", kind: "as", 日类: "as", 类型: "as" },
  ...{ name: "name", 名称: "name", 节日: "name" },
  ...{ yearly: "yearly", 每年: "yearly" },
};
const yes = /^(?:true|yes|y|1|是|每年)$/i;

/** Whether the first line that is not empty names columns, the date among them. */
export function isCsv(lines: readonly string[]): boolean {
  const head = lines.find((line) => line.trim() !== "");
  if (head === undefined) return false;
  const columns = columnsOf(cellsOf(head, separatorOf(head)));
  return columns.length > 1 && columns.includes("date");
}

export function readCsv(lines: readonly string[], { worked }: Asked): readonly Read[] {
  const at = lines.findIndex((line) => line.trim() !== "");
  const head = lines[at] ?? "";
  const separator = separatorOf(head);
  const columns = columnsOf(cellsOf(head, separator));
  return lines.slice(at + 1).flatMap((text, index): readonly Read[] => {
    if (text.replaceAll(separator, "").trim() === "") return [];
    const line = at + index + 2;
    const cells = cellsOf(text, separator);
    const cell = (column: Column): string => (cells[columns.indexOf(column)] ?? "").trim();
    const as = kindCalled(cell("as"), worked);
    if (as === undefined) return [{ line, why: "kind", said: cell("as").slice(0, 30) }];
    const first = dateWritten(cell("date"));
    const last = cell("to") === "" ? first : dateWritten(cell("to"));
    return [{ line, first, last, as, name: cell("name"), yearly: yes.test(cell("yearly")) }];
  });
}

const columnsOf = (cells: readonly string[]): readonly (Column | undefined)[] =>
  cells.map((cell) => columnNames[cell.trim().toLowerCase()]);

const separatorOf = (head: string): string => [",", ";", "\t"].find((one) => head.includes(one)) ?? ",";

/** A table's program writes dates as it likes; what is no date stays as it is, and is a fault later. */
function dateWritten(text: string): string {
  const found = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(text);
  return found === null ? text : written(found[1] ?? "", found[2] ?? "", found[3] ?? "");
}

/** RFC 4180 within one line: quotes, and quotes within them twice. */
function cellsOf(line: string, separator: string): readonly string[] {
  const cells: string[] = [""];
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] ?? "";
    const last = cells.length - 1;
    if (sign === '"' && quoted && line[at + 1] === '"') {
      cells[last] += '"';
      at += 1;
    } else if (sign === '"') quoted = !quoted;
    else if (sign === separator && !quoted) cells.push("");
    else cells[last] += sign;
  }
  return cells;
}
