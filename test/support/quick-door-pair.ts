import sharp, { type Metadata } from "sharp";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { DemoDaemon, type SiteDraft } from "./demo-daemon.ts";
import type { Recorded, SiteApi } from "./site-api.ts";
import { seen } from "./until.ts";

// One door pair of real processes; every test leaves it at rest. Times are the shortest the configuration allows.

const password = "two doors and one key";
export const lockoutTime = 10;

export let daemon: DemoDaemon;
export let api: SiteApi;
/** Ids of the demo's people by card. */
export let people: Readonly<Record<string, string>>;
/** The journal's last number when the test under way began. */
export let start: number;

function quick(site: SiteDraft): void {
  site.board.doorCloserTime = 1;
  site.access = { lockoutTime, verifyTimeout: 3 };
  site.data = { ...site.data, clips: { before: 3, after: 1 } };
  for (const door of Object.values(site.vestibules[0]?.doors ?? {})) {
    Object.assign(door, { releaseTime: 2, heldOpenTime: 5, heldOpenWarning: 1 });
  }
}

/** Gives the tests of one file their door pair; to be called once, at its top. */
export function useDoorPair(name: string): void {
  beforeAll(async () => {
    daemon = await DemoDaemon.start({ name, password, site: quick });
    api = await daemon.logIn();
    people = await api.enrolled();
    await api.seeing();
  });

  afterAll(() => daemon?.[Symbol.asyncDispose]());

  beforeEach(async () => {
    await api.atRest();
    start = await api.lastSeq();
  });
}

/** Until whoever stands there now is all that a verification may still look at (frameMaxAge). */
export async function standing(camera: string, ...cards: string[]): Promise<void> {
  await api.show(camera, ...cards);
  await inView();
}

export async function inView(): Promise<void> {
  const from = (await api.state()).clock.monotonic;
  await seen(
    async () => ((await api.state()).clock.monotonic > from + 1_000 ? true : undefined),
    "fresh frames",
  );
}

export async function denied(accessPoint: "outer-entry" | "inner-entry", card: string): Promise<Recorded> {
  const seq = await api.lastSeq();
  await api.present(accessPoint, card);
  return await api.recorded("AccessDenied", seq, { accessPoint, card });
}

export async function granted(accessPoint: "outer-entry" | "inner-entry", card: string): Promise<Recorded> {
  const seq = await api.lastSeq();
  const outcome = await api.outcomeOf(accessPoint, card);
  expect(outcome, JSON.stringify(outcome)).toMatchObject({ type: "DoorReleased" });
  return await api.recorded("AccessGranted", seq);
}

export async function picture(hash: unknown): Promise<Metadata> {
  const answer = await api.send("GET", `/evidence/${String(hash)}`);
  expect(answer.status).toBe(200);
  return await sharp(answer.bytes).metadata();
}
