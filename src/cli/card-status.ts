import { parseArgs } from "node:util";
import { cardNumber } from "./card-number.ts";
import type { Command } from "./command.ts";
import { answering, onlyOne, ShellChanges } from "./storage-command.ts";

interface Change {
  readonly verb: string;
  readonly status: "active" | "suspended" | "revoked";
  readonly summary: string;
  readonly does: string;
}

function command({ verb, status, summary, does }: Change): Command {
  const usage = `Usage: vestibule card ${verb} NUMBER

${does}, in the data directory VESTIBULE_DATA (default var), while the controller is not running.
Exit 1: there is no such card, or it was reported lost or revoked.
`;
  return {
    name: ["card", verb],
    summary,
    usage,
    run: (args, io) =>
      answering(`card ${verb}`, io, () => {
        const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
        const number = cardNumber(onlyOne(positionals, "card number"));
        using changes = new ShellChanges(io);
        const { directory } = changes.storage;
        changes.recorded(
          "CardStatusChanged",
          () => directory.setCardStatus(number, status),
          () => ({
            cardholder: directory.findByCard(number)?.cardholder.id ?? null,
            card: number,
            status,
          }),
        );
        io.stdout(`${number} ${status}\n`);
        return 0;
      }),
  };
}

export const cardSuspend = command({
  verb: "suspend",
  status: "suspended",
  summary: "suspend a card for the time being",
  does: "Suspends a card; `card activate` makes it active again",
});
export const cardActivate = command({
  verb: "activate",
  status: "active",
  summary: "make a suspended card active again",
  does: "Makes a suspended card active again",
});
export const cardRevoke = command({
  verb: "revoke",
  status: "revoked",
  summary: "revoke a card, for good",
  does: "Revokes a card for good; to a reader it is nobody's from then on",
});
