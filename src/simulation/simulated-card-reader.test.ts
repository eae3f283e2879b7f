import { expect, test } from "vitest";
import type { AccessPointName } from "../domain/names.ts";
import type { ReaderStatus } from "../ports/card-reader.ts";
import { cardReaderContract } from "../ports/contracts/card-reader.contract.ts";
import type { ProcessLink } from "../ports/process-link.ts";
import { runBuilding } from "./building-process.ts";
import { planForTests } from "./plan-for-tests.ts";
import { ProcessHub } from "./process-hub.ts";
import { SimulatedCardReader } from "./simulated-card-reader.ts";
import { slowed } from "./slow-link.ts";
import { VirtualClock } from "./virtual-clock.ts";

cardReaderContract("SimulatedCardReader", () => underTest((link) => link));
cardReaderContract("SimulatedCardReader on a slow link", () => underTest(slowed));

function underTest(through: (link: ProcessLink, clock: VirtualClock) => ProcessLink) {
  const clock = new VirtualClock();
  const hub = new ProcessHub();
  const start = () =>
    runBuilding(through(hub.start("building"), clock), { plan: planForTests, seed: 1, clock });
  let building = start();
  return {
    reader: new SimulatedCardReader(through(hub.start("controller"), clock), clock),
    present: (accessPoint: AccessPointName, number: string) => {
      building.act({ type: "presentCard", vestibule: "v1", accessPoint, number });
    },
    press: (accessPoint: AccessPointName, keys: string) => {
      building.act({ type: "pressKeys", vestibule: "v1", accessPoint, keys });
    },
    unplug: () => hub.stop("building"),
    plug: () => {
      building = start();
    },
    now: () => clock.now(),
    settle: async () => clock.advance(10),
  };
}

test("a building that is started again is listened to again", async () => {
  const clock = new VirtualClock();
  const hub = new ProcessHub();
  runBuilding(hub.start("building"), { plan: planForTests, seed: 1, clock });
  const reads: string[] = [];
  const reader = new SimulatedCardReader(hub.start("controller"), clock);
  await reader.open({ onCard: ({ number }) => reads.push(number), onKeys: () => {}, onStatus: () => {} });
  hub.stop("building");
  const again = runBuilding(hub.start("building"), { plan: planForTests, seed: 1, clock });
  again.act({ type: "presentCard", vestibule: "v1", accessPoint: "outer-entry", number: "1001" });
  expect(reads).toEqual(["1001"]);
});

function oneSite() {
  const clock = new VirtualClock();
  const hub = new ProcessHub();
  const building = runBuilding(hub.start("building"), { plan: planForTests, seed: 1, clock });
  const reader = new SimulatedCardReader(hub.start("controller"), clock);
  const statuses: ReaderStatus[] = [];
  const listening = reader.open({
    onCard: () => {},
    onKeys: () => {},
    onStatus: (status) => statuses.push(status),
  });
  return { building, reader, statuses, listening };
}

test("a reader that is torn off or opened says so, and only where that is", async () => {
  const { building, statuses, listening } = oneSite();
  await listening;
  statuses.length = 0;
  building.act({ type: "setInput", name: "outer-entry.tamper", active: true });
  building.act({ type: "setInput", name: "outer-entry.tamper", active: true });
  building.act({ type: "setInput", name: "outer-entry.reader", active: false });
  building.act({ type: "setInput", name: "outer-entry.reader", active: null });
  expect(
    statuses.map(({ accessPoint, state, tampered, detail }) => [
      accessPoint,
      state,
      tampered,
      detail !== null,
    ]),
  ).toEqual([
    ["outer-entry", "online", true, true],
    ["outer-entry", "lost", true, true],
    ["outer-entry", "online", true, true],
  ]);
});

test("what a reader shows can be read back from the building", async () => {
  const { building, reader, listening } = oneSite();
  await listening;
  reader.signal({ vestibule: "v1", accessPoint: "outer-entry" }, "enterPin");
  expect(building.act({ type: "readOutputs" })).toMatchObject({
    outputs: { "outer-entry.reader": "enterPin" },
  });
});
