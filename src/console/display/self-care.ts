import { isAnotherPage } from "../live/page-version.ts";
import type { DisplayConnection } from "./display-connection.ts";

const page = "/display";

const checkEvery = 60_000;
/** A browser that runs for months is begun anew each day. */
const oldAfter = 24 * 60 * 60_000;
/** Nobody is at the door: it has been at rest for as long. */
const idleFor = 30_000;

/** Loads the page anew where there is a newer one, and once a day; never while somebody is at the door. */
export function careForItself(connection: Pick<DisplayConnection, "situation" | "subscribe">): void {
  const openedAt = performance.now();
  let restingSince: number | null = null;
  let wasLost = false;
  let isOutdated = false;
  connection.subscribe(() => {
    const situation = connection.situation();
    const rests = situation.is === "live" && situation.screen.text === "ready";
    restingSince = rests ? (restingSince ?? performance.now()) : null;
    // A controller that was away may be another release.
    if (situation.is === "live" && wasLost) void isAnotherPage(page).then((is) => (isOutdated ||= is));
    wasLost = situation.is === "lost";
  });
  setInterval(() => {
    const now = performance.now();
    const isIdle = restingSince !== null && now - restingSince >= idleFor;
    if (isIdle && (isOutdated || now - openedAt >= oldAfter)) void reload();
  }, checkEvery);
}

/** Only where the page can be had again: a blank screen helps nobody. */
async function reload(): Promise<void> {
  const answer = await fetch(page, { cache: "no-store", signal: AbortSignal.timeout(5_000) }).catch(
    () => undefined,
  );
  if (answer?.ok === true) location.reload();
}
