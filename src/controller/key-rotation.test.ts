import { beforeEach, expect, test } from "vitest";
import type { Resealing } from "../ports/cipher.ts";
import { type JournalEntry, StorageFault } from "../ports/journal.ts";
import { MemoryJournal } from "../simulation/memory-journal.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { AlarmDesk } from "./alarm-desk.ts";
import { Chronicle } from "./chronicle.ts";
import { KeyRotation } from "./key-rotation.ts";
import { Recorder } from "./recorder.ts";

const clock = new VirtualClock();
let journal: MemoryJournal;
let chronicle: Chronicle;
let destroyed: number;
let broken: boolean;

beforeEach(() => {
  journal = new MemoryJournal(clock);
  const recorder = new Recorder(journal, clock, { onRecord: () => undefined, onStorage: () => undefined });
  chronicle = new Chronicle(recorder, new AlarmDesk(clock), clock);
  destroyed = 0;
  broken = false;
});

const passOver = (all: number): Resealing => {
  let left = all;
  return {
    all,
    next(most) {
      if (broken) throw new StorageFault("the disk is full");
      const looked = Math.min(most, left);
      left -= looked;
      return { looked, resealed: Math.max(0, looked - 1) };
    },
  };
};
const rotation = (all: number, remove: readonly string[] = []) =>
  new KeyRotation(
    {
      pass: passOver(all),
      destroyFormer() {
        destroyed += 1;
        return remove;
      },
    },
    chronicle,
    clock,
  );
const written = (): readonly JournalEntry["type"][] => journal.query({ limit: 100 }).map(({ type }) => type);

test("the former key is destroyed once everything has been looked at, never before", () => {
  using rotating = rotation(5);
  rotating.start();
  clock.advance(300);
  expect(destroyed).toBe(0);
  clock.advance(100);
  expect(destroyed).toBe(1);
  expect(written()).toEqual(["KeyRotationStarted", "KeyRotationEnded"]);
  expect(journal.query({ limit: 9, type: "KeyRotationEnded" })[0]?.payload).toEqual({
    sealed: 5,
    resealed: 2,
  });
  clock.advance(10_000);
  expect(destroyed).toBe(1);
});

test("a disk that fails stops it for a while, says so once, and keeps the former key", () => {
  using rotating = rotation(3);
  broken = true;
  rotating.start();
  clock.advance(200_000);
  expect(destroyed).toBe(0);
  expect(written()).toEqual(["KeyRotationStarted", "KeyRotationFailed"]);
  broken = false;
  clock.advance(61_000);
  expect(destroyed).toBe(1);
});

test("what only root can remove is said", () => {
  using rotating = rotation(0, ["vestibule-key-former"]);
  rotating.start();
  clock.advance(100);
  expect(journal.query({ limit: 9, type: "KeyRotationEnded" })[0]?.payload).toMatchObject({
    remove: ["vestibule-key-former"],
  });
});

test("stopped, it does nothing more", () => {
  const rotating = rotation(5);
  rotating.start();
  rotating[Symbol.dispose]();
  clock.advance(10_000);
  expect(destroyed).toBe(0);
});
