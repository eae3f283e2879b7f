import { expect, test } from "vitest";
import { after } from "../domain/time.ts";
import type { FaceEngine } from "../ports/face-engine.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { EngineQueue, type Urgency } from "./engine-queue.ts";

/** Only handed through: no method of it is called here. */
const engine = {} as FaceEngine;

function queueWithSlowWork() {
  const queue = new EngineQueue(engine, new VirtualClock());
  const done: string[] = [];
  const gate = Promise.withResolvers<void>();
  const work = (name: string) => async () => {
    await gate.promise;
    done.push(name);
    return name;
  };
  return { queue, done, work, open: () => gate.resolve() };
}

test("one at a time; a door comes before the desks that wait, never before the one under way", async () => {
  const { queue, done, work, open } = queueWithSlowWork();
  const all = [
    queue.use("desk", work("desk 1")),
    queue.use("desk", work("desk 2")),
    queue.use("door", work("door 1")),
    queue.use("door", work("door 2")),
  ];
  open();
  await Promise.all(all);
  expect(done).toEqual(["desk 1", "door 1", "door 2", "desk 2"]);
});

test("work that fails fails for whoever asked, and the next one's turn comes", async () => {
  const { queue, done, work, open } = queueWithSlowWork();
  const failing = queue.use("door", () => Promise.reject(new Error("the engine failed")));
  const next = queue.use("door", work("next"));
  open();
  await expect(failing).rejects.toThrow("the engine failed");
  await expect(next).resolves.toBe("next");
  expect(done).toEqual(["next"]);
});

test("free again after a pause", async () => {
  const { queue, work, open } = queueWithSlowWork();
  open();
  await queue.use("door", work("first"));
  await expect(queue.use("desk", work("second"))).resolves.toBe("second");
});

/** An engine that is used in virtual time, by one after the other. */
function used(clock: VirtualClock, onStuck?: () => void) {
  const queue = new EngineQueue(engine, clock, onStuck);
  const done: string[] = [];
  const want = (urgency: Urgency, name: string, takes: number): Promise<void> =>
    queue.use(urgency, async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      clock.wakeAt(after(clock.now(), takes), resolve);
      await promise;
      done.push(name);
    });
  const passes = async (length: number) => {
    for (let left = length; left > 0; left -= 10) {
      clock.advance(10);
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    }
  };
  return { want, done, passes };
}

test("a door first, then whoever has waited longest for his kind: watched, enrolled, searched for", async () => {
  const clock = new VirtualClock();
  const { want, done, passes } = used(clock);
  void want("desk", "under way", 50);
  for (const urgency of ["search", "desk", "watch", "door"] as const) void want(urgency, urgency, 50);
  await passes(1_000);
  expect(done).toEqual(["under way", "door", "watch", "desk", "search"]);
});

test("watching and searching leave the engine at rest as long as they used it; a door does not wait for that", async () => {
  const clock = new VirtualClock();
  const { want, done, passes } = used(clock);
  for (let look = 0; look < 10; look++) void want("watch", `watch ${look}`, 100);
  await passes(250);
  expect(done).toEqual(["watch 0"]);
  void want("door", "door", 100);
  await passes(200);
  expect(done).toEqual(["watch 0", "watch 1", "door"]);
  await passes(2_000);
  expect(done.length).toBe(11);
});

test("an enrolment goes on though the doors never rest, one step in five seconds", async () => {
  const clock = new VirtualClock();
  const { want, done, passes } = used(clock);
  const again = (): void => void want("door", "door", 100).then(again);
  again();
  again();
  void want("desk", "desk", 100);
  await passes(4_900);
  expect(done).not.toContain("desk");
  await passes(400);
  expect(done).toContain("desk");
});

test("work that never ends is given up, whoever waits is told, and it is said that the engine hangs", async () => {
  const clock = new VirtualClock();
  let stuck = 0;
  const { want, passes } = used(clock, () => void (stuck += 1));
  const failures: unknown[] = [];
  const fail = (error: unknown): void => void failures.push(error);
  void want("watch", "hangs", 1e9).catch(fail);
  void want("door", "waits", 1).catch(fail);
  await passes(9_900);
  expect(failures).toEqual([]);
  await passes(200);
  expect(failures).toHaveLength(2);
  expect(stuck).toBe(1);
});

test("longer work in turns lets a door in between its steps", async () => {
  const clock = new VirtualClock();
  const order: string[] = [];
  const stepwise = {
    detect: async () => void order.push("detect"),
    describe: async () => void order.push("describe"),
  } as unknown as FaceEngine; // the part of it that is called here
  const queue = new EngineQueue(stepwise, clock);
  const photo = queue.inTurns("desk");
  const picture = { width: 1, height: 1, rgb: new Uint8Array(3) };
  const desk = (async () => {
    await photo.detect(picture, "thorough");
    await photo.describe(picture, { box: { x: 0, y: 0, width: 1, height: 1 }, confidence: 1 });
  })();
  const door = queue.use("door", async () => void order.push("door"));
  await Promise.all([desk, door]);
  expect(order).toEqual(["detect", "door", "describe"]);
});
