import { expect, test } from "vitest";
import { HardwareFault, lineOf } from "../ports/door-hardware.ts";
import { runBuilding } from "./building-process.ts";
import { FaultyDoorHardware } from "./faulty-door-hardware.ts";
import { planForTests } from "./plan-for-tests.ts";
import { ProcessHub } from "./process-hub.ts";
import { SimulatedDoorHardware } from "./simulated-door-hardware.ts";
import { VirtualClock } from "./virtual-clock.ts";

async function faultyHardware() {
  const clock = new VirtualClock();
  const hub = new ProcessHub();
  const building = runBuilding(hub.start("building"), { plan: planForTests, seed: 1, clock });
  const seen: string[] = [];
  const hardware = new FaultyDoorHardware(
    new SimulatedDoorHardware(planForTests.vestibules, hub.start("interlock"), clock),
  );
  await hardware.open((reading) => seen.push(`${lineOf(reading)}=${reading.value}`));
  return { clock, building, hardware, seen };
}

test("T32: a write that fails is a fault of that lock alone, until it is mended", async () => {
  const { building, hardware } = await faultyHardware();
  hardware.fail("outer.lock");
  expect(() => hardware.command("v1", "outer", "released")).toThrow(HardwareFault);
  expect(building.door("v1", "outer")?.lock()).toBe("secured");
  hardware.command("v1", "inner", "released");
  expect(building.door("v1", "inner")?.lock()).toBe("released");
  hardware.mend("outer.lock");
  hardware.command("v1", "outer", "released");
  expect(building.door("v1", "outer")?.lock()).toBe("released");
});

test("T32: an input that fails reads as a fault and gives no edge", async () => {
  const { clock, building, hardware, seen } = await faultyHardware();
  hardware.fail("outer.contact");
  building.door("v1", "outer")?.force();
  clock.advance(100);
  expect(hardware.read("v1", "outer")).toEqual({ contact: "fault", bolt: "retracted" });
  expect(seen).toEqual(["v1.outer.bolt=retracted"]);
});
