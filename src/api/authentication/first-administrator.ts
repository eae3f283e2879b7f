import { randomInt } from "node:crypto";
import type { OperatorStore } from "../../ports/operators.ts";
import { hashPassword } from "./password-hash.ts";

/** No 0/O, 1/I/L, 5/S, 2/Z, U/V: read aloud and typed from paper without a mistake. */
const alphabet = "ABCDEFGHJKMNPQRTWXY346789";
const leastGivenLength = 8;

const administratorName = "admin";

/** The password for the first administrator is not one that may be used. */
export class AdministratorPasswordFault extends Error {
  override readonly name = "AdministratorPasswordFault";
}

/**
 * Creates `admin` where there is no operator yet. Returns the one-time password to print, once; undefined
 * where operators exist or VESTIBULE_ADMIN_PASSWORD gave one, which is kept without the forced change.
 */
export async function ensureAdministrator(
  operators: OperatorStore,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  if (operators.count() > 0) return undefined;
  const given = env["VESTIBULE_ADMIN_PASSWORD"];
  if (given !== undefined && given !== "") {
    const length = Array.from(given).length;
    if (length < leastGivenLength || length > 128) {
      throw new AdministratorPasswordFault(
        `VESTIBULE_ADMIN_PASSWORD has ${length} characters; give ${leastGivenLength} to 128 (12 or more are better), or leave it out for a one-time password`,
      );
    }
    operators.add({
      username: administratorName,
      passwordHash: await hashPassword(given),
      mustChangePassword: false,
    });
    return undefined;
  }
  const password = oneTimePassword();
  operators.add({
    username: administratorName,
    passwordHash: await hashPassword(password),
    mustChangePassword: true,
  });
  return password;
}

/** Four groups of five from 25 letters and digits: 92 bits. */
export const oneTimePassword = (): string => codeGroups(4, 5);

export function codeGroups(groups: number, length: number): string {
  const group = () => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
  return Array.from({ length: groups }, group).join("-");
}
