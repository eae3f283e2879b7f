import { setTimeout as sleep } from "node:timers/promises";
import type { DenialReason } from "../../src/domain/access/event.ts";
import { isFailure } from "../../src/domain/access/lock-out.ts";
import type { AccessPointName } from "../../src/domain/names.ts";
import type { SiteDraft } from "./demo-daemon.ts";
import type { SiteApi } from "./site-api.ts";
import { seen } from "./until.ts";

const tries = 8;

const pins = { pin: "4711", duressPin: "8053" } as const;

/**
 * By card, face and PIN from the street. `guardRoom`: consoles opened at the box show a duress; every browser of a test is
 * one.
 */
export function withDuress(draft: SiteDraft, guardRoom: boolean): void {
  draft.accessLevels = [
    { name: "street", accessPoints: ["outer-entry"], mode: "card+face+pin" },
    { name: "inside", accessPoints: ["inner-entry", "inner-exit", "outer-exit"], mode: "card+face" },
  ];
  // As long as a face, and an operator, may take: browsers and nets share this machine.
  draft.access = { maxFailures: 5, verifyTimeout: 7, remoteWindow: 300 };
  Object.assign(draft, { heartbeatTime: 5, operators: { localConsoleSeesDuress: guardRoom } });
}

/** People by card, each with a PIN of their own and one for duress. */
export async function peopleWithPins(api: SiteApi): Promise<Readonly<Record<string, string>>> {
  const people = await api.enrolled();
  await api.seeing();
  for (const card of ["1001", "1002"]) await api.ask("PUT", `/cardholders/${people[card]}/pin`, pins);
  return people;
}

/** Somebody at a reader, until it is recorded; on a busy machine a face is not found in the first pictures. */
export async function comes(
  api: SiteApi,
  accessPoint: AccessPointName,
  card: string,
  until: string,
): Promise<void> {
  await api.ask("PUT", `/simulator/cameras/${accessPoint}/scene`, { person: card });
  for (let left = tries; ; left--) {
    await api.seeing();
    await api.atRest();
    await sleep(1_500); // to have been in the picture before the card is read
    const start = await api.lastSeq();
    await api.present(accessPoint, card);
    const { type, reason } = await seen(
      async () => (await api.events(start)).find(({ type }) => type === until || type === "AccessDenied"),
      `${until} at ${accessPoint}`,
    );
    if (type === until) return;
    // What is nobody's failure is the machine's.
    if (left === 1 || isFailure(reason as DenialReason)) throw new Error(`refused as ${String(reason)}`);
  }
}

/** Somebody comes in by the outer door, forced to. */
export async function comesForced(api: SiteApi, card: string): Promise<void> {
  await comes(api, "outer-entry", card, "PinAsked");
  await api.ask("POST", "/simulator/keys", { accessPoint: "outer-entry", keys: `${pins.duressPin}#` });
}
