import { describe, expect, test } from "vitest";
import type { Frame, FrameSourceState } from "../../ports/frame-source.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import type { RtspCameraOptions } from "./rtsp-camera-options.ts";
import { openRtspCamera } from "./rtsp-frame-source.ts";
import { type ScriptedDecoder, type ScriptedReceiver, scripted } from "./scripted-camera.ts";

/** A camera with its processes in the test's hands, on virtual time. */
function opened(options: Partial<RtspCameraOptions> = {}) {
  const clock = new VirtualClock();
  const { launch, receivers, decoders } = scripted();
  const source = openRtspCamera(
    // Any program that exists: it is never run.
    {
      cameraId: "c1",
      url: "rtsp://cam/live",
      username: "u",
      password: "s3cret",
      ffmpegPath: "/bin/sh",
      ...options,
    },
    { clock, random: () => 0, launch },
  );
  const frames: Frame[] = [];
  const states: FrameSourceState[] = [];
  source.listen({ onFrame: (frame) => void frames.push(frame), onState: (state) => void states.push(state) });
  const last = (): ScriptedReceiver => newestOf(receivers);
  const decoder = (): ScriptedDecoder => newestOf(decoders);
  /** Pictures at their due time for this long. */
  const play = (length: number, lag = 0) => {
    for (let passed = 0; passed < length; passed += 200) {
      clock.advance(200);
      last().unit(clock.now() - lag, passed % 1_000 === 0);
    }
  };
  return { clock, receivers, decoders, source, frames, states, last, decoder, play };
}

function newestOf<Process>(started: readonly Process[]): Process {
  const process = started.at(-1);
  if (process === undefined) throw new Error("none was started");
  return process;
}

describe("the watchdog", () => {
  test("no first frame: given up after firstFrameTimeout, not before", () => {
    const { clock, source, last } = opened();
    last().connect();
    clock.advance(5_999);
    expect(source.state().phase).toBe("starting");
    clock.advance(1);
    expect(source.state()).toMatchObject({ phase: "lost", fault: "stalled", attempts: 1 });
    expect(last().signals).toEqual(["TERM"]);
  });

  test("no connection at all is unreachable", () => {
    const { clock, source } = opened();
    clock.advance(6_000);
    expect(source.state()).toMatchObject({ fault: "unreachable" });
  });

  test("live, then silence: lost after stallTimeout, and no frame is offered any more", () => {
    const { clock, source, play } = opened();
    play(1_000);
    clock.advance(1_999);
    expect(source.newest()).toBeDefined();
    clock.advance(1);
    expect(source.state()).toMatchObject({ phase: "lost", fault: "stalled" });
    expect(source.newest()).toBeUndefined();
  });

  test("a decoder that ignores TERM is killed after killDelay, and only then replaced", () => {
    const { clock, receivers, last, play } = opened();
    play(1_000);
    const stubborn = last();
    stubborn.obedient = false;
    clock.advance(2_499);
    expect(stubborn.signals).toEqual(["TERM"]);
    expect(receivers).toHaveLength(1);
    clock.advance(1);
    expect(stubborn.signals).toEqual(["TERM", "KILL"]);
    expect(receivers).toHaveLength(2);
  });

  test("what a given-up decoder still says is not heard", () => {
    const { clock, source, frames, last, play } = opened();
    play(1_000);
    const stubborn = last();
    stubborn.obedient = false;
    clock.advance(2_000);
    const heard = frames.length;
    stubborn.unit(clock.now());
    expect(frames).toHaveLength(heard);
    expect(source.newest()).toBeUndefined();
  });
});

