import { parseArgs } from "node:util";
import { cardNumber } from "./card-number.ts";
import type { Command } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { answering, ShellChanges } from "./storage-command.ts";

const usage = `Usage: vestibule card replace NUMBER REPLACEMENT

Gives the owner of card NUMBER the card REPLACEMENT instead, in the data directory VESTIBULE_DATA (default var),
while the controller is not running. Photos and templates stay. A lost card stays lost, any other is revoked.
Exit 1: there is no such card, it was revoked, or the replacement is taken.
`;

export const cardReplace: Command = {
  name: ["card", "replace"],
  summary: "replace a card, keeping the person's photos",
  usage,
  run: (args, io) =>
    answering("card replace", io, () => {
      const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
      const [old, next, ...more] = positionals;
      if (old === undefined || next === undefined || more.length > 0) {
        throw new InputError("a card number and its replacement are expected; see --help");
      }
      const [number, replacement] = [cardNumber(old), cardNumber(next)];
      using changes = new ShellChanges(io);
      const { directory } = changes.storage;
      changes.recorded(
        "CardReplaced",
        () => directory.replaceCard(number, replacement),
        () => ({
          cardholder: directory.findByCard(replacement)?.cardholder.id ?? null,
          card: number,
          replacement,
        }),
      );
      io.stdout(`${replacement} active\n`);
      return 0;
    }),
};
