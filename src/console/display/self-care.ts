import type { DisplayConnection } from "./display-connection.ts";

const checkEvery = 60_000;
/** A browser that runs for months is begun anew each day. */
const oldAfter = 24 * 60 * 60_000;
/** Nobody is at the door: it has been at rest for as long. */
const idleFor = 30_000;

/** Loads the page anew where there is a newer one, and once a day; never while somebody is at the door. */
export function careForItself(connection: DisplayConnection): void {
  const openedAt = performance.now();
  let restingSince: number | null = null;
  let wasLost = false;
  let isOutdated = false;
  connection.subscribe(() => {
    const situation = connection.situation();
    const rests = situation.is === "live" && situation.screen.text === "ready";
    restingSince = rests ? (restingSince ?? performance.now()) : null;
    // A controller that was away may be another release.
    if (situation.is === "live" && wasLost) void isNewerServed().then((is) => (isOutdated ||= is));
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
  if ((await served()) !== undefined) location.reload();
}

async function isNewerServed(): Promise<boolean> {
  const page = await served();
  return page !== undefined && scriptOf(page) !== scriptOf(document);
}

async function served(): Promise<Document | undefined> {
  const answer = await fetch("/display", { cache: "no-store", signal: AbortSignal.timeout(5_000) }).catch(
    () => undefined,
  );
  if (answer?.ok !== true) return undefined;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** The build puts a hash of its content into its name. */
const scriptOf = (page: Document): string | null | undefined =>
  page.querySelector('script[type="module"]')?.getAttribute("src");
