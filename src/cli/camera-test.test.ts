import { mkdtempDisposableSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { FrameSource } from "../ports/frame-source.ts";
import { SimulatedFrameSource, type SimulatedScene } from "../simulation/simulated-frame-source.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { type CameraAddressGiven, cameraTest } from "./camera-test.ts";

async function run(scene: SimulatedScene, ...args: string[]) {
  return await runWith((source) => source, scene, args);
}

/** `change` turns the simulated camera into another one. */
async function runWith(
  change: (source: FrameSource) => FrameSource,
  scene: SimulatedScene,
  args: readonly string[],
) {
  const clock = new VirtualClock();
  const opened: CameraAddressGiven[] = [];
  const out: string[] = [];
  const errors: string[] = [];
  const command = cameraTest({
    clock,
    encodeJpeg: async ({ rgb }) => rgb.slice(0, 9),
    openCamera: (address) => {
      opened.push(address);
      const options = { cameraId: "c1", seed: 1, width: 160, height: 90, scene };
      return change(new SimulatedFrameSource(options, clock));
    },
  });
  const done = command.run(args, {
    stdout: (text) => void out.push(text),
    stderr: (text) => void errors.push(text),
    env: {},
  });
  clock.advance(8_000);
  return { code: await done, out: out.join(""), errors: errors.join(""), opened };
}

test("a camera that works: size, rate, what the picture is like, exit 0", async () => {
  const { code, out } = await run({ kind: "empty" }, "--json", "rtsp://u:pw@cam/live");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    works: true,
    url: "rtsp://cam/live",
    width: 160,
    height: 90,
    framesPerSecond: 5,
    firstFrameMs: 200,
    frames: 40,
    intactFrames: 40,
    brightness: expect.any(Number),
  });
});

test("key pictures too far apart are said, with what to set; it can be used all the same", async () => {
  const rare = (source: FrameSource): FrameSource => ({
    cameraId: source.cameraId,
    state: () => ({
      ...source.state(),
      ...(source.state().phase === "live" ? { keyPicturesRare: true } : {}),
    }),
    newest: () => source.newest(),
    pace: (pace) => source.pace(pace),
    listen: (listener) => source.listen(listener),
    [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
  });
  const { code, out } = await runWith(rare, { kind: "empty" }, ["--json", "rtsp://cam/live"]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    works: true,
    keyPicturesRare: true,
    remedy: expect.stringMatching(/GOP/),
  });
});

test("a fault comes with its remedy, at once, and exit 1", async () => {
  const { code, out } = await run({ kind: "unplugged", fault: "unauthorised" }, "rtsp://cam/live");
  expect(code).toBe(1);
  expect(out).toMatch(/cannot be used[\s\S]*unauthorised[\s\S]*password/);
});

test("a stream that shows nothing cannot be used", async () => {
  const { code, out } = await run({ kind: "dark" }, "--json", "rtsp://cam/live");
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ works: false, detail: expect.stringMatching(/black/) });
});

test("the password comes from a file's first line and is not printed", async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), "camera-test-"));
  const file = join(folder.path, "password");
  writeFileSync(file, "s3cret\nrest\n");
  const { opened, out } = await run(
    { kind: "empty" },
    "--username",
    "u",
    "--password-file",
    file,
    "rtsp://cam/live",
  );
  expect(opened).toEqual([
    {
      cameraId: "test",
      url: "rtsp://cam/live",
      username: "u",
      password: "s3cret",
      transport: "tcp",
      trust: {},
    },
  ]);
  expect(out).not.toContain("s3cret");
});

test.each([
  [[]],
  [["rtsp://a/b", "rtsp://c/d"]],
  [["http://cam/live"]],
  [["--seconds", "0", "rtsp://cam/live"]],
  [["--nonsense", "rtsp://cam/live"]],
  [["--password-file", "/nowhere", "rtsp://cam/live"]],
])("wrong usage %j: exit 2, nothing is opened", async (args) => {
  const { code, errors, opened } = await run({ kind: "empty" }, ...args);
  expect(code).toBe(2);
  expect(errors).toContain("Usage:");
  expect(opened).toEqual([]);
});

test("--output keeps the last picture; how the camera proves itself is handed on", async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), "vestibule-"));
  const file = join(folder.path, "door.jpg");
  const trust = ["--transport", "http", "--fingerprint", "ab", "--output", file];
  const { code, opened } = await run({ kind: "empty" }, ...trust, "rtsps://cam/live");
  expect(code).toBe(0);
  expect(opened).toMatchObject([{ transport: "http", trust: { fingerprint: "ab" } }]);
  expect(readFileSync(file)).toHaveLength(9);
  expect((await run({ kind: "empty" }, "--transport", "udp", "rtsp://cam/live")).code).toBe(2);
});