describe("coming back", () => {
  test("attempts wait longer and longer; a steady life starts over", () => {
    const { clock, source, last, play } = opened({ steadyLife: 10_000 });
    const waits: number[] = [];
    const waitOut = () => {
      const state = source.state();
      if (state.phase !== "lost") throw new Error("not lost");
      waits.push(state.nextAttemptAt - clock.now());
      clock.advance(state.nextAttemptAt - clock.now());
    };
    for (let round = 0; round < 3; round++) {
      last().end();
      waitOut();
    }
    play(9_000);
    last().end();
    waitOut();
    play(11_000);
    last().end();
    waitOut();
    expect(waits).toEqual([125, 250, 500, 1_000, 125]);
  });

  test("while lost, `since` stays and the attempts are counted", () => {
    const { clock, states, last } = opened();
    last().end();
    clock.advance(125);
    last().end();
    expect(states).toMatchObject([
      { phase: "lost", attempts: 1, since: 1_000 },
      { phase: "lost", attempts: 2, since: 1_000 },
    ]);
  });

  test("described but pictureless: the next attempt probes the other way, and turns back if that is no better", () => {
    const { clock, receivers, last } = opened({ longestRetryDelay: 100 });
    for (let round = 0; round < 3; round++) {
      last().connect();
      last().end({ code: 1 });
      clock.advance(100);
    }
    const isInstant = receivers.map(({ command }) => command.args.includes("-analyzeduration"));
    expect(isInstant).toEqual([true, false, true, false]);
  });

  test("sequence numbers go on over a reconnection", () => {
    const { clock, frames, last, play } = opened();
    play(1_000);
    last().end();
    clock.advance(1_000);
    play(1_000);
    expect(frames.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe("what is not shown as it came", () => {
  test("pictures that arrive late are stale: not shown, and for long enough they are a stall", () => {
    const { source, frames, play } = opened();
    play(1_000);
    play(1_000, 1_500);
    expect(frames).toHaveLength(5);
    play(1_000, 1_500);
    expect(source.state()).toMatchObject({
      phase: "lost",
      fault: "stalled",
      detail: expect.stringMatching(/late/),
    });
  });

  test("damage makes frames distrusted until a whole group has passed", () => {
    const { frames, last, play } = opened();
    play(1_000);
    last().log("[rtsp @ 0x1] [warning] RTP: missed 3 packets");
    play(2_200);
    expect(frames.map(({ intact }) => (intact ? "+" : "-")).join("")).toBe("+++++-----++++++");
  });

  test("damage without end is undecodable", () => {
    const { clock, source, last, decoder } = opened({ damageLimit: 5_000 });
    for (let passed = 0; passed < 5_400; passed += 200) {
      clock.advance(200);
      last().unit(clock.now(), true);
      decoder().log("[h264 @ 0x1] [error] error while decoding MB 1 1");
    }
    expect(source.state()).toMatchObject({ phase: "lost", fault: "undecodable" });
  });

  test("bytes that are no picture end the decoder at once, and the receiver", () => {
    const { source, last, decoder, play } = opened();
    play(400);
    decoder().garbage();
    expect(source.state()).toMatchObject({ phase: "lost", fault: "decoderFailed" });
    expect([last().signals, decoder().signals]).toEqual([["TERM"], ["TERM"]]);
  });

  test("so does a picture of a time it was not given", () => {
    const { source, play, decoder } = opened();
    play(200);
    decoder().picture(7);
    expect(source.state()).toMatchObject({ phase: "lost", fault: "decoderFailed" });
  });

  test("a log that announces without end is not FFmpeg, and is not kept", () => {
    const { source, play, decoder } = opened();
    play(200);
    const [time] = decoder().asked;
    const line = `[showinfo@taken @ 0x1] [info] n: 1 pts_time:${((time ?? 0) * 2 + 1) / 1000} x`;
    for (let index = 0; index < 100; index++) decoder().log(line);
    expect(source.state()).toMatchObject({ phase: "lost", fault: "decoderFailed" });
  });
});

describe("the password", () => {
  test("is handed over apart from the arguments, and blotted out of what a decoder says", () => {
    const { source, last } = opened();
    expect(JSON.stringify(last().command.args)).not.toContain("s3cret");
    expect(last().command.address).toContain("file 'rtsp://u:s3cret@cam/live'");
    last().end({ code: null, problem: "spawn rtsp://u:s3cret@cam/live s3cret" });
    expect(source.state()).toMatchObject({
      fault: "decoderFailed",
      detail: expect.not.stringContaining("s3cret"),
    });
  });
});

describe("disposal", () => {
  test("waits for the decoder, with TERM, then KILL", async () => {
    const { clock, source, last, decoder, play, receivers } = opened();
    play(1_000);
    last().obedient = false;
    decoder().obedient = false;
    const disposal = source[Symbol.asyncDispose]();
    expect(last().signals).toEqual(["TERM"]);
    clock.advance(500);
    await disposal;
    expect(last().signals).toEqual(["TERM", "KILL"]);
    expect(decoder().hasEnded).toBe(true);
    clock.advance(100_000);
    expect(receivers).toHaveLength(1);
  });

  test("also ends a decoder that was given up and is still dying", async () => {
    const { clock, source, last, play } = opened();
    play(1_000);
    last().obedient = false;
    clock.advance(2_000);
    const disposal = source[Symbol.asyncDispose]();
    clock.advance(500);
    await disposal;
    expect(last().signals).toContain("KILL");
  });

  test("from within a listener nothing more is heard", async () => {
    const { clock, source, last, play } = opened();
    let heard = 0;
    source.listen({
      onFrame: () => {
        heard++;
        void source[Symbol.asyncDispose]();
      },
    });
    play(200);
    last().unit(clock.now());
    expect(heard).toBe(1);
  });
});
