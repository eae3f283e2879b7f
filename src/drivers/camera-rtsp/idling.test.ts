import { describe, expect, test } from "vitest";
import type { Frame, FrameSourceState } from "../../ports/frame-source.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import { groupLimits } from "./group-of-pictures.ts";
import { openRtspCamera } from "./rtsp-frame-source.ts";
import { type ScriptedDecoder, scripted } from "./scripted-camera.ts";

const interval = 100;

/** A camera of ten pictures a second, a key picture every `group` of them, five of them shown when live. */
function opened(group = 10) {
  const clock = new VirtualClock();
  const { launch, receivers, decoders } = scripted();
  const options = { cameraId: "c1", url: "rtsp://cam/live", ffmpegPath: "/bin/sh", framesPerSecond: 5 };
  const source = openRtspCamera(options, { clock, random: () => 0, launch });
  const frames: Frame[] = [];
  const states: FrameSourceState[] = [];
  source.listen({ onFrame: (frame) => void frames.push(frame), onState: (state) => void states.push(state) });
  let count = 0;
  const times: number[] = [];
  const next = (padding = 0) => {
    clock.advance(interval);
    times.push(clock.now());
    receivers.at(-1)?.unit(clock.now(), count++ % group === 0, padding);
  };
  const play = (units: number, padding = 0) => {
    for (let unit = 0; unit < units; unit++) next(padding);
  };
  const decoder = (): ScriptedDecoder => {
    const newest = decoders.at(-1);
    if (newest === undefined) throw new Error("no decoder was started");
    return newest;
  };
  return { clock, source, receivers, decoders, decoder, frames, states, play, times };
}

describe("idle", () => {
  test("only key pictures are decoded, and shown", () => {
    const { source, decoder, frames, play } = opened();
    play(31);
    source.pace("idle");
    const before = { given: decoder().given.length, frames: frames.length };
    play(40);
    expect(decoder().given.length - before.given).toBe(4);
    expect(frames.length - before.frames).toBe(4);
  });

  test("a camera of nothing but key pictures is decoded once a second all the same", () => {
    const { source, decoder, play } = opened(1);
    play(31);
    source.pace("idle");
    const before = decoder().given.length;
    play(40);
    expect(decoder().given.length - before).toBeGreaterThanOrEqual(4);
    expect(decoder().given.length - before).toBeLessThanOrEqual(5);
  });

  test("not before the distance of key pictures is known", () => {
    const { source, decoder, play } = opened();
    source.pace("idle");
    play(11);
    expect(decoder().given).toHaveLength(10 + 1);
    play(9);
    expect(decoder().given).toHaveLength(10 + 1);
  });

  test("units that keep coming are a sign of life; none for stallTimeout is a stall, as ever", () => {
    const { clock, source, play } = opened(20);
    play(41);
    source.pace("idle");
    play(19);
    clock.advance(1_999);
    expect(source.state().phase).toBe("live");
    clock.advance(1);
    expect(source.state()).toMatchObject({ phase: "lost", fault: "stalled" });
  });

  test("units that keep coming while no picture does are no sign of life for ever", () => {
    const { clock, source, decoder, play } = opened();
    play(31);
    source.pace("idle");
    decoder().isWaiting = true;
    play(44);
    expect(source.state().phase).toBe("live");
    play(2);
    expect(source.state()).toMatchObject({ phase: "lost" });
    expect(clock.now()).toBeGreaterThan(0);
  });
});

describe("something stirs", () => {
  test("idle units grow: every picture is shown for a moment, then key pictures again", () => {
    const { source, frames, play } = opened();
    play(61);
    source.pace("idle");
    play(9);
    const before = frames.length;
    play(1); // a key picture
    play(2, 100);
    expect(frames.length - before).toBe(2);
    play(30);
    const shown = frames.length - before;
    expect(shown).toBeGreaterThanOrEqual(15);
    play(10);
    const settled = frames.length;
    play(40);
    expect(frames.length - settled).toBe(4);
  });

  test("live, it changes nothing", () => {
    const { frames, play } = opened();
    play(61);
    const before = frames.length;
    play(20, 100);
    expect(frames.length - before).toBe(10);
  });
});

