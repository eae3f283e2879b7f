import { expect, test } from "vitest";
import { vestibulePolicyForTests } from "../../test/support/interlock-rig.ts";
import { after } from "../domain/time.ts";
import type { InterlockCommand } from "../ports/interlock-link.ts";
import type { Building } from "../simulation/building.ts";
import { runBuilding } from "../simulation/building-process.ts";
import { planForTests, vestibulePlanForTests } from "../simulation/plan-for-tests.ts";
import { ProcessHub } from "../simulation/process-hub.ts";
import { SimulatedDoorHardware } from "../simulation/simulated-door-hardware.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { InterlockProcess } from "./interlock-process.ts";

const ids = ["v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8"] as const;
type Id = (typeof ids)[number];

/** As many door pairs as one box runs, every outer door released. */
async function eightReleased() {
  const clock = new VirtualClock();
  const hub = new ProcessHub();
  const vestibules = ids.map(vestibulePlanForTests);
  const building = runBuilding(hub.start("building"), {
    plan: { ...planForTests, vestibules },
    seed: 1,
    clock,
  });
  const link = hub.start("interlock");
  const interlock = new InterlockProcess({
    vestibules: ids.map((id) => ({ id, policy: vestibulePolicyForTests })),
    hardware: new SimulatedDoorHardware(vestibules, link, clock),
    clock,
    link,
    run: "run-1",
  });
  const started = interlock.start();
  clock.advance(3_000);
  await started;
  const controller = hub.start("controller");
  controller.onMessage(() => {});
  const send = (command: InterlockCommand): void => controller.send("interlock", command);
  const pass = (length: number): void => {
    for (let passed = 0; passed < length; passed += 250) {
      send({ type: "heartbeat", sentAt: clock.now() });
      clock.advance(250);
    }
  };
  pass(1_000);
  for (const vestibule of ids) {
    const grant = { id: `to ${vestibule}`, kind: "access", enters: true } as const;
    send({ type: "releaseDoor", vestibule, door: "outer", grant, notAfter: after(clock.now(), 500) });
  }
  pass(250);
  return { building, send, pass };
}

const released = (building: Building, door: "outer" | "inner"): readonly Id[] =>
  ids.filter((id) => building.door(id, door)?.lock() === "released");
const without = (...some: readonly Id[]): readonly Id[] => ids.filter((id) => !some.includes(id));

test("eight door pairs are released at the same time, each under its own interlock", async () => {
  const { building } = await eightReleased();
  expect(released(building, "outer")).toEqual(ids);
  expect(released(building, "inner")).toEqual([]);
});

test("what happens at one concerns no other: forced, locked down, on fire", async () => {
  const { building, send, pass } = await eightReleased();
  building.door("v3", "inner")?.force();
  send({ type: "lockdown", vestibule: "v5", active: true });
  building.act({ type: "setInput", name: "v7.fire", active: true });
  pass(250);
  expect(released(building, "outer")).toEqual(without("v3", "v5"));
  expect(released(building, "inner")).toEqual(["v7"]);
});

test("securing on request secures all of them but the one on fire", async () => {
  const { building, pass, send } = await eightReleased();
  building.act({ type: "setInput", name: "v7.fire", active: true });
  pass(250);
  send({ type: "secureAll" });
  pass(250);
  expect(released(building, "outer")).toEqual(["v7"]);
  expect(released(building, "inner")).toEqual(["v7"]);
});
