import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { CameraHealthEvent } from "../src/ports/vision-link.ts";
import { type CameraHealth, observeFrame, observeState, unknownHealth } from "../src/vision/camera-health.ts";
import { cameraHealthDefaults } from "../src/vision/camera-health-policy.ts";
import { measureFrame } from "../src/vision/frame-measure.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";
import { live, type Opened, open } from "./support/opened-camera.ts";
import { RtspServer } from "./support/rtsp-server.ts";
import { mutatedVideo, testVideos } from "./support/test-videos.ts";
import { until } from "./support/until.ts";

watchMachine();

describe("damage", () => {
  test("lost packets make frames distrusted until a whole group of pictures has passed", async () => {
    await using server = await RtspServer.start({ files: await testVideos("live") });
    await using camera = open(server.url);
    await live(camera);
    await server.lose(0.05);
    await until(() => camera.frames.some(({ intact }) => !intact), "a distrusted frame");
    await server.lose(0);
    await until(() => camera.source.newest()?.intact === true, "trust again");
    const distrusted = camera.frames.filter(({ intact }) => !intact);
    const [first, last] = [distrusted[0], distrusted.at(-1)];
    // Groups are 2 s long.
    expect((last?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(1_000);
  });

  test.each([
    [1, 400],
    [2, 3_000],
    [3, 60],
  ])(
    "T22 malformed H.264 (seed %i, one byte in %i): the process lives and the camera recovers",
    againWhereHeldUp,
    async (seed, every) => {
      const { live: clean } = await testVideos("live");
      const files = { clean, mutated: await mutatedVideo(clean, seed, every) };
      await using server = await RtspServer.start({ files });
      await using camera = open(server.url, { longestRetryDelay: 500 });
      await live(camera);
      await server.show("mutated");
      const troubled = () => camera.source.newest()?.intact !== true;
      await until(troubled, "the damage to be noticed");
      await sleep(2_000); // the rest of the damage goes through the decoder
      await server.show("clean");
      await until(() => !troubled(), "an intact picture");
    },
  );
});

describe("a camera that sees nothing new", () => {
  // The real limits take half a minute to pass; the mechanism is the same.
  const policy = { ...cameraHealthDefaults, frozenAfter: 2_000 };

  function judge(camera: Opened) {
    let health: CameraHealth = unknownHealth;
    const events: CameraHealthEvent[] = [];
    const take = (observed: { health: CameraHealth; events: readonly CameraHealthEvent[] }) => {
      health = observed.health;
      events.push(...observed.events);
    };
    camera.source.listen({
      onFrame: (frame) => take(observeFrame(health, measureFrame(frame), frame.intact, policy)),
      onState: (state) => take(observeState(health, state)),
    });
    return {
      events,
      health: () => health,
      has: (type: string) => events.some((event) => event.type === type),
    };
  }

  test("T17 a frozen picture is told from a quiet scene, and so is a loop", againWhereHeldUp, async () => {
    await using server = await RtspServer.start({ files: await testVideos("quiet", "frozen", "loop") });
    await using camera = open(server.url);
    const seen = judge(camera);
    await until(() => seen.health().stillness.usual !== undefined, "the camera's habit to be learned");
    expect(seen.events).toEqual([]);
    await server.show("frozen");
    await until(() => seen.has("CameraFrozen"), "CameraFrozen");
    await server.show("loop");
    await until(() => seen.has("CameraRestored"), "CameraRestored");
    await until(() => seen.health().stillness.cause === "looping", "the loop to be seen");
  });

  test(
    "T18 black, white, covered and blurred pictures are covered; a clear one restores",
    againWhereHeldUp,
    async () => {
      await using server = await RtspServer.start({
        files: await testVideos("live", "black", "white", "covered", "blurred"),
      });
      await using camera = open(server.url);
      const seen = judge(camera);
      await live(camera);
      for (const name of ["black", "white", "covered", "blurred"] as const) {
        await server.show(name);
        await until(() => seen.events.at(-1)?.type === "CameraCovered", `${name} to be seen`);
        expect(seen.health().coverage.cause).toBe(name === "white" ? "covered" : name);
        await server.show("live");
        await until(() => seen.events.at(-1)?.type === "CameraRestored", `the end of ${name} to be seen`);
      }
      // Later the film itself begins again, which is a loop and seen as one.
      expect(seen.events.slice(0, 2).map(({ type }) => type)).toEqual(["CameraCovered", "CameraRestored"]);
    },
  );
});
