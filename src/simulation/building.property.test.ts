import fc from "fast-check";
import { expect, test } from "vitest";
import { doorNames } from "../domain/names.ts";
import { lineOf } from "../ports/door-hardware.ts";
import { Building } from "./building.ts";
import { planForTests } from "./plan-for-tests.ts";
import { VirtualClock } from "./virtual-clock.ts";

const door = fc.constantFrom(...doorNames);
const input = fc.constantFrom("outer.contact", "outer.bolt", "inner.rex", "inner.contact");
const step = fc.oneof(
  fc.record({ type: fc.constant("command" as const), door, lock: fc.constantFrom("secured", "released") }),
  fc.record({
    type: fc.constant("move" as const),
    door,
    action: fc.constantFrom("open", "prop", "close", "force"),
  }),
  fc.record({ type: fc.constant("power" as const), on: fc.boolean() }),
  fc.record({
    type: fc.constant("override" as const),
    name: input,
    active: fc.constantFrom(true, false, null),
  }),
  fc.record({ type: fc.constant("wait" as const), milliseconds: fc.integer({ min: 0, max: 6_000 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
const steps = fc.array(step, { maxLength: 60 });

function building(seed: number, onEdge: (trace: string) => void = () => {}) {
  const clock = new VirtualClock();
  const standing = new Building(planForTests, seed, clock, {
    onReading: (reading, at) => onEdge(`${at} ${lineOf(reading)}=${reading.value}`),
    onCard: () => {},
    onKeys: () => {},
    onReader: () => {},
    onScene: () => {},
  });
  return { clock, standing };
}

function take(each: Step, { clock, standing }: ReturnType<typeof building>): void {
  switch (each.type) {
    case "command":
      standing.commandLock("v1", each.door, each.lock);
      return;
    case "move":
      standing.act({ type: "moveDoor", vestibule: "v1", door: each.door, action: each.action });
      return;
    case "power":
      if (each.on) standing.powerLocks();
      else standing.unpowerLocks();
      return;
    case "override":
      standing.act({ type: "setInput", name: each.name, active: each.active });
      return;
    case "wait":
      clock.advance(each.milliseconds);
      return;
  }
}

test("a secured closed door never opens without force", () => {
  fc.assert(
    fc.property(steps, fc.nat(), (run, seed) => {
      const site = building(seed);
      for (const each of run) {
        const shut = doorNames.filter((name) => {
          const leaf = site.standing.door("v1", name);
          return leaf?.lock() === "secured" && !leaf.isOpen();
        });
        take(each, site);
        const forced = each.type === "move" && each.action === "force" ? each.door : undefined;
        for (const name of shut)
          if (name !== forced) expect(site.standing.door("v1", name)?.isOpen()).toBe(false);
      }
    }),
  );
});

test("a bolt is never thrown while its door is open", () => {
  fc.assert(
    fc.property(steps, fc.nat(), (run, seed) => {
      const site = building(seed);
      for (const each of run) {
        take(each, site);
        for (const name of doorNames) {
          const leaf = site.standing.door("v1", name);
          expect(leaf?.isOpen() && leaf.isThrown()).toBe(false);
        }
      }
    }),
  );
});

test("left alone and not propped, every door closes, and its sensors say what is so", () => {
  fc.assert(
    fc.property(steps, fc.nat(), (run, seed) => {
      const site = building(seed);
      for (const each of run) take(each, site);
      for (const name of ["outer.contact", "outer.bolt", "inner.contact", "inner.rex"]) {
        site.standing.act({ type: "setInput", name, active: null });
      }
      for (const name of doorNames) site.standing.door("v1", name)?.close();
      site.clock.advance(10_000);
      for (const name of doorNames) {
        const leaf = site.standing.door("v1", name);
        expect(leaf?.contact()).toBe("closed");
        expect(leaf?.bolt()).toBe(leaf?.lock() === "secured" ? "thrown" : "retracted");
      }
      expect(site.clock.nextWake()).toBeUndefined();
    }),
    {
      // Found once: a door leaned on, then told to close, opened afterwards and stayed so.
      examples: [
        [
          [
            { type: "command", door: "inner", lock: "released" },
            { type: "move", door: "inner", action: "prop" },
          ],
          0,
        ],
      ],
    },
  );
});

test("the same seed gives the same trace, edge by edge", () => {
  fc.assert(
    fc.property(steps, fc.nat(), (run, seed) => {
      const trace = (): string[] => {
        const edges: string[] = [];
        const site = building(seed, (edge) => edges.push(edge));
        for (const each of run) take(each, site);
        return edges;
      };
      expect(trace()).toEqual(trace());
    }),
  );
});
