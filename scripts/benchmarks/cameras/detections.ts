import { setTimeout as pause } from "node:timers/promises";
import { openRtspCamera } from "../../../src/drivers/camera-rtsp/rtsp-frame-source.ts";
import { SystemClock } from "../../../src/drivers/clock/system-clock.ts";
import type { CameraHealthEvent } from "../../../src/ports/vision-link.ts";
import { cameraHealthDefaults } from "../../../src/vision/camera-health-policy.ts";
import { WatchedCamera } from "../../../src/vision/watched-camera.ts";
import { RtspServer } from "../../../test/support/rtsp-server.ts";
import { testVideos } from "../../../test/support/test-videos.ts";
import { type Figure, figure } from "../figures.ts";

const clock = new SystemClock();
const framesPerSecond = 8;
/** Longer than any of them takes: then there is no figure, and that is said. */
const patience = 90_000;
/** Two key pictures, and as long as the camera's habit takes to be known. */
const settling = 22_000;

interface Trouble {
  readonly what: string;
  readonly begin: (server: RtspServer) => Promise<void>;
  readonly end: (server: RtspServer) => Promise<void>;
}

const shows = (
  what: string,
  video: "black" | "white" | "covered" | "blurred" | "frozen" | "loop",
): Trouble => ({
  what,
  begin: (server) => server.show(video),
  end: (server) => server.show("quiet", "running"),
});

const troubles: readonly Trouble[] = [
  shows("black", "black"),
  shows("white", "white"),
  shows("covered", "covered"),
  shows("blurred", "blurred"),
  shows("frozen (one picture encoded again and again)", "frozen"),
  shows("a loop of 3 s", "loop"),
  {
    what: "nothing comes any more",
    begin: (server) => server.hush(true),
    end: (server) => server.hush(false),
  },
];

interface Detection {
  readonly refused: number | undefined;
  readonly alarm: number | undefined;
}

/**
 * From the moment in which a real RTSP server begins to show it until nobody is compared with that camera any more, and
 * until the alarm: with every picture decoded, and with nobody there, when only key pictures are.
 */
export async function detectionFigures(rounds: number): Promise<Figure[]> {
  const videos = await testVideos("quiet", "black", "white", "covered", "blurred", "frozen", "loop");
  const figures: Figure[] = [];
  for (const pace of ["live", "idle"] as const) {
    for (const trouble of troubles) {
      const found: Detection[] = [];
      for (let round = 0; round < rounds; round++) found.push(await detected(videos, trouble, pace));
      const times = (which: keyof Detection): number[] =>
        found.flatMap((one) => (one[which] === undefined ? [] : [one[which]]));
      if (pace === "live")
        figures.push(figure(`${trouble.what}, ${pace}: nobody is compared`, times("refused"), "ms"));
      figures.push(figure(`${trouble.what}, ${pace}: alarm`, times("alarm"), "ms"));
    }
  }
  return figures;
}

async function detected(
  files: Readonly<Record<string, string>>,
  trouble: Trouble,
  pace: "live" | "idle",
): Promise<Detection> {
  await using server = await RtspServer.start({ files });
  const options = { cameraId: "c", url: server.url, framesPerSecond };
  const source = openRtspCamera(options, { clock, random: Math.random });
  const events: CameraHealthEvent[] = [];
  const camera = new WatchedCamera(source, cameraHealthDefaults, clock, {
    onState: () => undefined,
    onHealth: (_camera, event) => void events.push(event),
  });
  await pause(settling / 2);
  source.pace(pace);
  await pause(settling / 2);
  events.length = 0;
  await trouble.begin(server);
  const begun = performance.now();
  const found = await firstOf(camera, events, begun, pace);
  await trouble.end(server);
  await camera.close();
  return found;
}

async function firstOf(
  camera: WatchedCamera,
  events: readonly CameraHealthEvent[],
  begun: number,
  pace: "live" | "idle",
): Promise<Detection> {
  let refused: number | undefined;
  for (;;) {
    const passed = performance.now() - begun;
    // An idle camera shows what was, and is woken before anybody is compared: only the alarm says something of it.
    if (refused === undefined && pace === "live" && camera.obstacle() !== undefined) refused = passed;
    if (events.some(({ type }) => type !== "CameraRestored")) return { refused, alarm: passed };
    if (passed > patience) return { refused, alarm: undefined };
    await pause(5);
  }
}
