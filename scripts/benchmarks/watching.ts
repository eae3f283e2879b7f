import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { JournalRecord, JsonObject } from "../../src/ports/journal.ts";
import { RtspServer } from "../../test/support/rtsp-server.ts";
import { emptyVideo, personVideo } from "../../test/support/test-videos.ts";
import { bothSecure, DemoSite, now, pause, type StateSeen, until } from "./demo-site.ts";
import { type Figure, figure } from "./figures.ts";
import { cardToRelay, recordedFigures, walkThrough } from "./passages.ts";
import { childNamed, processorShare } from "./process-figures.ts";

/** Longer than a run: a film that comes round again is a replay, and refused as one (T17). */
const filmSeconds = 300;
/** Cameras have long been idle by then. */
const restMs = 15_000;
const cpuMs = 15_000;
/** People stand before a reader for so long before their card is read. */
const settledMs = 2_500;

const cameras = 4;

/** Four real streams of 720p15 on two cores: what watching costs, and what it saves when the card comes. */
export async function watching(
  data: string,
  times: { watched: number; arriving: number },
): Promise<Figure[]> {
  const files = { empty: await emptyVideo(filmSeconds), person: await personVideo("1001", filmSeconds) };
  await using servers = new AsyncDisposableStack();
  const streams: RtspServer[] = [];
  for (let camera = 0; camera < cameras; camera++)
    streams.push(servers.use(await RtspServer.start({ files })));
  await using site = await DemoSite.start(data, "", siteWith(data, streams));
  await until("the page", () => site.pageAnswers(), 120_000, 100);
  await site.logIn();
  await until("the demo's people", async () => (await site.enrolledPhotos()) >= 3, 120_000, 100);
  await until("the cameras", async () => areLive(await site.state()), 30_000);
  await until("both doors secure", async () => bothSecure(await site.state()), 60_000);
  const vision = childNamed(site.pid, "vision");
  const [door] = streams;
  if (door === undefined) throw new Error("there are four");
  await pause(restMs);
  const idle = await processorShare(vision, cpuMs);
  await door.show("person", "running");
  await pause(settledMs);
  const watched = await processorShare(vision, cpuMs);
  const outside = await watchedPassages(site, times.watched);
  const recorded = recordedFigures(site);
  const arriving = await arrivals(site, door, times.arriving);
  return [
    figure(
      "4 cameras of 720p15, nobody there: vision and its decoders, for each camera",
      [idle / cameras],
      "% of a core",
      5,
    ),
    figure("one face watched, beside that", [watched - idle], "% of a core", 60),
    figure("card → relay with a face in view, from outside", outside, "ms"),
    ...recorded,
    figure("card, then a face: first usable frame → relay", arriving, "ms", 700),
  ];
}

function siteWith(data: string, streams: readonly RtspServer[]): string {
  const site = parse(readFileSync("firmware-config/demo.yaml", "utf8")) as {
    cameras: { source: unknown }[];
  }; // the project's own file
  for (const [index, camera] of site.cameras.entries()) {
    const stream = streams[index];
    if (stream !== undefined) camera.source = { kind: "rtsp", url: stream.url };
  }
  const file = join(data, "site.yaml");
  writeFileSync(file, stringify(site));
  return file;
}

/** A camera whose pictures come late on a busy machine is refused, and rightly: that is no figure of a passage. */
const mostRefused = 3;

async function watchedPassages(site: DemoSite, times: number): Promise<number[]> {
  const outside: number[] = [];
  for (let run = 0, refused = 0; run < times; run++) {
    await until("the cameras", async () => areLive(await site.state()), 30_000);
    await pause(settledMs);
    try {
      outside.push(await cardToRelay(site));
      await walkThrough(site);
    } catch (error) {
      refused += 1;
      if (refused > mostRefused) throw error;
    }
  }
  return outside;
}

const areLive = (state: StateSeen | undefined): boolean =>
  state?.cameras.every((camera) => camera.state === "live") === true;

/** Each time nobody is there when the card is read, and somebody comes into the picture half a second later. */
async function arrivals(site: DemoSite, door: RtspServer, times: number): Promise<number[]> {
  const took: number[] = [];
  for (let run = 0, refused = 0; run < times; run++) {
    await door.show("empty", "running");
    await until("the cameras", async () => areLive(await site.state()), 30_000);
    await until("both doors secure", async () => bothSecure(await site.state()));
    await pause(settledMs);
    const presented = now();
    await site.act("POST", "cards", { accessPoint: "outer-entry", number: "1001" });
    await pause(500);
    await door.show("person", "running");
    try {
      await until("the outer door released", () => recordAfter(site, "DoorReleased", presented), 10_000);
      took.push(firstFrameToRelay(site, presented));
      await walkThrough(site);
    } catch (error) {
      refused += 1;
      if (refused > mostRefused) throw error;
    }
  }
  return took;
}

const recordAfter = (site: DemoSite, type: string, at: number): boolean =>
  site.records(type).some((record) => record.at > at);

/** From the first frame whose face could be described, whether or not it is among those that decided. */
function firstFrameToRelay(site: DemoSite, presented: number): number {
  const after = (type: string): JournalRecord | undefined =>
    site.records(type).findLast((record) => record.at > presented);
  const card = after("CardPresented");
  const face = after("AccessGranted")?.payload["face"] as JsonObject | undefined; // a grant by a face
  const timings = (face?.["timings"] ?? {}) as Readonly<Record<string, number>>; // written from numbers only
  const first = (card?.at ?? Number.NaN) + (timings["toFirstFace"] ?? Number.NaN);
  return (after("DoorReleased")?.at ?? Number.NaN) - first;
}
