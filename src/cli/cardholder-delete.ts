import { parseArgs } from "node:util";
import type { Command } from "./command.ts";
import { answering, onlyOne, ShellChanges } from "./storage-command.ts";

const usage = `Usage: vestibule cardholder delete ID

Deletes a person's name, cards, photos and templates from the data directory VESTIBULE_DATA (default var),
while the controller is not running. The journal keeps the id as a pseudonym. Exit 1: there is nobody of that id.
`;

export const cardholderDelete: Command = {
  name: ["cardholder", "delete"],
  summary: "delete a person with cards, photos and templates",
  usage,
  run: (args, io) =>
    answering("cardholder delete", io, () => {
      const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
      const id = onlyOne(positionals, "id");
      using changes = new ShellChanges(io);
      const { directory } = changes.storage;
      changes.recorded(
        "CardholderRemoved",
        () => directory.remove(id),
        () => ({ cardholder: id }),
      );
      io.stdout(`${id} deleted\n`);
      return 0;
    }),
};
