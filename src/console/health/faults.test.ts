import { expect, test } from "vitest";
import { FakeControllerServices } from "../../../test/support/fake-controller-services.ts";
import type { SiteState } from "../../ports/controller-services.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import { isAllWell, isGood } from "./faults.ts";

const well = new FakeControllerServices(new VirtualClock()).state();

test("all is well where every part is there, and not where one of them is missing", () => {
  expect(isAllWell(well)).toBe(true);
  const lost = { ...well.processes.vision, state: "lost" } as const;
  const [pair] = well.vestibules;
  if (pair === undefined) throw new Error("the fake has one");
  const worse: Readonly<Record<string, SiteState>> = {
    vision: { ...well, processes: { ...well.processes, vision: lost } },
    cameras: {
      ...well,
      cameras: well.cameras.map((camera, index) =>
        index === 0 ? { ...camera, health: ["CameraFrozen"] } : camera,
      ),
    },
    journal: { ...well, journal: { ...well.journal, storage: "failed" } },
    mqtt: { ...well, mqtt: { phase: "offline", since: "", detail: "", delivered: 0 } },
    mode: { ...well, vestibules: [{ ...pair, mode: "lockdown" }] },
    backup: { ...well, backup: { last: null, next: null, running: false, overdue: false } },
    liveness: { ...well, vestibules: [{ ...pair, liveness: { "outer-entry": "off" } }] },
  };
  for (const [name, one] of Object.entries(worse)) expect(isAllWell(one), name).toBe(false);
});

test("what the site does not have is no fault; a witness that saw another journal is one", () => {
  expect(isGood.witness(well)).toBe(true);
  expect(isGood.backup({ ...well, backup: null })).toBe(true);
  const forked = { size: 9, at: null, state: "forked", detail: "x" } as const;
  const journal = { ...well.journal, proofs: { signed: 9, witness: forked } };
  expect(isGood.witness({ ...well, journal })).toBe(false);
});
