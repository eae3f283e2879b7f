import { parseArgs } from "node:util";
import { hashPassword, verifyPassword } from "../api/authentication/password-hash.ts";
import { PinVault } from "../controller/people/pins.ts";
import { DirectoryRefusal } from "../ports/directory.ts";
import type { Command, CommandIo, ExitCode } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { siteOf } from "./site-file.ts";
import { answering, onlyOne, ShellChanges } from "./storage-command.ts";

const usage = `Usage: vestibule cardholder pin ID [--remove] [--config FILE]

Sets a person's PIN, in the data directory VESTIBULE_DATA (default var), while the controller is not running. The PIN
is read from standard input, never from the command line, which others on the machine can see: the PIN on the first
line and, where the site takes a duress PIN of its own, that one on the second. 4 to 8 digits, no row, no repetition.

  --remove       take the PIN away; nothing is read
  --config FILE  the site's configuration, which says what the duress PIN is (default VESTIBULE_CONFIG, else the demo's)
`;

/** Two lines of eight digits, generously. */
const longestInput = 256;

export const cardholderPin: Command = {
  name: ["cardholder", "pin"],
  summary: "set a person's PIN, read from standard input",
  usage,
  run: (args, io) =>
    answering("cardholder pin", io, async (): Promise<ExitCode> => {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { remove: { type: "boolean", default: false }, config: { type: "string" } },
      });
      const id = onlyOne(positionals, "cardholder's id");
      const given = values.remove ? undefined : await pinsFrom(io);
      const { duress, easyPins } = siteOf(values.config, io).access;
      const rules = { duress: duress.pin, easy: easyPins };
      using changes = new ShellChanges(io);
      const { directory } = changes.storage;
      if (directory.get(id) === undefined)
        throw new DirectoryRefusal("notFound", `there is no cardholder ${id}`);
      const secrets = { hash: hashPassword, verify: verifyPassword };
      const hashes =
        given && (await new PinVault({ directory, secrets, rules }).hashesFor(given.pin, given.duressPin));
      changes.recorded(
        hashes === undefined ? "PinRemoved" : "PinSet",
        () => directory.setPin(id, hashes),
        () => ({ cardholder: id }),
      );
      io.stdout(`${id} ${hashes === undefined ? "no PIN" : "PIN set"}\n`);
      return 0;
    }),
};

async function pinsFrom(
  io: CommandIo,
): Promise<{ readonly pin: string; readonly duressPin: string | undefined }> {
  const text = (await io.stdin?.(longestInput)) ?? "";
  const [pin = "", duressPin, ...more] = text.trimEnd().split(/\r?\n/);
  if (pin === "" || more.length > 0)
    throw new InputError(
      "the PIN is expected on standard input, and at most the duress PIN on a second line",
    );
  return { pin, duressPin };
}
