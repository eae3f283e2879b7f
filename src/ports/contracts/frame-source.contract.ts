import { describe, expect, type TestOptions, test } from "vitest";
import type { Milliseconds } from "../../domain/time.ts";
import type { Frame, FrameSource, FrameSourceState } from "../frame-source.ts";

/** A source with its camera, and the hands to disturb it. Each test gets its own. */
export interface FrameSourceHarness extends AsyncDisposable {
  readonly source: FrameSource;
  /** Lets time pass until the condition holds; rejects, naming `what`, when it does not within the limit. */
  until(condition: () => boolean, what: string): Promise<void>;
  /** Lets this much of the source's time pass. */
  elapse(length: Milliseconds): Promise<void>;
  /** From now on no picture reaches the source. */
  cutSignal(): Promise<void>;
  restoreSignal(): Promise<void>;
}

interface Recording extends Disposable {
  readonly frames: Frame[];
  readonly states: FrameSourceState[];
}

function record(source: FrameSource): Recording {
  const frames: Frame[] = [];
  const states: FrameSourceState[] = [];
  const listening = source.listen({
    onFrame: (frame) => void frames.push(frame),
    onState: (state) => void states.push(state),
  });
  return { frames, states, [Symbol.dispose]: () => listening[Symbol.dispose]() };
}

