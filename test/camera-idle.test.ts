import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { cameraFindings } from "../src/composition/doctor/camera-findings.ts";
import type { SiteConfiguration } from "../src/config/site-schema.ts";
import { openRtspCamera } from "../src/drivers/camera-rtsp/rtsp-frame-source.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";
import { clock, live, type Opened, open } from "./support/opened-camera.ts";
import { RtspServer } from "./support/rtsp-server.ts";
import { mutatedVideo, testVideos } from "./support/test-videos.ts";
import { until } from "./support/until.ts";

// Cameras on a real RTSP server, 15 pictures a second, a key picture every 2 s.

watchMachine();

// The tests mostly wait, each for a camera of its own; the films are made once before.
beforeAll(async () => void (await testVideos("live", "live265", "quiet", "appears")));

/** By then their distance is known. */
async function twoKeyPictures(camera: Opened): Promise<void> {
  const [first] = camera.frames;
  await until(
    () => (camera.source.newest()?.at ?? 0) > (first?.at ?? 0) + 2_200,
    "two key pictures to be seen",
  );
}

describe.concurrent.each(["h264", "h265"] as const)("%s", (codec) => {
  const film = codec === "h264" ? "live" : "live265";

  test(
    "idle, key pictures only; woken, the present at once, without another connection",
    againWhereHeldUp,
    async () => {
      await using server = await RtspServer.start({ files: await testVideos(film), codec });
      await using camera = open(server.url);
      await live(camera);
      await twoKeyPictures(camera);
      expect(camera.frames.every(({ intact }) => intact)).toBe(true);
      camera.source.pace("idle");
      await sleep(300);
      const before = camera.frames.length;
      await sleep(4_200);
      const idle = camera.frames.length - before;
      expect(idle).toBeGreaterThanOrEqual(2);
      expect(idle).toBeLessThanOrEqual(3);
      // Between two key pictures, the next one a second away: it is not what the watcher is given.
      const key = camera.frames.length;
      await until(() => camera.frames.length > key, "a key picture");
      await sleep(1_000);
      const shown = camera.frames.length;
      const wokenAt = clock.now();
      camera.source.pace("live");
      await until(() => camera.frames.length > shown, "a picture");
      expect(clock.now() - wokenAt).toBeLessThan(700);
      const woken = camera.frames[shown];
      expect(woken?.at ?? 0).toBeGreaterThan(wokenAt - 300);
      expect(woken?.rgb).not.toEqual(camera.frames[shown - 1]?.rgb);
      await sleep(1_000);
      expect(camera.frames.length - shown).toBeGreaterThanOrEqual(4);
      expect(camera.frames.every(({ intact }) => intact)).toBe(true);
      expect(camera.states.map(({ phase }) => phase)).toEqual(["live"]);
    },
  );

  test.each(
    codec === "h264"
      ? [
          [11, 300],
          [12, 40],
        ]
      : [[13, 200]],
  )(
    "T22 malformed, idle and woken again and again (seed %i, one byte in %i): the process lives, the camera recovers",
    againWhereHeldUp,
    async (seed, every) => {
      const files = await testVideos(film);
      const clean =
        codec === "h264" ? (files as { live: string }).live : (files as { live265: string }).live265;
      const mutated = await mutatedVideo(clean, seed, every);
      await using server = await RtspServer.start({ files: { clean, mutated }, codec });
      await using camera = open(server.url, { longestRetryDelay: 500 });
      await live(camera);
      await twoKeyPictures(camera);
      const memory = process.memoryUsage().rss;
      await server.show("mutated");
      await until(() => camera.source.newest()?.intact !== true, "the damage to be noticed");
      for (let turn = 0; turn < 4; turn++) {
        camera.source.pace(turn % 2 === 0 ? "idle" : "live");
        await sleep(500);
      }
      expect(process.memoryUsage().rss - memory).toBeLessThan(150e6);
      await server.show("clean");
      await until(() => camera.source.newest()?.intact === true, "an intact picture");
    },
  );
});

test.concurrent(
  "somebody comes between two key pictures: seen before the next one, with nobody calling",
  againWhereHeldUp,
  async () => {
    await using server = await RtspServer.start({ files: await testVideos("quiet", "appears") });
    await using camera = open(server.url);
    await live(camera);
    await twoKeyPictures(camera);
    camera.source.pace("idle");
    await server.show("appears");
    const shownAt = clock.now();
    // Key pictures come 2 s apart; the first one that does not is what was looked for.
    const gaps = () =>
      camera.frames
        .filter(({ at }) => at > shownAt + 3_000)
        .map(({ at }, index, all) => ({ at: at - shownAt, gap: at - (all[index - 1]?.at ?? 0) }))
        .filter(({ gap }) => gap < 1_500);
    await until(() => gaps().length > 3, "pictures between key pictures");
    const [first] = gaps();
    expect(first?.at ?? 0).toBeGreaterThan(6_600);
    expect(first?.at ?? 0).toBeLessThan(7_700);
  },
);

test.concurrent("key pictures too far apart: never idle, which doctor finds", againWhereHeldUp, async () => {
  // Thirty pictures from one to the next: three seconds.
  await using server = await RtspServer.start({ files: await testVideos("live"), framesPerSecond: 10 });
  await using camera = open(server.url);
  await until(() => {
    const state = camera.source.state();
    return state.phase === "live" && state.keyPicturesRare === true;
  }, "the camera's habit to be known");
  camera.source.pace("idle");
  const before = camera.frames.length;
  const site = { cameras: [{ id: "street", source: { kind: "rtsp", url: server.url } }] };
  const [finding] = await cameraFindings(
    site as unknown as SiteConfiguration, // what is looked at of it
    () => openRtspCamera({ cameraId: "street", url: server.url }, { clock, random: Math.random }),
    clock,
  );
  expect(finding).toMatchObject({
    verdict: "doubtful",
    seen: { en: expect.stringMatching(/key pictures/), zh: expect.stringMatching(/关键帧/) },
    todo: { en: expect.stringMatching(/GOP/) },
  });
  expect(camera.frames.length - before).toBeGreaterThan(25);
});

test.concurrent(
  "lost packets while idle: the next pictures are distrusted, woken or not",
  againWhereHeldUp,
  async () => {
    await using server = await RtspServer.start({ files: await testVideos("live") });
    await using camera = open(server.url);
    await live(camera);
    await twoKeyPictures(camera);
    camera.source.pace("idle");
    await server.lose(0.2);
    await sleep(600);
    await server.lose(0);
    camera.source.pace("live");
    const before = camera.frames.length;
    await until(() => camera.frames.length > before, "a picture");
    expect(camera.frames[before]?.intact).toBe(false);
    await until(() => camera.source.newest()?.intact === true, "trust again");
  },
);

test.concurrent(
  "a camera that stalls while idle is lost after stallTimeout, and comes back idle",
  againWhereHeldUp,
  async () => {
    await using server = await RtspServer.start({ files: await testVideos("live") });
    await using camera = open(server.url, { longestRetryDelay: 500 });
    await live(camera);
    await twoKeyPictures(camera);
    camera.source.pace("idle");
    await sleep(1_000);
    const stalledAt = clock.now();
    await server.hush(true);
    const { fault, since } = await camera.loss();
    expect(fault).toBe("stalled");
    expect(since - stalledAt).toBeLessThan(3_500);
    await server.hush(false);
    await live(camera, "the camera back");
  },
);
