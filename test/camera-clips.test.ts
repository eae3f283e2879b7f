import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { after } from "../src/domain/time.ts";
import { CameraClips } from "../src/drivers/camera-rtsp/camera-clips.ts";
import { openRtspCamera } from "../src/drivers/camera-rtsp/rtsp-frame-source.ts";
import type { TakenClip } from "../src/ports/camera-control.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";
import { clock } from "./support/opened-camera.ts";
import { RtspServer } from "./support/rtsp-server.ts";
import { testVideos } from "./support/test-videos.ts";
import { until } from "./support/until.ts";

// Clips of cameras on a real RTSP server, 15 pictures a second, a key picture every 2 s, taken without decoding.

watchMachine();

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vestibule-clips-"));
  await testVideos("live", "live265");
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

function opened(url: string, mostBytes = 16_000_000) {
  const clips = new CameraClips({ cameraId: "c1", clock, span: 12_000, mostBytes });
  const options = { cameraId: "c1", url, longestRetryDelay: 300 };
  const source = openRtspCamera(options, { clock, random: Math.random, units: clips });
  return { clips, source, [Symbol.asyncDispose]: () => source[Symbol.asyncDispose]() };
}

const kept = (clip: TakenClip) => {
  if (!clip.kept) throw new Error(clip.detail);
  return clip;
};

/** Hashes of the slices of each picture, without what containers put between them; and when each is shown. */
async function picturesOf(file: string, codec: "h264" | "h265") {
  const bare =
    codec === "h264"
      ? "h264_mp4toannexb,filter_units=pass_types=1-5"
      : "hevc_mp4toannexb,filter_units=pass_types=0-21";
  const hashed = ["-map", "0:v:0", "-c", "copy", "-bsf:v", bare, "-f", "framehash", "-hash", "sha256", "-"];
  const { stdout } = await run("ffmpeg", ["-v", "error", "-i", file, ...hashed]);
  const timeBase = /#tb 0: (\d+)\/(\d+)/.exec(stdout);
  const tick = (1_000 * Number(timeBase?.[1])) / Number(timeBase?.[2]);
  const lines = stdout.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return lines.map((line) => {
    const [, , pts, , , hash = ""] = line.split(",").map((part) => part.trim());
    return { at: Number(pts) * tick, hash };
  });
}

describe.concurrent.each(["h264", "h265"] as const)("%s", (codec) => {
  test(
    "what an idle camera sent before and after: its own pictures, in its own time, from a key picture on",
    againWhereHeldUp,
    async () => {
      const film = codec === "h264" ? "live" : "live265";
      const path = Object.values(await testVideos(film))[0] ?? "";
      await using server = await RtspServer.start({ files: { film: path }, codec });
      await using camera = opened(server.url);
      await until(() => camera.source.state().phase === "live", "a live camera");
      camera.source.pace("idle");
      await sleep(3_500);
      const alarmAt = clock.now();
      const clip = kept(await camera.clips.clip(after(alarmAt, -2_000), after(alarmAt, 1_000)));
      expect(clip.cut).toBeNull();
      // From the key picture before, at most one group earlier.
      expect(clip.from).toBeLessThanOrEqual(alarmAt - 2_000);
      expect(clip.from).toBeGreaterThan(alarmAt - 4_300);
      expect(Math.abs(clip.until - (alarmAt + 1_000))).toBeLessThan(200);
      const file = join(folder, `${codec}.mp4`);
      await writeFile(file, clip.mp4);
      const [own, pictures] = await Promise.all([picturesOf(path, codec), picturesOf(file, codec)]);
      expect(pictures.length).toBeGreaterThan(40);
      expect(pictures.length).toBeLessThan(85);
      const start = own.findIndex(({ hash }) => hash === pictures[0]?.hash);
      expect(start % 30).toBe(0);
      const sent = pictures.map((_, index) => own[(start + index) % own.length]?.hash);
      expect(pictures.map(({ hash }) => hash)).toEqual(sent);
      // As the camera counts its time, to the millisecond that Matroska has on the way.
      const steps = pictures.slice(1).map(({ at }, index) => at - (pictures[index]?.at ?? 0));
      for (const step of steps) expect(Math.abs(step - 1_000 / 15)).toBeLessThan(1.1);
      expect(await shapeOf(file)).toEqual(["ftyp", "moov", "mdat"]);
      // And a decoder finds nothing wrong with it.
      const decoded = await run("ffmpeg", ["-v", "warning", "-xerror", "-i", file, "-f", "null", "-"]);
      expect(decoded.stderr).toBe("");
      expect(camera.clips.held).toBeLessThan(1_000_000);
    },
  );
});

/** The parts of the file; the index comes before the pictures, so that a browser shows it while it loads. */
async function shapeOf(file: string): Promise<readonly string[]> {
  const bytes = await readFile(file);
  const names: string[] = [];
  for (let at = 0; at < bytes.length && names.length < 3; at += bytes.readUInt32BE(at))
    names.push(bytes.toString("latin1", at + 4, at + 8));
  return names;
}

test.concurrent(
  "a camera that dies in between: what there was, and that it went silent; one that sends nothing: no clip",
  againWhereHeldUp,
  async () => {
    await using server = await RtspServer.start({ files: await testVideos("live") });
    await using camera = opened(server.url);
    await until(() => camera.source.state().phase === "live", "a live camera");
    await sleep(2_500);
    const alarmAt = clock.now();
    const clipped = camera.clips.clip(after(alarmAt, -1_000), after(alarmAt, 3_000));
    await sleep(500);
    await server.kill();
    const clip = kept(await clipped);
    expect(clip.until - alarmAt).toBeLessThan(900);
    expect(clip.cut).toMatch(/^nothing came for 2\.\d s$/);
    const file = join(folder, "died.mp4");
    await writeFile(file, clip.mp4);
    expect((await picturesOf(file, "h264")).length).toBeGreaterThan(20);
    const now = clock.now();
    expect(await camera.clips.clip(after(now, -100), now)).toMatchObject({ kept: false });
  },
);

test.concurrent(
  "a camera that sends more than its share of memory: the clip is shorter and says so",
  againWhereHeldUp,
  async () => {
    await using server = await RtspServer.start({ files: await testVideos("live") });
    await using camera = opened(server.url, 150_000);
    await until(() => camera.source.state().phase === "live", "a live camera");
    await sleep(4_500);
    const now = clock.now();
    const clip = kept(await camera.clips.clip(after(now, -4_000), now));
    expect(clip.from).toBeGreaterThan(now - 3_900);
    expect(clip.cut).toMatch(/too little memory/);
    expect(camera.clips.held).toBeLessThanOrEqual(150_000);
  },
);
