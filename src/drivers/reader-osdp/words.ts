import { commandCodes } from "./commands.ts";
import { type Identity, refusals } from "./replies.ts";
import type { Loss } from "./session-state.ts";

const nameOfCommand: ReadonlyMap<number, string> = new Map(
  Object.entries(commandCodes).map(([name, code]) => [code, name]),
);

const commandName = (code: number): string => nameOfCommand.get(code) ?? `command ${code}`;

const refusalText = (reason: number): string => refusals[reason] ?? `it gives reason ${reason}`;

/** Why a reader is lost and what to do. */
export function lossText(loss: Loss): string {
  switch (loss.why) {
    case "silent":
      return "it does not answer: see to its supply, wires A and B, its address and its speed";
    case "busy":
      return "it has been busy for too long: switch its supply off and on";
    case "unstable":
      return "its secure channel breaks again and again: see to the line and to other readers with its address";
    case "noKey":
      return "there is no key for it yet: put it into its installation mode and run vestibule reader osdp-install";
    case "noSecureChannel":
      return "it refuses a secure channel: see whether it can have one and whether its key is this site's";
    case "wrongKey":
      return loss.kind === "default"
        ? "it is not in its installation mode: it does not take the key new readers have"
        : "it has another key than this site: a new or replaced reader gets one by vestibule reader osdp-install";
    case "keyNotTaken":
      return "it did not take the key it was sent: see with its maker's tool whether a key may be set";
    case "downgrade":
      return "it answered with another kind of key than it was asked for, as an attacker would: look at the reader";
    case "refused":
      return `it refuses ${commandName(loss.command)}: ${refusalText(loss.reason)}`;
  }
}

/** What a reader is that never said who it is, but that it cannot read what it is sent, or this in the old way. */
export const onlyChecksums =
  "it answers, but not with CRC: write check: checksum if it cannot do more, otherwise see to the line";

const readerName = ({ vendor, serial }: Identity): string => `vendor ${vendor}, serial number ${serial}`;

export const replacedText = (before: string, now: Identity): string =>
  `another reader stands there: ${readerName(now)} instead of ${before}; if you replaced it, run vestibule reader osdp-install`;
