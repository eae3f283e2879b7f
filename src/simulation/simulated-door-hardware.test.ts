import { expect, test } from "vitest";
import { doorNames, type Lock } from "../domain/names.ts";
import {
  type DoorHardwareUnderTest,
  doorHardwareContract,
} from "../ports/contracts/door-hardware.contract.ts";
import type { ProcessLink, Role } from "../ports/process-link.ts";
import type { Building } from "./building.ts";
import { runBuilding } from "./building-process.ts";
import { planForTests } from "./plan-for-tests.ts";
import { ProcessHub } from "./process-hub.ts";
import { SimulatedDoorHardware } from "./simulated-door-hardware.ts";
import { slowed } from "./slow-link.ts";
import { VirtualClock } from "./virtual-clock.ts";

doorHardwareContract("SimulatedDoorHardware", () => underTest((link) => link));

/** As between processes: what is sent arrives later, also what says that a peer is up. */
doorHardwareContract("SimulatedDoorHardware on a slow link", () => underTest(slowed));

function underTest(through: (link: ProcessLink, clock: VirtualClock) => ProcessLink): DoorHardwareUnderTest {
  const clock = new VirtualClock();
  const hub = new ProcessHub();
  const levels: Record<"outer" | "inner", Lock[]> = { outer: [], inner: [] };
  let building: Building;
  const startBuilding = (): void => {
    const link = hub.start("building");
    building = runBuilding(through(link, clock), { plan: planForTests, seed: 1, clock });
    const record = (): void => {
      for (const door of doorNames) levels[door].push(building.door("v1", door)?.lock() ?? "released");
    };
    record();
    // Heard after the building has obeyed: what the lock is now is what its line was set to.
    link.onMessage(record);
  };
  startBuilding();
  const hardware = new SimulatedDoorHardware(
    planForTests.vestibules,
    through(hub.start("interlock"), clock),
    clock,
  );
  return {
    hardware,
    lockLevels: (door) => levels[door],
    move: (door, to) => {
      if (to === "open") building.door("v1", door)?.force();
      else building.door("v1", door)?.close();
    },
    press: (door, pressed) => building.door("v1", door)?.override("rex", pressed),
    setInput: (name, active) => building.act({ type: "setInput", name, active }),
    isSounding: () => building.isSounding("v1"),
    isDriven: () => building.isDriven("siren"),
    breakLines: () => hub.stop("building"),
    mendLines: startBuilding,
    settle: async () => {
      for (let turn = 0; turn < 4; turn++) {
        await Promise.resolve();
        clock.advance(100);
      }
    },
  };
}

test("R10: without a building it opens all the same, in bounded time, and believes no line", async () => {
  const clock = new VirtualClock();
  const hardware = new SimulatedDoorHardware(
    planForTests.vestibules,
    new ProcessHub().start("interlock"),
    clock,
  );
  const opening = hardware.open(() => {});
  clock.advance(3_000);
  const readings = await opening;
  const values = readings.map(({ input, value }) => `${input}=${value}`);
  const ofDoors = ["contact=fault", "bolt=fault", "rex=false"];
  const ofBox = ["fire=fault", "lockdown=true", "tamper=true", "mains=false", "battery=false"];
  expect(new Set(values)).toEqual(new Set([...ofDoors, ...ofBox]));
  await hardware[Symbol.asyncDispose]();
  expect(clock.nextWake()).toBeUndefined();
});

test("a building that starts after the interlock is found", async () => {
  const clock = new VirtualClock();
  const hub = new ProcessHub();
  const hardware = new SimulatedDoorHardware(planForTests.vestibules, hub.start("interlock"), clock);
  const opening = hardware.open(() => {});
  clock.advance(1_000);
  runBuilding(hub.start("building"), { plan: planForTests, seed: 1, clock });
  await opening;
  expect(hardware.read("v1", "outer")).toEqual({ contact: "closed", bolt: "thrown" });
});

test("R16: a restarted interlock has its doors at once, before it is told who else is up", async () => {
  const clock = new VirtualClock();
  const hub = new ProcessHub();
  runBuilding(hub.start("building"), { plan: planForTests, seed: 1, clock });
  const link = hub.start("interlock");
  const untold: ProcessLink = { ...link, onPeer: () => {} };
  const hardware = new SimulatedDoorHardware(planForTests.vestibules, untold, clock);
  await hardware.open(() => {});
  expect(hardware.read("v1", "inner")).toEqual({ contact: "closed", bolt: "thrown" });
});

test("being told of a building whose lines are held already moves no lock", async () => {
  const clock = new VirtualClock();
  const hub = new ProcessHub();
  const building = runBuilding(hub.start("building"), { plan: planForTests, seed: 1, clock });
  const told: ((role: Role, state: "up" | "down") => void)[] = [];
  const link: ProcessLink = { ...hub.start("interlock"), onPeer: (listener) => told.push(listener) };
  const hardware = new SimulatedDoorHardware(planForTests.vestibules, link, clock);
  await hardware.open(() => {});
  hardware.command("v1", "outer", "released");
  for (const listener of told) listener("building", "up");
  expect(building.door("v1", "outer")?.lock()).toBe("released");
});

test("where no bolt is fitted none is read, with lines or without", async () => {
  const clock = new VirtualClock();
  const hub = new ProcessHub();
  const door = { lock: "fail-secure", bolt: "unfitted", rex: "unfitted" } as const;
  const vestibules = [{ id: "v1", doors: { outer: door, inner: door }, readers: [] }];
  runBuilding(hub.start("building"), { plan: { ...planForTests, vestibules }, seed: 1, clock });
  const hardware = new SimulatedDoorHardware(vestibules, hub.start("interlock"), clock);
  const readings = await hardware.open(() => {});
  const ofDoors = readings.filter((reading) => "door" in reading);
  expect(ofDoors.map(({ input }) => input)).toEqual(["contact", "contact"]);
  expect(hardware.read("v1", "outer")).toEqual({ contact: "closed", bolt: "unfitted" });
  hub.stop("building");
  expect(hardware.read("v1", "outer")).toEqual({ contact: "fault", bolt: "unfitted" });
});
