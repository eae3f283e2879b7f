import { parseArgs } from "node:util";
import { openDirectoryForReading } from "../drivers/sqlite/open-for-reading.ts";
import type { Cardholder } from "../ports/directory.ts";
import type { Command } from "./command.ts";
import { answering, dataDirectory, printable } from "./storage-command.ts";

const usage = `Usage: vestibule cardholder list [--search TEXT] [--json]

Lists the people in the data directory VESTIBULE_DATA (default var); the controller may be running.

  --search  only whose name or card number holds TEXT, or whose id it is
  --json    print {"cardholders":[…]}
`;

const pageSize = 500;

export const cardholderList: Command = {
  name: ["cardholder", "list"],
  summary: "list people",
  usage,
  run: (args, io) =>
    answering("cardholder list", io, () => {
      const { values } = parseArgs({
        args: [...args],
        options: { search: { type: "string" }, json: { type: "boolean", default: false } },
      });
      using directory = openDirectoryForReading(dataDirectory(io.env));
      const all: Cardholder[] = [];
      for (let after = ""; ; ) {
        const page = directory.list({ after, limit: pageSize, search: values.search ?? "" });
        all.push(...page);
        const last = page.at(-1);
        if (last === undefined) break;
        after = last.id;
      }
      io.stdout(values.json ? `${JSON.stringify({ cardholders: all })}\n` : all.map(line).join(""));
      return 0;
    }),
};

function line({ id, name, status, cards, photos }: Cardholder): string {
  const numbers = cards.map((card) =>
    card.status === "active" ? card.number : `${card.number} (${card.status})`,
  );
  return `${id}  ${status}  photos: ${photos.length}  cards: ${printable(numbers.join(", ")) || "none"}  ${printable(name)}\n`;
}
