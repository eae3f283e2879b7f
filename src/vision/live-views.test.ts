import { expect, test } from "vitest";
import { after, type Instant } from "../domain/time.ts";
import type { Frame } from "../ports/frame-source.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { LiveViews } from "./live-views.ts";

/** A camera that gives a frame every 40 ms while it is connected, and counts how often it was woken. */
function viewed() {
  const clock = new VirtualClock();
  const waiting = new Set<(frame: Frame | undefined) => void>();
  const sent: Instant[] = [];
  const camera = { woken: 0, isThere: true, isSlow: false };
  const release: (() => void)[] = [];
  const live = new LiveViews({
    cameras: new Map([
      [
        "street",
        {
          onNext: (onNext) => {
            waiting.add(onNext);
            return { [Symbol.dispose]: () => void waiting.delete(onNext) };
          },
        },
      ],
    ]),
    wake: () => void (camera.woken += 1),
    codec: {
      encodeJpeg: async () => {
        if (camera.isSlow) await new Promise<void>((resolve) => release.push(resolve));
        return new Uint8Array([1]);
      },
    },
    clock,
    onPicture: (_camera, at) => void sent.push(at),
  });
  const run = async (seconds: number): Promise<void> => {
    for (let step = 0; step < seconds * 25; step++) {
      clock.advance(40);
      const frame = camera.isThere ? ({ at: clock.now() } as Frame) : undefined; // nothing looks at its pixels
      for (const onNext of [...waiting]) onNext(frame);
      await Promise.resolve();
      await Promise.resolve();
    }
  };
  const show = (interval: number, length: number) =>
    live.show("street", interval, after(clock.now(), length));
  return { clock, live, camera, sent, waiting, show, run, release };
}

test("whoever looks gets a picture an interval, of an awake camera, and none once they have gone", async () => {
  const { sent, camera, show, run, waiting, clock } = viewed();
  await run(1);
  expect([sent.length, camera.woken, waiting.size]).toEqual([0, 0, 0]);
  show(200, 3_000);
  await run(2);
  expect(sent.length).toBeGreaterThanOrEqual(9);
  expect(sent.length).toBeLessThanOrEqual(11);
  expect(camera.woken).toBeGreaterThan(0);
  show(200, 3_000);
  await run(4);
  const seen = sent.length;
  await run(5);
  expect([sent.length, waiting.size, clock.nextWake()]).toEqual([seen, 0, undefined]);
});

test("nobody gets more than encoding allows, nor looks for ever", async () => {
  const { sent, show, run, camera, release } = viewed();
  show(1, 3_600_000);
  await run(2);
  expect(sent.length).toBeLessThanOrEqual(20);
  camera.isSlow = true;
  await run(2);
  expect(release.length).toBeLessThanOrEqual(1);
  camera.isSlow = false;
  release.forEach((go) => go());
  await run(20);
  const seen = sent.length;
  await run(2);
  expect(sent.length).toBe(seen);
});

test("a camera that is lost is waited for, and one that is none is nothing", async () => {
  const { sent, show, run, camera, live, clock } = viewed();
  live.show("nowhere", 200, after(clock.now(), 1_000));
  camera.isThere = false;
  show(200, 8_000);
  await run(3);
  expect(sent).toEqual([]);
  camera.isThere = true;
  await run(2);
  expect(sent.length).toBeGreaterThan(5);
  live[Symbol.dispose]();
  const seen = sent.length;
  await run(1);
  expect(sent.length).toBe(seen);
});
