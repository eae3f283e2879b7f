import { readFile, stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { PeopleImport } from "../controller/people/import/people-import.ts";
import { importLimits } from "../controller/people/import/read-rows.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import { type ImportReport, importColumns } from "../ports/services/people-services.ts";
import type { Command } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { changedLevels } from "./levels-in-force.ts";
import { siteOf } from "./site-file.ts";
import { answering, onlyOne, printable, ShellChanges } from "./storage-command.ts";

const usage = `Usage: vestibule cardholder import FILE [--dry-run] [--config FILE] [--json]

Adds everybody in a list, or nobody, in the data directory VESTIBULE_DATA (default var), while the controller is not
running. FILE is CSV with a header, in UTF-8 or GB18030, up to 10,000 rows and 5 MB. Columns, in any order:
  ${importColumns.join(", ")}
  or 姓名, 工号, 类型, 组, 权限组, 卡号, 生效时间, 失效时间, 被访人
Only the name is needed. Several groups, levels or cards stand with ; between; a card is number or number:format; a
host is a personnel number; times are the site's. Exit 1: something in it will not do; every fault is told by row.

  --dry-run      look, and change nothing
  --config FILE  the site's configuration, which knows the access levels (default VESTIBULE_CONFIG, else the demo's)
  --json         print {"imported":…,"people":…,"cards":…,"faults":[…],"moreFaults":…,"sha256":…}
`;

export const cardholderImport: Command = {
  name: ["cardholder", "import"],
  summary: "add everybody in a list, or nobody",
  usage,
  run: (args, io) =>
    answering("cardholder import", io, async () => {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          "dry-run": { type: "boolean", default: false },
          config: { type: "string" },
          json: { type: "boolean", default: false },
        },
      });
      const list = await listIn(onlyOne(positionals, "file"));
      const { accessLevels, site } = siteOf(values.config, io);
      using changes = new ShellChanges(io);
      const { directory, journal } = changes.storage;
      const lists = new PeopleImport({
        directory,
        clock: new SystemClock(),
        levels: () => changedLevels(changes.storage.rules) ?? accessLevels.map(({ name }) => name),
        timeZone: site.timeZone,
        record: (entries) => void journal.append(entries),
      });
      const report = await lists.run(list, values["dry-run"], changes.operator);
      io.stdout(values.json ? `${JSON.stringify(report)}\n` : inWords(report, values["dry-run"]));
      return report.faults.length === 0 ? 0 : 1;
    }),
};

async function listIn(file: string): Promise<Uint8Array> {
  try {
    if ((await stat(file)).size > importLimits.bytes) throw new InputError(`${file} is larger than 5 MB`);
    return await readFile(file);
  } catch (error) {
    if (error instanceof InputError || !(error instanceof Error)) throw error;
    throw new InputError(`${file} cannot be read: ${error.message}`, { cause: error });
  }
}

function inWords({ people, cards, faults, moreFaults }: ImportReport, isDry: boolean): string {
  const lines = faults.map(({ row, column, value, message }) => {
    const place = column === null ? `row ${row}` : `row ${row}, ${column}`;
    return `${place}${value === null ? "" : ` (${printable(value)})`}: ${message.en} / ${message.zh}`;
  });
  const more = moreFaults ? ["… and more"] : [];
  const verdict = faults.length > 0 ? "nobody was imported" : isDry ? "would be imported" : "imported";
  return `${[...lines, ...more, `${people} people, ${cards} cards: ${verdict}`].join("\n")}\n`;
}