describe("woken", () => {
  test("the decoder is given what it missed, in order, and shows the newest of it only", () => {
    const { source, decoder, frames, play, times } = opened();
    play(31);
    source.pace("idle");
    play(17);
    const shown = frames.length;
    source.pace("live");
    expect(frames.length - shown).toBe(1);
    // Its time is when it arrived, not when it was decoded.
    expect(source.newest()?.at).toBe(times.at(-1));
    const { given } = decoder();
    expect(given.slice(1).every((time, index) => time > (given[index] ?? 0))).toBe(true);
    expect(given.slice(-8).map((time) => time - (given.at(-8) ?? 0))).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map((n) => n * interval),
    );
  });

  test("then at full rate, and again idle, and again awake", () => {
    const { source, frames, play } = opened();
    play(31);
    for (let round = 0; round < 3; round++) {
      source.pace("idle");
      source.pace("idle");
      play(25);
      source.pace("live");
      source.pace("live");
      const shown = frames.length;
      play(20);
      expect(frames.length - shown).toBeGreaterThanOrEqual(9);
      expect(frames.length - shown).toBeLessThanOrEqual(11);
    }
    const ats = frames.map(({ at }) => at);
    expect(ats).toEqual([...ats].sort((left, right) => left - right));
    expect(new Set(ats).size).toBe(ats.length);
  });

  test("right after a key picture there is nothing to catch up with", () => {
    const { source, decoder, play } = opened();
    play(31);
    source.pace("idle");
    play(10);
    const given = decoder().given.length;
    source.pace("live");
    expect(decoder().given).toHaveLength(given);
    play(1);
    expect(decoder().given).toHaveLength(given + 1);
  });
});

describe("what cannot idle", () => {
  test("key pictures too far apart: it stays awake, and says so", () => {
    const { source, decoder, states, play } = opened(30);
    play(30);
    expect(source.state()).toMatchObject({ keyPicturesRare: true });
    source.pace("idle");
    const before = decoder().given.length;
    play(60);
    expect(decoder().given.length - before).toBe(60);
    expect(states.map(({ phase }) => phase)).toEqual(["live", "live"]);
  });

  test("a key picture that stays out ends idling, with nothing lost", () => {
    const { source, decoder, play, receivers, clock } = opened();
    play(31);
    source.pace("idle");
    play(10);
    const before = decoder().given.length;
    for (let unit = 0; unit < 30; unit++) {
      clock.advance(interval);
      receivers[0]?.unit(clock.now());
    }
    expect(decoder().given.length - before).toBe(30);
  });

  test("a group over the bounds is decoded and let go: memory stays bounded, nothing is missing", () => {
    const { source, decoder, play } = opened(20);
    play(61, groupLimits.bytes / 30);
    source.pace("idle");
    const before = decoder().given.length;
    // Larger than before, but not so that anything seems to stir.
    play(12, groupLimits.bytes / 15);
    expect(decoder().given.length - before).toBe(0);
    play(7, groupLimits.bytes / 15);
    expect(decoder().given.length - before).toBe(19);
  });
});

describe("the decoder's death", () => {
  test("the connection lives; the next key picture begins anew, distrusted for a group", () => {
    const { source, decoder, decoders, frames, play } = opened();
    play(31);
    decoder().end({ code: null, signal: "SIGSEGV" });
    play(9);
    expect(decoders).toHaveLength(1);
    const shown = frames.length;
    play(21);
    expect(decoders).toHaveLength(2);
    expect(source.state().phase).toBe("live");
    const trusted = frames.slice(shown).map(({ intact }) => intact);
    expect(trusted.indexOf(true)).toBeGreaterThanOrEqual(4);
    expect(trusted.slice(trusted.indexOf(true)).every(Boolean)).toBe(true);
  });

  test("idle and woken while there is none, it waits for the next key picture", () => {
    const { source, decoder, decoders, frames, play } = opened();
    play(31);
    source.pace("idle");
    decoder().end({ code: 1 });
    play(5);
    const shown = frames.length;
    source.pace("live");
    expect(frames).toHaveLength(shown);
    play(5);
    expect(decoders).toHaveLength(2);
    expect(frames.length).toBeGreaterThan(shown);
  });

  test("again and again, without one picture to trust, ends the connection", () => {
    const { source, decoder, play } = opened();
    play(31);
    for (let death = 0; death < 3; death++) {
      decoder().end({ code: null, signal: "SIGSEGV" });
      play(10);
      expect(source.state().phase).toBe("live");
    }
    decoder().end({ code: null, signal: "SIGSEGV" });
    expect(source.state()).toMatchObject({ phase: "lost", fault: "decoderFailed" });
  });

  test("one too slow is spared everything up to the next key picture it has room for", () => {
    const { decoder, play } = opened();
    play(31);
    decoder().unwritten = 5_000_000;
    play(12);
    expect(decoder().given).toHaveLength(31);
    decoder().unwritten = 0;
    play(7);
    expect(decoder().given).toHaveLength(31);
    play(5);
    expect(decoder().given).toHaveLength(36);
  });
});
