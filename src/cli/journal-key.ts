import { parseArgs } from "node:util";
import { createAesGcmCipher } from "../drivers/site-key/aes-gcm-cipher.ts";
import { announcedKey, beginJournalKeyRotation } from "../drivers/site-key/journal-key.ts";
import type { Command } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { answering, dataDirectory, ShellChanges } from "./storage-command.ts";

const usage = `Usage: vestibule journal key [--rotate]

Shows the public key that the journal in VESTIBULE_DATA (default var) is signed with, as NAME+ID+KEY: give it to whoever
is to verify exports and to the witness, by a way that the box's administrator cannot change.

  --rotate  make a new key; the controller has to be stopped. At its next start a record says so, and both keys sign it,
            so that whoever holds the former one can go on.

A key in systemd's keeping is root's to change: give the new one as the credential vestibule-journal-key, the present one
as vestibule-journal-key-former, and restart.
`;

export const journalKey: Command = {
  name: ["journal", "key"],
  summary: "show the public key that the journal is signed with, or make a new one",
  usage,
  run: (args, io) =>
    answering("journal key", io, () => {
      const { values } = parseArgs({
        args: [...args],
        options: { rotate: { type: "boolean", default: false } },
      });
      const directory = dataDirectory(io.env);
      const key = announcedKey(directory);
      if (key === undefined)
        throw new InputError(`${directory} has no signed journal yet: start the controller once`);
      if (values.rotate) {
        using changes = new ShellChanges(io);
        const cipher = createAesGcmCipher(changes.storage.keys.all, "journal");
        const begun = changes.recorded(
          "JournalKeyRotationOrdered",
          () => beginJournalKeyRotation(directory, cipher),
          () => ({}),
        );
        io.stderr(
          begun === "begun"
            ? "a new key is in place; it is announced when the controller starts\n"
            : "a new key was in place already; it is announced when the controller starts\n",
        );
      }
      io.stdout(`${key}\n`);
      return 0;
    }),
};
