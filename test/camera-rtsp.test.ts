import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { openRtspCamera } from "../src/drivers/camera-rtsp/rtsp-frame-source.ts";
import { frameSourceContract } from "../src/ports/contracts/frame-source.contract.ts";
import { measureFrame } from "../src/vision/frame-measure.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";
import { clock, live, open } from "./support/opened-camera.ts";
import { processes } from "./support/processes.ts";
import { RtspServer } from "./support/rtsp-server.ts";
import { peer } from "./support/tcp-peer.ts";
import { testVideos } from "./support/test-videos.ts";
import { until } from "./support/until.ts";

watchMachine();

frameSourceContract(
  "the RTSP camera",
  async () => {
    const files = await testVideos("live");
    let server = await RtspServer.start({ files });
    // A server that answers again is found quickly: the tests wait for it.
    const source = openRtspCamera(
      { cameraId: "c1", url: server.url, longestRetryDelay: 500 },
      { clock, random: Math.random },
    );
    return {
      source,
      until,
      elapse: (length) => sleep(length),
      cutSignal: () => server.kill(),
      restoreSignal: async () => {
        server = await RtspServer.start({ files, port: server.port });
      },
      [Symbol.asyncDispose]: async () => {
        await source[Symbol.asyncDispose]();
        await server.kill();
      },
    };
  },
  againWhereHeldUp,
);

describe("frames", () => {
  test(
    "720p comes scaled to fit, soon, at no more than the rate asked for, with a picture in it",
    againWhereHeldUp,
    async () => {
      await using server = await RtspServer.start({ files: await testVideos("live") });
      const startedAt = clock.now();
      await using camera = open(server.url);
      await until(() => camera.frames.length >= 11, "eleven frames");
      const [first] = camera.frames;
      const tenth = camera.frames[10];
      expect(first).toMatchObject({ width: 640, height: 360, intact: true });
      expect((first?.at ?? 0) - startedAt).toBeLessThan(3_000);
      const rate = 10_000 / ((tenth?.at ?? 0) - (first?.at ?? 0));
      expect(rate).toBeGreaterThan(4);
      expect(rate).toBeLessThan(6);
      if (tenth === undefined) throw new Error("no tenth frame");
      expect(measureFrame(tenth)).toSatisfy(({ deviation, sharpness }) => deviation > 20 && sharpness > 20);
    },
  );

  test("a picture of another shape keeps it, without bars, and a smaller one is not enlarged", async () => {
    await using server = await RtspServer.start({ files: await testVideos("narrow") });
    await using scaled = open(server.url);
    await using whole = open(server.url, { maxWidth: 1920, maxHeight: 1080 });
    await until(() => scaled.frames.length > 0 && whole.frames.length > 0, "a frame of each");
    expect(scaled.source.state()).toMatchObject({ width: 480, height: 360 });
    expect(whole.source.state()).toMatchObject({ width: 640, height: 480 });
  });
});

