import { describe, expect, test } from "vitest";
import type { LockKind } from "../domain/names.ts";
import { SeededRandom } from "./seeded-random.ts";
import { type DoorInput, SimulatedDoor } from "./simulated-door.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** Longer than any bolt travels and any contact bounces. */
const settled = 200;

function doorAtRest({ lock = "fail-secure" as LockKind, seed = 1 } = {}) {
  const clock = new VirtualClock();
  const edges: DoorInput[] = [];
  const plan = { lock, bolt: "fitted", rex: "fitted" } as const;
  const door = new SimulatedDoor(plan, 4_000, clock, new SeededRandom(seed), (input) => edges.push(input));
  return { clock, door, edges };
}

function releasedDoor() {
  const at = doorAtRest();
  at.door.command("released");
  at.clock.advance(settled);
  at.edges.length = 0;
  return at;
}

describe("a secured door", () => {
  test("cannot be pushed or propped open", () => {
    const { clock, door } = doorAtRest();
    door.command("secured");
    expect(door.push()).toBe("locked");
    expect(door.prop()).toBe("locked");
    clock.advance(10_000);
    expect(door.isOpen()).toBe(false);
  });

  test("opens by force, with its bolt torn out, and locks again once it has closed", () => {
    const { clock, door } = doorAtRest();
    door.command("secured");
    expect(door.force()).toBeUndefined();
    clock.advance(settled);
    expect([door.contact(), door.bolt()]).toEqual(["open", "retracted"]);
    clock.advance(4_000 + settled);
    expect([door.contact(), door.bolt()]).toEqual(["closed", "thrown"]);
  });
});

describe("a released door", () => {
  test("opens to a push and closes by itself", () => {
    const { clock, door } = releasedDoor();
    expect(door.push()).toBeUndefined();
    clock.advance(3_999);
    expect(door.contact()).toBe("open");
    clock.advance(1 + settled);
    expect(door.contact()).toBe("closed");
  });

  test("opens to a push that came while the bolt was still travelling, once it is out", () => {
    const { clock, door } = doorAtRest();
    door.command("released");
    expect(door.push()).toBeUndefined();
    expect(door.isOpen()).toBe(false);
    clock.advance(settled);
    expect(door.isOpen()).toBe(true);
  });

  test("stays shut when whoever leaned on it gave up before the bolt was out", () => {
    const { clock, door } = doorAtRest();
    door.command("released");
    door.prop();
    expect(door.close()).toBe("alreadyClosed");
    clock.advance(settled);
    expect(door.isOpen()).toBe(false);
  });

  test("stays shut when it is secured again before the bolt was out", () => {
    const { clock, door } = doorAtRest();
    door.command("released");
    door.push();
    clock.advance(10);
    door.command("secured");
    clock.advance(settled);
    expect(door.isOpen()).toBe(false);
    expect(door.bolt()).toBe("thrown");
  });

  test("stays open while it is propped, until somebody closes it", () => {
    const { clock, door } = releasedDoor();
    expect(door.prop()).toBeUndefined();
    expect(door.prop()).toBe("alreadyOpen");
    clock.advance(60_000);
    expect(door.isOpen()).toBe(true);
    expect(door.close()).toBeUndefined();
    expect(door.close()).toBe("alreadyClosed");
    expect(door.isOpen()).toBe(false);
  });

  test("can be propped when it has been pushed open already", () => {
    const { clock, door } = releasedDoor();
    door.push();
    expect(door.push()).toBe("alreadyOpen");
    expect(door.prop()).toBeUndefined();
    clock.advance(60_000);
    expect(door.isOpen()).toBe(true);
  });
});

test("a bolt is thrown only once the door is closed", () => {
  const { clock, door } = releasedDoor();
  door.prop();
  door.command("secured");
  clock.advance(60_000);
  expect(door.bolt()).toBe("retracted");
  door.close();
  clock.advance(settled);
  expect(door.bolt()).toBe("thrown");
});

test("a bolt takes its time, and a command repeated meanwhile does not start it anew", () => {
  const { clock, door } = releasedDoor();
  door.command("secured");
  expect(door.bolt()).toBe("retracted");
  for (let elapsed = 0; elapsed < 100; elapsed += 20) {
    clock.advance(20);
    door.command("secured");
  }
  expect(door.bolt()).toBe("thrown");
});

test("T27: contacts bounce for some milliseconds, and come to rest where the leaf is", () => {
  const counts = new Set<number>();
  for (let seed = 1; seed <= 20; seed++) {
    const { clock, door, edges } = doorAtRest({ seed });
    door.force();
    clock.advance(20);
    expect(door.contact()).toBe("open");
    counts.add(edges.filter((input) => input === "contact").length);
  }
  expect(counts).toEqual(new Set([1, 3]));
});

test("without power a fail-secure lock secures and a fail-safe one releases", () => {
  for (const [lock, expected] of [
    ["fail-secure", "thrown"],
    ["fail-safe", "retracted"],
  ] as const) {
    const { clock, door } = doorAtRest({ lock });
    door.command(lock === "fail-secure" ? "released" : "secured");
    clock.advance(settled);
    door.losePower();
    clock.advance(settled);
    expect(door.bolt()).toBe(expected);
    expect(door.push()).toBe(lock === "fail-secure" ? "locked" : undefined);
  }
});

test("T28, T30: a sensor that is overridden says so whatever the door does, until it is let go", () => {
  const { clock, door, edges } = releasedDoor();
  door.override("contact", false);
  door.override("bolt", true);
  expect(edges).toEqual([]);
  door.push();
  door.command("secured");
  clock.advance(1_000);
  expect([door.contact(), door.bolt()]).toEqual(["closed", "retracted"]);
  expect(edges).toEqual([]);
  door.override("contact", null);
  expect(door.contact()).toBe("open");
  expect(edges).toEqual(["contact"]);
});

test("a disposed door stays as it is", () => {
  const { clock, door } = releasedDoor();
  door.push();
  door.command("secured");
  door[Symbol.dispose]();
  expect(clock.nextWake()).toBeUndefined();
});

describe("a door with a fault of its own", () => {
  test("R9: a cut line reads as a fault until it is mended", () => {
    const { door, edges } = doorAtRest();
    door.override("contact", "fault");
    door.override("bolt", "fault");
    expect([door.contact(), door.bolt()]).toEqual(["fault", "fault"]);
    door.override("contact", null);
    door.override("bolt", null);
    expect([door.contact(), door.bolt(), edges.length]).toEqual(["closed", "thrown", 4]);
  });

  test("T30: a welded relay keeps the lock released, whatever is commanded", () => {
    const { clock, door } = releasedDoor();
    door.weld("released");
    door.command("secured");
    clock.advance(settled);
    expect([door.lock(), door.bolt()]).toEqual(["released", "retracted"]);
    expect(door.push()).toBeUndefined();
    door.close();
    door.weld(undefined);
    clock.advance(settled);
    expect([door.lock(), door.bolt()]).toEqual(["secured", "thrown"]);
  });

  test("R8: a jammed bolt stays where it was until it is freed", () => {
    const { clock, door } = releasedDoor();
    door.jam(true);
    door.command("secured");
    clock.advance(settled);
    expect(door.bolt()).toBe("retracted");
    door.jam(false);
    clock.advance(settled);
    expect(door.bolt()).toBe("thrown");
  });
});
