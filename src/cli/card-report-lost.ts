import { parseArgs } from "node:util";
import { cardNumber } from "./card-number.ts";
import type { Command } from "./command.ts";
import { answering, onlyOne, ShellChanges } from "./storage-command.ts";

const usage = `Usage: vestibule card report-lost NUMBER

Blocks a lost card, in the data directory VESTIBULE_DATA (default var), while the controller is not running;
from then on its use raises an alarm. Exit 1: there is no such card, or it was revoked.
`;

export const cardReportLost: Command = {
  name: ["card", "report-lost"],
  summary: "block a lost card",
  usage,
  run: (args, io) =>
    answering("card report-lost", io, () => {
      const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
      const number = cardNumber(onlyOne(positionals, "card number"));
      using changes = new ShellChanges(io);
      const { directory } = changes.storage;
      changes.recorded(
        "CardReportedLost",
        () => directory.reportLost(number),
        () => ({ cardholder: directory.findByCard(number)?.cardholder.id ?? null, card: number }),
      );
      io.stdout(`${number} lost\n`);
      return 0;
    }),
};
