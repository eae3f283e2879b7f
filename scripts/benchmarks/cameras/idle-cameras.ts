import { readdirSync, readFileSync } from "node:fs";
import { openRtspCamera } from "../../../src/drivers/camera-rtsp/rtsp-frame-source.ts";
import { SystemClock } from "../../../src/drivers/clock/system-clock.ts";
import type { FramePace, FrameSource } from "../../../src/ports/frame-source.ts";
import { cameraHealthDefaults } from "../../../src/vision/camera-health-policy.ts";
import { WatchedCamera } from "../../../src/vision/watched-camera.ts";
import { RtspServer } from "../../../test/support/rtsp-server.ts";
import { testVideos } from "../../../test/support/test-videos.ts";
import { type Figure, figure } from "../figures.ts";

export interface CameraBenchmark {
  readonly cameras: number;
  readonly measuredMs: number;
  readonly wakes: number;
}

const clock = new SystemClock();
const pause = (length: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, length));

/**
 * What cameras of 720p15 H.264, 2 Mbit/s, a key picture every 2 s, take of the processor with nobody there and with
 * every picture decoded, our judgement of their health included; and how long one takes from idle to a present picture.
 * Each is a connection of its own to a real RTSP server, whose own time is not counted.
 */
export async function cameraFigures({ cameras, measuredMs, wakes }: CameraBenchmark): Promise<Figure[]> {
  await using server = await RtspServer.start({ files: await testVideos("street") });
  const figures: Figure[] = [];
  for (const framesPerSecond of [5, 10]) {
    const sources = Array.from({ length: cameras }, (_, index) =>
      openRtspCamera(
        { cameraId: `c${index}`, url: server.url, framesPerSecond },
        { clock, random: Math.random },
      ),
    );
    const watched = sources.map((source) => watch(source));
    while (!sources.every((source) => source.state().phase === "live")) await pause(100);
    await pause(8_000); // two key pictures have told their distance
    for (const pace of ["live", "idle"] as const) {
      const share = await shareOf(sources, pace, measuredMs);
      const what = pace === "live" ? `live at ${framesPerSecond} pictures/s` : "idle";
      if (pace === "live" || framesPerSecond === 10) {
        figures.push(
          figure(`processor per camera, ${what}`, [share], "% of a core", pace === "idle" ? 5 : undefined),
        );
      }
    }
    if (framesPerSecond === 10) figures.push(...(await wakeFigures(sources, wakes)));
    for (const camera of watched) await camera.close();
  }
  return figures;
}

function watch(source: FrameSource): WatchedCamera {
  const listener = { onState: () => undefined, onHealth: () => undefined };
  return new WatchedCamera(source, cameraHealthDefaults, clock, listener);
}

async function shareOf(sources: readonly FrameSource[], pace: FramePace, length: number): Promise<number> {
  for (const source of sources) source.pace(pace);
  await pause(1_000);
  const before = { cpu: ownCpuMs(), at: performance.now() };
  await pause(length);
  return (100 * (ownCpuMs() - before.cpu)) / (performance.now() - before.at) / sources.length;
}

async function wakeFigures(sources: readonly FrameSource[], wakes: number): Promise<Figure[]> {
  const waits: number[] = [];
  const ages: number[] = [];
  for (let wake = 0; wake < wakes; wake++) {
    const source = sources[wake % sources.length];
    if (source === undefined) break;
    source.pace("idle");
    // Anywhere between two key pictures.
    await pause(2_000 + ((wake * 617) % 2_000));
    const woken = clock.now();
    const frame = await new Promise<{ at: number; heard: number }>((resolve) => {
      const listening = source.listen({
        onFrame: ({ at }) => {
          listening[Symbol.dispose]();
          resolve({ at, heard: clock.now() });
        },
      });
      source.pace("live");
    });
    waits.push(frame.heard - woken);
    ages.push(frame.heard - frame.at);
  }
  return [
    figure("an idle camera is woken: until the first picture", waits, "ms", 250, "p99"),
    figure("an idle camera is woken: how old that picture is", ages, "ms"),
  ];
}

/** This process and its FFmpegs, user and system. */
function ownCpuMs(): number {
  const own = process.cpuUsage();
  let total = (own.user + own.system) / 1000;
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const [, name, rest = ""] =
        /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${entry}/stat`, "utf8")) ?? [];
      const fields = rest.split(" ");
      if (name === "ffmpeg" && Number(fields[1]) === process.pid) {
        total += (Number(fields[11]) + Number(fields[12])) * 10;
      }
    } catch {
      // It ended meanwhile.
    }
  }
  return total;
}