describe("credentials", () => {
  const user = "door";
  const password = "p@ss:w/ö'rd %41 \"\\$";

  test.each(["digest", "basic"] as const)(
    "%s: right ones open, wrong and missing ones are unauthorised",
    async (auth) => {
      await using server = await RtspServer.start({ files: await testVideos("live"), user, password, auth });
      await using right = open(server.url, { username: user, password });
      await using wrong = open(server.url, { username: user, password: "wrong" });
      await using missing = open(server.url);
      await live(right);
      expect((await wrong.loss()).fault).toBe("unauthorised");
      expect((await missing.loss()).fault).toBe("unauthorised");
    },
  );

  test("a wrong password is not tried again quickly: cameras lock the account", async () => {
    await using server = await RtspServer.start({ files: await testVideos("live"), user, password });
    await using camera = open(server.url, { username: user, password: "wrong" });
    const { nextAttemptAt, since } = await camera.loss();
    expect(nextAttemptAt - since).toBeGreaterThanOrEqual(15_000);
  });

  test("the password stands in no command line, environment, state or detail, also not when things fail", async () => {
    const secrets = [password, encodeURIComponent(password), "p%40ss"];
    const holdsSecret = (text: string) => secrets.some((secret) => text.includes(secret));
    await using server = await RtspServer.start({ files: await testVideos("live"), user, password });
    await using camera = open(server.url, { username: user, password });
    await live(camera);
    const decoders = processes().filter(({ name }) => name === "ffmpeg");
    expect(decoders.length).toBeGreaterThan(1);
    for (const { text } of decoders) expect(holdsSecret(text)).toBe(false);
    await server.kill();
    await camera.loss();
    await using elsewhere = open(`rtsp://${user}:${encodeURIComponent(password)}@127.0.0.1:1/live`);
    await elsewhere.loss();
    const states = JSON.stringify([camera.states, camera.source.state(), elsewhere.states]);
    expect(states).toContain("127.0.0.1:1/live");
    expect(holdsSecret(states)).toBe(false);
    expect(holdsSecret(JSON.parse(JSON.stringify(states)))).toBe(false);
  });

  test("receiver and decoder run with no new privileges, no core dumps and no files to write", async () => {
    await using server = await RtspServer.start({ files: await testVideos("live") });
    await using camera = open(server.url);
    await live(camera);
    for (const { pid } of [ours("receiver"), ours("decoder")]) {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      expect(status).toMatch(/NoNewPrivs:\t1/);
      const limits = readFileSync(`/proc/${pid}/limits`, "utf8");
      expect(limits).toMatch(/Max core file size\s+0\s+0/);
      expect(limits).toMatch(/Max file size\s+0\s+0/);
      if (process.getuid?.() === 0) expect(status).not.toMatch(/^Uid:\t0/m);
    }
  });
});

