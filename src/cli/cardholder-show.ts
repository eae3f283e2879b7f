import { parseArgs } from "node:util";
import { openDirectoryForReading } from "../drivers/sqlite/open-for-reading.ts";
import type { Cardholder } from "../ports/directory.ts";
import type { Command } from "./command.ts";
import { answering, dataDirectory, onlyOne, printable } from "./storage-command.ts";

const usage = `Usage: vestibule cardholder show ID [--json]

Shows one person of the data directory VESTIBULE_DATA (default var); the controller may be running.
Photos and templates are sealed and are not shown. Exit 1: there is nobody of that id.

  --json  print the whole record
`;

export const cardholderShow: Command = {
  name: ["cardholder", "show"],
  summary: "show a person, with cards and photos",
  usage,
  run: (args, io) =>
    answering("cardholder show", io, () => {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { json: { type: "boolean", default: false } },
      });
      const id = onlyOne(positionals, "id");
      using directory = openDirectoryForReading(dataDirectory(io.env));
      const found = directory.get(id);
      if (found === undefined) {
        io.stderr(`cardholder show: there is no cardholder ${printable(id)}\n`);
        return 1;
      }
      io.stdout(values.json ? `${JSON.stringify(found)}\n` : description(found));
      return 0;
    }),
};

function description(person: Cardholder): string {
  const time = (at: number | undefined): string => (at === undefined ? "-" : new Date(at).toISOString());
  const rows: [string, string][] = [
    ["id", person.id],
    ["name", person.name],
    ["status", person.status],
    ["groups", person.groups.join(", ") || "-"],
    ["access levels", person.accessLevels.join(", ") || "-"],
    ["valid from", time(person.validFrom)],
    ["valid until", time(person.validUntil)],
    ["added", time(person.createdAt)],
    ...person.cards.map((card): [string, string] => [
      "card",
      `${card.number}  ${card.format}  ${card.status}  ${time(card.issuedAt)}`,
    ]),
    ...person.photos.map((photo): [string, string] => ["photo", `${photo.id}  ${time(photo.takenAt)}`]),
  ];
  return rows.map(([what, value]) => `${what.padEnd(14)}${printable(value)}\n`).join("");
}
