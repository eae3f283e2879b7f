import { describe, expect, test } from "vitest";
import { vestibulePolicyForTests } from "../../test/support/interlock-rig.ts";
import { type DoorName, opposite } from "../domain/names.ts";
import type { DoorHardware, Reading } from "../ports/door-hardware.ts";
import { runBuilding } from "../simulation/building-process.ts";
import { planForTests } from "../simulation/plan-for-tests.ts";
import { ProcessHub } from "../simulation/process-hub.ts";
import { SimulatedDoorHardware } from "../simulation/simulated-door-hardware.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import type { TrialRequest, TrialResult } from "./door-trial.ts";
import { tryDoors } from "./own-interlock.ts";

type Swapped = "lock" | "contact" | "bolt";

/** Hardware of which some wires of the outer and the inner door were mixed up. */
function crossed(hardware: DoorHardware, swapped: ReadonlySet<Swapped>): DoorHardware {
  const across = (door: DoorName, what: Swapped): DoorName => (swapped.has(what) ? opposite(door) : door);
  const seen = (reading: Reading): Reading =>
    reading.input === "contact" || reading.input === "bolt"
      ? { ...reading, door: across(reading.door, reading.input) }
      : reading;
  return {
    open: async (listener) => (await hardware.open((reading, at) => listener(seen(reading), at))).map(seen),
    command: (id, door, lock) => hardware.command(id, across(door, "lock"), lock),
    sound: (id, on) => hardware.sound(id, on),
    drive: (output, on) => hardware.drive(output, on),
    read: (id, door) => ({
      contact: hardware.read(id, across(door, "contact")).contact,
      bolt: hardware.read(id, across(door, "bolt")).bolt,
    }),
    [Symbol.asyncDispose]: () => hardware[Symbol.asyncDispose](),
  };
}

interface Trial {
  readonly results: readonly TrialResult[];
  readonly asked: readonly string[];
  /** Whether both real doors were ever free at once. */
  readonly bothFree: boolean;
}

/** A trial with somebody at the doors who does what they are asked to, as far as the doors let them. */
async function trial(
  swapped: readonly Swapped[],
  person: "obeys" | "away" = "obeys",
  before: "closed" | "open" = "closed",
): Promise<Trial> {
  const clock = new VirtualClock();
  const hub = new ProcessHub();
  const building = runBuilding(hub.start("building"), { plan: planForTests, seed: 1, clock });
  const door = (name: DoorName) => {
    const found = building.door("v1", name);
    if (found === undefined) throw new Error("the plan has both doors");
    return found;
  };
  if (before === "open") door("inner").force();
  door("inner").prop();
  if (before === "closed") door("inner").close();
  clock.advance(1_000);
  const asked: string[] = [];
  let bothFree = false;
  const act = ({ do: what, door: name }: TrialRequest): void => {
    asked.push([what, name].filter((word) => word !== undefined).join(" "));
    if (person === "away") return;
    if (what === "closeBoth") for (const each of ["outer", "inner"] as const) door(each).close();
    else if (name !== undefined)
      clock.wakeAt((clock.now() + 500) as ReturnType<typeof clock.now>, () =>
        what === "open" ? door(name).push() : door(name).close(),
      );
  };
  const hardware = new SimulatedDoorHardware(planForTests.vestibules, hub.start("interlock"), clock);
  const running = tryDoors({
    vestibules: [{ id: "v1", policy: vestibulePolicyForTests }],
    hardware: crossed(hardware, new Set(swapped)),
    clock,
    ask: act,
    patience: 30_000,
  });
  let results: readonly TrialResult[] | undefined;
  void running.then((done) => {
    results = done;
  });
  for (let step = 0; step < 4_000 && results === undefined; step++) {
    clock.advance(50);
    bothFree ||= door("outer").lock() === "released" && door("inner").lock() === "released";
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  }
  return { results: await running, asked, bothFree };
}

const verdicts = ({ results }: Trial): readonly string[] => results.map(({ verdict }) => verdict);

describe("T31: a trial of the doors with the installer", () => {
  test("finds doors that are wired right in order", async () => {
    const done = await trial([]);
    expect(verdicts(done)).toEqual(["inOrder", "inOrder"]);
    expect(done.asked).toEqual(["open outer", "close outer", "open inner", "close inner"]);
  });

  test("asks for doors that stand open to be closed first", async () => {
    const done = await trial([], "obeys", "open");
    expect(done.asked[0]).toBe("closeBoth");
    expect(verdicts(done)).toEqual(["inOrder", "inOrder"]);
  });

  test("finds swapped contacts", async () => {
    expect(verdicts(await trial(["contact"]))).toContain("contactsSwapped");
  });

  test("finds swapped locks and swapped bolts", async () => {
    expect(verdicts(await trial(["lock"]))).toEqual(["locksOrBoltsSwapped", "locksOrBoltsSwapped"]);
    expect(verdicts(await trial(["bolt"]))).toEqual(["locksOrBoltsSwapped", "locksOrBoltsSwapped"]);
  });

  test("two doors that are swapped altogether look right to the wires, and wrong to whoever stands there", async () => {
    expect(verdicts(await trial(["lock", "contact", "bolt"]))).toEqual(["notOpened", "notOpened"]);
  });

  test("does not take for known what nobody has tried", async () => {
    expect(verdicts(await trial([], "away"))).toEqual(["notOpened", "notOpened"]);
    expect(verdicts(await trial([], "away", "open"))).toEqual(["neverSecure", "neverSecure"]);
  });

  test.each([["lock"], ["contact"], ["bolt"], ["lock", "contact"], ["lock", "bolt"]] as const)(
    "whatever is swapped, no two doors are ever free at once: %s %s",
    async (...swapped) => {
      expect((await trial(swapped)).bothFree).toBe(false);
    },
  );
});