/** What every frame source promises, whatever it is made of; `options`: of each test, for one on real time. */
export function frameSourceContract(
  name: string,
  start: () => Promise<FrameSourceHarness>,
  options: TestOptions = {},
): void {
  const isLive = ({ source }: FrameSourceHarness) => source.state().phase === "live";
  const isLost = ({ source }: FrameSourceHarness) => source.state().phase === "lost";

  describe(`${name} keeps the contract of a frame source`, options, () => {
    test("it starts without a frame and becomes live with the first one", async () => {
      await using camera = await start();
      using seen = record(camera.source);
      expect(camera.source.state()).toEqual({ phase: "starting" });
      expect(camera.source.newest()).toBeUndefined();

      await camera.until(() => seen.frames.length > 0, "a first frame");
      const [first] = seen.frames;
      expect(camera.source.state()).toMatchObject({
        phase: "live",
        width: first?.width,
        height: first?.height,
      });
      expect(seen.states.map((state) => state.phase)).toEqual(["live"]);
      expect(first?.sequence).toBe(0);
    });

    test("a frame holds as many bytes as its size says", async () => {
      await using camera = await start();
      await camera.until(() => camera.source.newest() !== undefined, "a frame");
      const frame = camera.source.newest();
      expect(frame?.rgb.length).toBe((frame?.width ?? 0) * (frame?.height ?? 0) * 3);
      expect(frame?.intact).toBe(true);
    });

    test("time never runs backwards and sequence numbers grow", async () => {
      await using camera = await start();
      using seen = record(camera.source);
      await camera.until(() => seen.frames.length >= 5, "five frames");
      for (const [index, frame] of seen.frames.slice(1).entries()) {
        const before = seen.frames[index];
        expect(frame.sequence).toBeGreaterThan(before?.sequence ?? Number.POSITIVE_INFINITY);
        expect(frame.at).toBeGreaterThan(before?.at ?? Number.POSITIVE_INFINITY);
      }
    });

    test("newest is what was last announced, and a frame once given never changes", async () => {
      await using camera = await start();
      using seen = record(camera.source);
      await camera.until(() => seen.frames.length > 0, "a first frame");
      const first = seen.frames[0];
      const copy = first?.rgb.slice();
      await camera.until(() => seen.frames.length >= 4, "four frames");
      expect(camera.source.newest()).toBe(seen.frames.at(-1));
      expect(first?.rgb).toEqual(copy);
    });

    test("at either pace it stays live, and goes back to full rate at once", async () => {
      await using camera = await start();
      using seen = record(camera.source);
      await camera.until(() => seen.frames.length >= 3, "three frames");
      for (let round = 0; round < 2; round++) camera.source.pace("idle");
      const idle = seen.frames.length;
      await camera.until(() => seen.frames.length >= idle + 3, "three frames at idle pace");
      camera.source.pace("live");
      camera.source.pace("live");
      const woken = seen.frames.length;
      await camera.until(() => seen.frames.length >= woken + 1, "a frame when woken");
      await camera.elapse(1_000);
      expect(seen.frames.length).toBeGreaterThanOrEqual(woken + 4);
      expect(seen.states.map((state) => state.phase)).toEqual(["live"]);
    });

    test("a listener that stopped hears nothing more; the others do", async () => {
      await using camera = await start();
      using staying = record(camera.source);
      const leaving = record(camera.source);
      await camera.until(() => leaving.frames.length > 0, "a first frame");
      leaving[Symbol.dispose]();
      const heard = leaving.frames.length;
      await camera.until(() => staying.frames.length >= heard + 3, "three frames more");
      expect(leaving.frames.length).toBe(heard);
    });

    test("without signal it is lost: no newest frame, a fault, a time for the next attempt", async () => {
      await using camera = await start();
      await camera.until(() => isLive(camera), "a live camera");
      using seen = record(camera.source);
      await camera.cutSignal();
      await camera.until(() => isLost(camera), "the loss to be noticed");
      const frames = seen.frames.length;
      expect(camera.source.newest()).toBeUndefined();
      const state = camera.source.state();
      if (state.phase !== "lost") throw new Error("no longer lost");
      expect(state.detail).not.toBe("");
      expect(state.attempts).toBeGreaterThan(0);
      expect(state.nextAttemptAt).toBeGreaterThanOrEqual(state.since);
      expect(seen.states.at(-1)).toBe(state);
      await camera.elapse(100);
      expect(seen.frames.length).toBe(frames);
    });

    test("with the signal back it recovers by itself, and its frames are told apart from those before", async () => {
      await using camera = await start();
      using seen = record(camera.source);
      await camera.until(() => isLive(camera), "a live camera");
      await camera.cutSignal();
      await camera.until(() => isLost(camera), "the loss to be noticed");
      const last = seen.frames.at(-1);
      await camera.restoreSignal();
      await camera.until(() => isLive(camera), "the camera back");
      expect(camera.source.newest()?.sequence).toBeGreaterThan(last?.sequence ?? Number.POSITIVE_INFINITY);
      expect(camera.source.newest()?.at).toBeGreaterThan(last?.at ?? Number.POSITIVE_INFINITY);
      expect(new Set(seen.states.map((state) => state.phase))).toEqual(new Set(["live", "lost"]));
    });

    test("disposed, it stops everything, also the second time", async () => {
      await using camera = await start();
      using seen = record(camera.source);
      await camera.until(() => seen.frames.length > 0, "a first frame");
      await Promise.all([camera.source[Symbol.asyncDispose](), camera.source[Symbol.asyncDispose]()]);
      await camera.source[Symbol.asyncDispose]();
      const heard = { frames: seen.frames.length, states: seen.states.length };
      expect(camera.source.newest()).toBeUndefined();
      await camera.elapse(1_000);
      expect({ frames: seen.frames.length, states: seen.states.length }).toEqual(heard);
      expect(camera.source.newest()).toBeUndefined();
    });

    test("disposed while lost, it does not come back", async () => {
      await using camera = await start();
      await camera.until(() => isLive(camera), "a live camera");
      await camera.cutSignal();
      await camera.until(() => isLost(camera), "the loss to be noticed");
      using seen = record(camera.source);
      await camera.source[Symbol.asyncDispose]();
      await camera.restoreSignal();
      await camera.elapse(1_000);
      expect(seen.frames).toEqual([]);
      expect(seen.states).toEqual([]);
    });
  });
}
