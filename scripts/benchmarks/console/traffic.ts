import { type DemoSite, pause, until } from "../demo-site.ts";
import { cardToRelay, walkThrough } from "../passages.ts";

/** A busy branch: six hundred passages of ten records each. The year of `large-site.ts` is that of one with a third of it. */
export const recordsOfABusyDay = 6_000;

const aroundTheDoors = ["inner-entry", "inner-exit", "outer-exit"] as const;

/** Cards that nobody knows: each is a record or two, a denial at the door, and an alarm that counts. */
export async function cards(site: DemoSite, perSecond: number, seconds: number): Promise<void> {
  const places = ["outer-entry", ...aroundTheDoors] as const;
  const end = performance.now() + seconds * 1_000;
  for (let count = 0, next = performance.now(); next < end; count++, next += 1_000 / perSecond) {
    await pause(Math.max(0, next - performance.now()));
    const accessPoint = places[count % places.length];
    await site.act("POST", "cards", { accessPoint, number: String(900_000 + (count % 5_000)) });
  }
}

export interface TrafficSoFar {
  records: number;
  passages: number;
  /** What came to nothing: a door that was not secure, a reader that was locked out, a request that took too long. */
  failed: number;
  acknowledged: number;
}

/**
 * Until `ended` is aborted: people who pass with card and face, one after another; at the other readers cards that nobody knows, as
 * many as are missing from `perSecond` records; and somebody who acknowledges what there is, once a minute.
 */
export async function traffic(
  site: DemoSite,
  perSecond: number,
  ended: AbortSignal,
  sofar: TrafficSoFar,
): Promise<void> {
  await until(
    "somebody before the camera",
    () =>
      site.act("PUT", "cameras/outer-entry/scene", { person: "1001" }).then(
        () => true,
        () => false,
      ),
    60_000,
    1_000,
  );
  let first = 0;
  await until("the newest record", async () => (first = await site.lastRecord()) > 0, 60_000, 1_000);
  const began = performance.now();
  const goOn = async (pauseMs: number, work: () => Promise<void>): Promise<void> => {
    while (!ended.aborted) {
      await work().catch(() => void sofar.failed++);
      await pause(pauseMs);
    }
  };
  const pass = async (): Promise<void> => {
    await cardToRelay(site);
    await walkThrough(site);
    sofar.passages++;
  };
  let count = 0;
  const fill = async (): Promise<void> => {
    sofar.records = Math.max(sofar.records, (await site.lastRecord()) - first);
    const missing = ((performance.now() - began) / 1_000) * perSecond - sofar.records;
    // A card leaves about four records. What stood still for a while is not caught up with at once.
    for (let card = 0; card < Math.min(missing / 4, perSecond / 2); card++) {
      const accessPoint = aroundTheDoors[count++ % aroundTheDoors.length];
      await site.act("POST", "cards", { accessPoint, number: String(900_000 + (count % 5_000)) });
    }
  };
  const acknowledge = async (): Promise<void> => {
    sofar.acknowledged += await site.acknowledgeAll("seen by the benchmark");
  };
  await Promise.all([goOn(4_000, pass), goOn(1_000, fill), goOn(60_000, acknowledge)]);
}