describe("faults", () => {
  test("a path the camera does not have: notFound", async () => {
    await using server = await RtspServer.start({ files: await testVideos("live") });
    await using camera = open(`${server.url}/nothing`);
    expect(await camera.loss()).toMatchObject({ fault: "notFound", attempts: 1 });
  });

  test("nobody there, and a name that does not exist: unreachable", async () => {
    await using refused = open("rtsp://127.0.0.1:1/live");
    await using unknown = open("rtsp://camera.invalid/live");
    expect(await refused.loss()).toMatchObject({
      fault: "unreachable",
      detail: expect.stringMatching(/refused/),
    });
    expect(await unknown.loss()).toMatchObject({
      fault: "unreachable",
      detail: expect.stringMatching(/name/),
    });
  });

  test("back-off grows from attempt to attempt", async () => {
    await using camera = open("rtsp://127.0.0.1:1/live");
    await until(() => camera.states.length >= 4, "four attempts");
    const attempts = camera.states.flatMap((state) => (state.phase === "lost" ? [state.attempts] : []));
    expect(attempts.slice(0, 4)).toEqual([1, 2, 3, 4]);
  });

  test("no FFmpeg: decoderFailed, and it says what to install", async () => {
    await using camera = open("rtsp://127.0.0.1:1/live", { ffmpegPath: "/nowhere/ffmpeg" });
    expect(await camera.loss()).toMatchObject({
      fault: "decoderFailed",
      detail: expect.stringMatching(/install/),
    });
  });

  test("a decoder that dies at once: decoderFailed or undecodable, and tried again", async () => {
    await using camera = open("rtsp://127.0.0.1:1/live", { ffmpegPath: "/bin/false" });
    await until(() => camera.states.length >= 2, "a second attempt");
    expect(camera.fault()).toBeDefined();
  });

  test(
    "nonsense from the peer: undecodable; silence: stalled; both within their time",
    againWhereHeldUp,
    async () => {
      const noise = Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 256));
      await using nonsense = await peer((socket) => socket.on("data", () => socket.write(noise)));
      await using web = await peer((socket) =>
        socket.on("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
      );
      await using silence = await peer(() => undefined);
      await using garbled = open(nonsense.url);
      await using website = open(web.url);
      await using silent = open(silence.url, { firstFrameTimeout: 2_000 });
      expect(await garbled.loss()).toMatchObject({ fault: "undecodable" });
      expect(await website.loss()).toMatchObject({
        fault: "undecodable",
        detail: expect.stringMatching(/no RTSP/),
      });
      expect(await silent.loss()).toMatchObject({ fault: "stalled" });
    },
  );

  test("a peer that answers without end costs no memory", async () => {
    const before = process.memoryUsage().rss;
    await using flood = await peer((socket) => {
      const pour = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(65_536, 0x41)));
      };
      socket.on("drain", pour);
      pour();
    });
    await using camera = open(flood.url, { firstFrameTimeout: 2_000 });
    await camera.loss();
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
  });

  test.each(["frozen process", "silent stream"])(
    "a %s is stalled after stallTimeout, and comes back",
    againWhereHeldUp,
    async (how) => {
      await using server = await RtspServer.start({ files: await testVideos("live") });
      await using camera = open(server.url, { longestRetryDelay: 500 });
      await live(camera);
      const stalledAt = clock.now();
      if (how === "frozen process") server.freeze();
      else await server.hush(true);
      const { fault, since } = await camera.loss();
      expect(fault).toBe("stalled");
      expect(since - stalledAt).toBeLessThan(3_500);
      expect(camera.source.newest()).toBeUndefined();
      if (how === "frozen process") server.thaw();
      else await server.hush(false);
      await live(camera, "the camera back");
    },
  );

  test(
    "a decoder that dies alone is replaced at the next key picture, its pictures distrusted for a group",
    againWhereHeldUp,
    async () => {
      await using server = await RtspServer.start({ files: await testVideos("live") });
      await using camera = open(server.url);
      await live(camera);
      const mine = ours("decoder");
      process.kill(mine.pid, "SIGKILL");
      const before = camera.frames.length;
      await until(() => camera.frames.slice(before).some(({ intact }) => intact), "trust again");
      expect(camera.states.map(({ phase }) => phase)).toEqual(["live"]);
      expect(camera.frames.slice(before).some(({ intact }) => !intact)).toBe(true);
      expect(processes().some(({ pid }) => pid === mine.pid)).toBe(false);
    },
  );

  test("a decoder that no longer moves takes the connection with it", async () => {
    await using server = await RtspServer.start({ files: await testVideos("live") });
    await using camera = open(server.url);
    await live(camera);
    const mine = ours("decoder");
    process.kill(mine.pid, "SIGSTOP");
    await camera.loss();
    await live(camera, "the camera back");
    expect(processes().some(({ pid }) => pid === mine.pid)).toBe(false);
  });

  test("a receiver killed or stopped from outside is replaced", async () => {
    await using server = await RtspServer.start({ files: await testVideos("live") });
    await using camera = open(server.url);
    await live(camera);
    for (const signal of ["SIGKILL", "SIGSTOP"] as const) {
      const mine = ours("receiver");
      process.kill(mine.pid, signal);
      await camera.loss();
      await live(camera, `the camera back after ${signal}`);
      expect(processes().some(({ pid }) => pid === mine.pid)).toBe(false);
    }
  });
});

/** One of the two processes of the one camera that is open. */
function ours(part: "receiver" | "decoder") {
  const isReceiver = (text: string) => text.includes("framecrc");
  const mine = processes().find(
    ({ name, parent, text }) =>
      name === "ffmpeg" && parent === process.pid && isReceiver(text) === (part === "receiver"),
  );
  if (mine === undefined) throw new Error(`no ${part} found`);
  return mine;
}

test("T33 a vision process killed takes its decoder and receiver with it", againWhereHeldUp, async () => {
  await using server = await RtspServer.start({ files: await testVideos("live") });
  const script = `
    const { openRtspCamera } = await import("./src/drivers/camera-rtsp/rtsp-frame-source.ts");
    const { SystemClock } = await import("./src/drivers/clock/system-clock.ts");
    openRtspCamera({ cameraId: "c1", url: "${server.url}" }, { clock: new SystemClock(), random: Math.random });`;
  const owner = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "ignore" });
  const decoders = () => processes().filter(({ name, parent }) => name === "ffmpeg" && parent === owner.pid);
  await until(() => decoders().length === 2, "its receiver and decoder");
  const pids = decoders().map(({ pid }) => pid);
  owner.kill("SIGKILL");
  await until(() => !processes().some(({ pid }) => pids.includes(pid)), "both to be gone", 2_000);
});
