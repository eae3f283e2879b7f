import { expect, test } from "vitest";
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
  const building = runBuilding(through(hub.start("building"), clock), { plan: planForTests, seed: 1, clock });
  return {
    reader: new SimulatedCardReader(through(hub.start("controller"), clock)),
    present: (accessPoint: "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit", number: string) => {
      building.act({ type: "presentCard", vestibule: "v1", accessPoint, number });
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
  const reader = new SimulatedCardReader(hub.start("controller"));
  await reader.open({ onCard: ({ number }) => reads.push(number), onKeys: () => {}, onStatus: () => {} });
  hub.stop("building");
  const again = runBuilding(hub.start("building"), { plan: planForTests, seed: 1, clock });
  again.act({ type: "presentCard", vestibule: "v1", accessPoint: "outer-entry", number: "1001" });
  expect(reads).toEqual(["1001"]);
});
