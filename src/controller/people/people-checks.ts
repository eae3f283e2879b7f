import type { Milliseconds, WallTime } from "../../domain/time.ts";
import {
  type Cardholder,
  type CardholderChange,
  type Directory,
  DirectoryRefusal,
} from "../../ports/directory.ts";

/** A visitor's card is good for hours (A7). */
export const longestVisit: Milliseconds = 24 * 3_600_000;

/** A level that does not exist opens nothing; the clerk should know now, not the cardholder at the door. */
export function requireLevels(names: readonly string[], levels: readonly string[]): void {
  const unknown = names.filter((name) => !levels.includes(name));
  if (unknown.length === 0) return;
  const known = levels.join(", ") || "none";
  throw new DirectoryRefusal(
    "unknownAccessLevel",
    `no access level ${unknown.join(", ")}; this site has: ${known}`,
  );
}

/** T43: nobody gives themselves a card, a face, a PIN or a level; a second person does it. */
export function requireSomebodyElse(
  directory: Pick<Directory, "findByOperator">,
  operator: string,
  cardholder: string | null,
): void {
  if (cardholder === null || directory.findByOperator(operator)?.id !== cardholder) return;
  throw new DirectoryRefusal(
    "selfService",
    `${operator} is this cardholder: another operator has to change them`,
  );
}

/** §7, where the site asks for it: no face without consent. */
export function requireConsent({ consent }: Pick<Cardholder, "consent">, isRequired: boolean): void {
  if (!isRequired || consent !== undefined) return;
  throw new DirectoryRefusal("consentMissing", "no consent of this person is on record");
}

const aboutTheVisit = [
  "kind",
  "host",
  "validFrom",
  "validUntil",
] as const satisfies (keyof CardholderChange)[];

export const isAboutTheVisit = (change: CardholderChange): boolean =>
  aboutTheVisit.some((field) => change[field] !== undefined);

/** A7: a visitor has a host who works here, and an end within a day. */
export function requireWholeVisit(
  { kind, host, validFrom, validUntil }: Pick<Cardholder, "kind" | "host" | "validFrom" | "validUntil">,
  now: WallTime,
  hostOf: (id: string) => Cardholder | undefined,
): void {
  if (kind !== "visitor") return;
  const found = host === undefined ? undefined : hostOf(host);
  if (found === undefined) throw incomplete("a visitor needs the name of a host");
  if (found.kind === "visitor" || found.status !== "active")
    throw incomplete("the host is somebody who works here, and is not suspended");
  if (validUntil === undefined) throw incomplete("a visitor needs an end: validUntil");
  if (validUntil - (validFrom ?? now) > longestVisit)
    throw incomplete("a visit lasts a day at the most; for longer, register a member of staff");
}

const incomplete = (message: string): DirectoryRefusal => new DirectoryRefusal("visitorIncomplete", message);
