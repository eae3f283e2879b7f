import { Decrypter, Encrypter } from "age-encryption";
import { BackupFault } from "../../ports/backup.ts";

/** To whom a backup is encrypted: public keys, or a passphrase. */
export type SealingKey =
  | { readonly recipients: readonly string[] }
  /** `work`: what each guess costs, as a power of two; left out: age's own, the better part of a second. */
  | { readonly passphrase: string; readonly work?: number };

/** What opens it. */
export type OpeningKey = { readonly identities: readonly string[] } | { readonly passphrase: string };

const recipientForm = /^age1[02-9ac-hj-np-z]{10,4000}$/;
const identityForm = /^AGE-SECRET-KEY-(?:PQ-)?1[02-9AC-HJ-NP-Z]{10,4000}$/;
/** Whoever has the file can try as long as they like. */
const shortestPassphrase = 16;

const isRecipient = (text: string): boolean => recipientForm.test(text);

export function encrypterFor(key: SealingKey): Encrypter {
  const encrypter = new Encrypter();
  if ("passphrase" in key) {
    if (key.passphrase.length < shortestPassphrase)
      throw new BackupFault("refused", `a passphrase has at least ${shortestPassphrase} characters`);
    encrypter.setPassphrase(key.passphrase);
    if (key.work !== undefined) encrypter.setScryptWorkFactor(key.work);
    return encrypter;
  }
  if (key.recipients.length === 0) throw new BackupFault("refused", "there is no recipient to encrypt it to");
  for (const recipient of key.recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch (error) {
      // Somebody may have put the secret key here by mistake: it is not repeated.
      const shown = isRecipient(recipient) ? `${recipient.slice(0, 16)}…` : "what was given";
      throw new BackupFault(
        "refused",
        `${shown} is no recipient: age1… is expected, as age-keygen prints it`,
        {
          cause: error,
        },
      );
    }
  }
  return encrypter;
}

export function decrypterFor(key: OpeningKey): Decrypter {
  const decrypter = new Decrypter();
  if ("passphrase" in key) {
    decrypter.addPassphrase(key.passphrase);
    return decrypter;
  }
  try {
    for (const identity of key.identities) decrypter.addIdentity(identity);
  } catch (error) {
    throw new BackupFault(
      "refused",
      "the key file holds what is no identity: AGE-SECRET-KEY-1… is expected",
      {
        cause: error,
      },
    );
  }
  return decrypter;
}

/** The identities of a key file as age-keygen writes it: one a line, comments begin with `#`. */
export function identitiesIn(text: string): readonly string[] {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (lines.length === 0 || !lines.every((line) => identityForm.test(line)))
    throw new BackupFault("refused", "the key file holds no identity: lines AGE-SECRET-KEY-1… are expected");
  return lines;
}
