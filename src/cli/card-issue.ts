import { parseArgs } from "node:util";
import { cardNumber } from "./card-number.ts";
import type { Command } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { answering, onlyOne, ShellChanges } from "./storage-command.ts";

const usage = `Usage: vestibule card issue NUMBER --cardholder ID [--format FORMAT]

Gives a person a card, in the data directory VESTIBULE_DATA (default var), while the controller is not running.
Exit 1: the number is taken, the person has too many cards, or is not there.

  --cardholder  the person's id, from "cardholder list"
  --format      how readers report it, for example wiegand26; default raw
`;

export const cardIssue: Command = {
  name: ["card", "issue"],
  summary: "give a person a card",
  usage,
  run: (args, io) =>
    answering("card issue", io, () => {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { cardholder: { type: "string" }, format: { type: "string", default: "raw" } },
      });
      const number = cardNumber(onlyOne(positionals, "card number"));
      const { cardholder: id, format } = values;
      if (id === undefined) throw new InputError("--cardholder ID is needed; see --help");
      if (!/^[a-z0-9-]{1,32}$/.test(format))
        throw new InputError(`--format ${format}: lower-case letters and digits are expected`);
      using changes = new ShellChanges(io);
      changes.recorded(
        "CardIssued",
        () => changes.storage.directory.issueCard(id, number, format),
        () => ({ cardholder: id, card: number, format }),
      );
      io.stdout(`${number} active\n`);
      return 0;
    }),
};
