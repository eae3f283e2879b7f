import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { RtspCameraOptions } from "../src/drivers/camera-rtsp/rtsp-camera-options.ts";
import { openRtspCamera } from "../src/drivers/camera-rtsp/rtsp-frame-source.ts";
import { SystemClock } from "../src/drivers/clock/system-clock.ts";
import { frameSourceContract } from "../src/ports/contracts/frame-source.contract.ts";
import type { CameraFault, Frame, FrameSource, FrameSourceState } from "../src/ports/frame-source.ts";
import type { CameraHealthEvent } from "../src/ports/vision-link.ts";
import { type CameraHealth, observeFrame, observeState, unknownHealth } from "../src/vision/camera-health.ts";
import { cameraHealthDefaults } from "../src/vision/camera-health-policy.ts";
import { measureFrame } from "../src/vision/frame-measure.ts";
import { RtspServer } from "./support/rtsp-server.ts";
import { mutatedVideo, testVideos } from "./support/test-videos.ts";
import { until } from "./support/until.ts";

const clock = new SystemClock();

interface Opened extends AsyncDisposable {
  readonly source: FrameSource;
  readonly frames: Frame[];
  readonly states: FrameSourceState[];
  fault(): CameraFault | undefined;
  /** Waits until it is lost, whatever for. */
  loss(): Promise<FrameSourceState & { phase: "lost" }>;
}

function open(url: string, options: Partial<RtspCameraOptions> = {}): Opened {
  const source = openRtspCamera({ cameraId: "c1", url, ...options }, { clock, random: Math.random });
  const frames: Frame[] = [];
  const states: FrameSourceState[] = [];
  source.listen({ onFrame: (frame) => void frames.push(frame), onState: (state) => void states.push(state) });
  const lost = () => {
    const state = source.state();
    return state.phase === "lost" ? state : undefined;
  };
  return {
    source,
    frames,
    states,
    fault: () => lost()?.fault,
    loss: async () => {
      await until(() => lost() !== undefined, "the camera to be lost");
      const state = lost();
      if (state === undefined) throw new Error("no longer lost");
      return state;
    },
    [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
  };
}

const live = (camera: Opened, what = "a live camera") =>
  until(() => camera.source.state().phase === "live", what);

frameSourceContract("the RTSP camera", async () => {
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
});

describe("frames", () => {
  test("720p comes scaled to fit, soon, at no more than the rate asked for, with a picture in it", async () => {
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
  });

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
    expect(decoders.length).toBeGreaterThan(0);
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

  test("the decoder runs with no new privileges, no core dumps and no files to write", async () => {
    await using server = await RtspServer.start({ files: await testVideos("live") });
    await using camera = open(server.url);
    await live(camera);
    const decoder = processes().find(({ name, parent }) => name === "ffmpeg" && parent === process.pid);
    const status = readFileSync(`/proc/${decoder?.pid}/status`, "utf8");
    expect(status).toMatch(/NoNewPrivs:\t1/);
    const limits = readFileSync(`/proc/${decoder?.pid}/limits`, "utf8");
    expect(limits).toMatch(/Max core file size\s+0\s+0/);
    expect(limits).toMatch(/Max file size\s+0\s+0/);
    if (process.getuid?.() === 0) expect(status).not.toMatch(/^Uid:\t0/m);
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

  test("nonsense from the peer: undecodable; silence: stalled; both within their time", async () => {
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
  });

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

  test("a decoder killed or stopped from outside is replaced", async () => {
    await using server = await RtspServer.start({ files: await testVideos("live") });
    await using camera = open(server.url);
    await live(camera);
    for (const signal of ["SIGKILL", "SIGSTOP"] as const) {
      const mine = processes().find(({ name, parent }) => name === "ffmpeg" && parent === process.pid);
      if (mine === undefined) throw new Error("no decoder found");
      process.kill(mine.pid, signal);
      await camera.loss();
      await live(camera, `the camera back after ${signal}`);
      expect(processes().some(({ pid }) => pid === mine.pid)).toBe(false);
    }
  });
});

test("T33 a vision process killed takes its decoder with it", async () => {
  await using server = await RtspServer.start({ files: await testVideos("live") });
  const script = `
    const { openRtspCamera } = await import("./src/drivers/camera-rtsp/rtsp-frame-source.ts");
    const { SystemClock } = await import("./src/drivers/clock/system-clock.ts");
    openRtspCamera({ cameraId: "c1", url: "${server.url}" }, { clock: new SystemClock(), random: Math.random });`;
  const owner = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "ignore" });
  const decoders = () => processes().filter(({ name, parent }) => name === "ffmpeg" && parent === owner.pid);
  await until(() => decoders().length === 1, "its decoder");
  const [decoder] = decoders();
  owner.kill("SIGKILL");
  await until(() => !processes().some(({ pid }) => pid === decoder?.pid), "the decoder to be gone", 2_000);
});

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

  test("T17 a frozen picture is told from a quiet scene, and so is a loop", async () => {
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

  test("T18 black, covered and blurred pictures are covered; a clear one restores", async () => {
    await using server = await RtspServer.start({
      files: await testVideos("live", "black", "covered", "blurred"),
    });
    await using camera = open(server.url);
    const seen = judge(camera);
    await live(camera);
    for (const name of ["black", "covered", "blurred"] as const) {
      await server.show(name);
      await until(() => seen.events.at(-1)?.type === "CameraCovered", `${name} to be seen`);
      expect(seen.health().coverage.cause).toBe(name);
      await server.show("live");
      await until(() => seen.events.at(-1)?.type === "CameraRestored", `the end of ${name} to be seen`);
    }
    // Later the film itself begins again, which is a loop and seen as one.
    expect(seen.events.slice(0, 2).map(({ type }) => type)).toEqual(["CameraCovered", "CameraRestored"]);
  });
});

/** A TCP server that is no camera. */
async function peer(greet: (socket: Socket) => void): Promise<AsyncDisposable & { url: string }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on("error", () => socket.destroy()));
    greet(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  // Listening on TCP, it has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `rtsp://127.0.0.1:${port}/live`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

interface ProcessSeen {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  /** Command line and environment. */
  readonly text: string;
}

function processes(): ProcessSeen[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        const read = (file: string) => readFileSync(`/proc/${entry}/${file}`, "utf8");
        const stat = /^\d+ \((.*)\) \S (\d+)/s.exec(read("stat"));
        const text = read("cmdline") + read("environ");
        return [{ pid: Number(entry), parent: Number(stat?.[2]), name: stat?.[1] ?? "", text }];
      } catch {
        return []; // it ended meanwhile
      }
    });
}
