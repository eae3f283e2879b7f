import { expect, test } from "vitest";
import type { FaceEngine } from "../ports/face-engine.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { EngineQueue } from "./engine-queue.ts";

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
