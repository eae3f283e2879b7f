import type { Cipher } from "../../ports/cipher.ts";
import type { PinHashes } from "../../ports/directory.ts";
import type { Connection } from "./connection.ts";
import { unsealed } from "./sealed-photos.ts";

/** Room for two hashes: what is stored is as long whether or not there is a duress PIN. */
const sealedLength = 512;

export const pinsBinding = (person: string): string[] => ["pins", person];

/** Hashes of PINs, sealed to the person they belong to. */
export function prepareSealedPins(connection: Connection, cipher: Cipher) {
  const put = connection.prepare<[string, Uint8Array]>(
    "INSERT OR REPLACE INTO pins (cardholder, sealed) VALUES (?, ?)",
  );
  const remove = connection.prepare<[string]>("DELETE FROM pins WHERE cardholder = ?");
  const sealedOf = connection
    .prepare<[string], Buffer>("SELECT sealed FROM pins WHERE cardholder = ?")
    .pluck();
  return {
    set(person: string, pins: PinHashes | undefined): void {
      if (pins === undefined) remove.run(person);
      else put.run(person, cipher.seal(plainOf(pins), pinsBinding(person)));
    },
    of(person: string): { readonly pin: string | undefined; readonly duressPin: string | undefined } {
      const sealed = sealedOf.get(person);
      if (sealed === undefined) return { pin: undefined, duressPin: undefined };
      const plain = unsealed(cipher, sealed, pinsBinding(person));
      // Written by this driver alone, from a value of this type.
      const { pin, duressPin }: PinHashes = JSON.parse(Buffer.from(plain).toString());
      return { pin, duressPin };
    },
  };
}

function plainOf({ pin, duressPin }: PinHashes): Buffer {
  const text = JSON.stringify({ pin, ...(duressPin === undefined ? {} : { duressPin }) });
  if (Buffer.byteLength(text) > sealedLength) throw new RangeError("a PIN's hash is too long");
  return Buffer.from(text.padEnd(sealedLength));
}
