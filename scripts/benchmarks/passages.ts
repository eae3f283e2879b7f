import type { JournalRecord, JsonObject } from "../../src/ports/journal.ts";
import { bothSecure, type DemoSite, now, pause, until } from "./demo-site.ts";
import { type Figure, figure } from "./figures.ts";

/** Long enough for a person to be in the picture before the card is read. */
const settledMs = 2_000;

/** One person through the outer door, again and again: card to relay, seen from outside and in the record. */
export async function passages(site: DemoSite, times: number): Promise<Figure[]> {
  await site.act("PUT", "cameras/outer-entry/scene", { person: "1001" });
  await until(
    "the cameras",
    async () => (await site.state())?.cameras.every(({ state }) => state === "live") === true,
  );
  const outside: number[] = [];
  for (let run = 0; run < times; run++) {
    await pause(settledMs);
    outside.push(await cardToRelay(site));
    await walkThrough(site);
  }
  return [
    figure("card → relay, from outside (POST of the card to the lock's level)", outside, "ms", 1_000),
    ...recordedFigures(site),
  ];
}

export async function cardToRelay(site: DemoSite): Promise<number> {
  await until("both doors secure", async () => bothSecure(await site.state()));
  const presented = now();
  await site.act("POST", "cards", { accessPoint: "outer-entry", number: "1001" });
  const released = await until(
    "the outer door released",
    async () => (await site.outputs())["outer.lock"] === "released",
    15_000,
  );
  return released - presented;
}

export async function walkThrough(site: DemoSite): Promise<void> {
  await site.act("POST", "doors/outer", { action: "open" });
  await pause(500);
  await site.act("POST", "doors/outer", { action: "close" });
  await pause(1_000); // the same card sooner than this is one presentation
}

/** What the journal says of the same passages: where the time went. */
export function recordedFigures(site: DemoSite): Figure[] {
  const presented = byPassage(site.records("CardPresented"));
  const released = byPassage(site.records("DoorReleased"));
  const granted = site.records("AccessGranted").filter(({ payload }) => payload["face"] !== undefined);
  const rows = granted.flatMap((grant) => {
    const passage = passageOf(grant);
    const [card, relay] = [presented.get(passage)?.at, released.get(passage)?.at];
    if (card === undefined || relay === undefined) return [];
    return [{ card, granted: grant.at, relay, timings: timingsOf(grant) }];
  });
  const timing = (name: string): number[] => rows.map(({ timings }) => timings[name] ?? Number.NaN);
  return [
    figure(
      "card → relay, in the journal (CardPresented to DoorReleased)",
      rows.map(({ card, relay }) => relay - card),
      "ms",
      60,
    ),
    figure(
      "  the same: one in a hundred may take longer",
      rows.map(({ card, relay }) => relay - card),
      "ms",
      150,
      "p99",
    ),
    figure("  of it until vision is asked", timing("toVision"), "ms"),
    figure("  of it until the first picture is looked at", timing("toFirstFrame"), "ms"),
    figure(
      "  the engine's time for the frames compared, before the card or after: finding faces",
      timing("detect"),
      "ms",
    ),
    figure("    landmarks", timing("landmarks"), "ms"),
    figure("    descriptors", timing("embed"), "ms"),
    figure("  card to the face's verdict", timing("total"), "ms"),
    figure(
      "  verdict to the decision (the way between processes, the picture as JPEG)",
      rows.map(({ card, granted: at, timings }) => at - card - (timings["total"] ?? Number.NaN)),
      "ms",
    ),
    figure(
      "  decision to relay (durable record, then the interlock)",
      rows.map(({ granted: at, relay }) => relay - at),
      "ms",
    ),
  ];
}

function passageOf({ payload }: JournalRecord): string {
  const { passage } = payload;
  return typeof passage === "string" ? passage : "";
}

const byPassage = (records: readonly JournalRecord[]): ReadonlyMap<string, JournalRecord> =>
  new Map(records.map((record) => [passageOf(record), record]));

function timingsOf({ payload }: JournalRecord): Readonly<Record<string, number>> {
  const { timings } = payload["face"] as JsonObject; // asked for above: only grants with a face
  return timings as Readonly<Record<string, number>>; // written from numbers only
}
