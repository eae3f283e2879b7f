import { createHash, randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import type { SecondFactor } from "../../ports/operators.ts";
import type { ApiContext } from "../api-options.ts";
import { codeGroups } from "./first-administrator.ts";

/** RFC 6238 as every authenticator app has it. */
const period = 30;
const secretLength = 20;
/** A phone's clock may be off by as much: one step either way. */
const tolerance = 1;
const recoveryCodes = 10;

type Accounts = Pick<ApiContext, "operators" | "clock">;

export const hasSecondFactor = ({ operators }: Pick<ApiContext, "operators">, username: string): boolean =>
  operators.secondFactors.get(username)?.confirmed === true;

/** One that can be used here: a site that has lost its domain name takes none. */
export const hasPasskey = (
  { operators, settings }: Pick<ApiContext, "operators" | "settings">,
  username: string,
): boolean => settings.passkeys !== undefined && operators.passkeys.of(username).length > 0;

/** A new secret, not in force before a first code is right. */
export function newSecret({ operators }: Accounts, username: string, site: string) {
  const secret = new Uint8Array(randomBytes(secretLength));
  operators.secondFactors.put(username, { secret, confirmed: false, lastStep: 0 });
  const totp = totpOf(secret, username, site);
  return { secret: totp.secret.base32, uri: totp.toString() };
}

/** The first code puts it in force; returns the recovery codes, once. */
export function confirmSecret(
  accounts: Accounts,
  username: string,
  code: string,
): readonly string[] | undefined {
  const { secondFactors } = accounts.operators;
  const factor = secondFactors.get(username);
  const step = factor === undefined ? undefined : stepOf(accounts, factor, code);
  if (factor === undefined || step === undefined) return undefined;
  secondFactors.put(username, { ...factor, confirmed: true, lastStep: step });
  const codes = Array.from({ length: recoveryCodes }, () => codeGroups(4, 4));
  secondFactors.setRecoveryCodes(username, codes.map(hashOf));
  return codes;
}

/** Each code once: whoever looked over the shoulder, or into the line, has nothing. */
export function takeCode(accounts: Accounts, username: string, code: string): "right" | "recovery" | "wrong" {
  const { secondFactors } = accounts.operators;
  const factor = secondFactors.get(username);
  if (factor === undefined) return "wrong";
  const step = stepOf(accounts, factor, code);
  if (step !== undefined) {
    secondFactors.put(username, { ...factor, lastStep: step });
    return "right";
  }
  return secondFactors.takeRecoveryCode(username, hashOf(code.trim().toUpperCase())) ? "recovery" : "wrong";
}

/** Of a code that is right now and was not used: which step's it is. */
function stepOf({ clock }: Accounts, { secret, lastStep }: SecondFactor, code: string): number | undefined {
  const digits = code.replaceAll(/\s/g, "");
  if (!/^\d{6}$/.test(digits)) return undefined;
  const timestamp = clock.wall();
  const delta = totpOf(secret, "", "").validate({ token: digits, timestamp, window: tolerance });
  if (delta === null) return undefined;
  const step = Math.floor(timestamp / (period * 1000)) + delta;
  return step > lastStep ? step : undefined;
}

const totpOf = (secret: Uint8Array, username: string, site: string): TOTP =>
  new TOTP({
    issuer: "Vestibule",
    label: `${site} ${username}`.trim(),
    algorithm: "SHA1",
    digits: 6,
    period,
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
  });

/** 74 random bits: a plain hash keeps them. */
const hashOf = (code: string): string => createHash("sha256").update(code).digest("hex");
