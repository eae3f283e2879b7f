import { expect, test } from "vitest";
import { bo, SiteInOneProcess } from "../../test/support/site-in-one-process.ts";
import type { TestView } from "../ports/services/commissioning-services.ts";
import type { CommissionedSite } from "./commissioned-site.ts";
import { CommissioningDesk, type CommissioningSurroundings } from "./commissioning-desk.ts";

const door = { bolt: true, releaseTime: 5_000, boltTime: 2_000 };
const site: CommissionedSite = {
  vestibules: [
    {
      id: "v1",
      onFire: "both",
      settleTime: 500,
      doors: { outer: door, inner: door },
      accessPoints: [
        { name: "outer-entry", reader: true, keypad: true, camera: undefined },
        { name: "inner-entry", reader: true, keypad: false, camera: undefined },
      ],
    },
  ],
  cameras: [],
  timeZone: "Asia/Shanghai",
  basis: {
    ...{ board: "b", lines: "b", doors: "b", readers: "b" },
    ...{ cameras: "b", clock: "b", broker: "b", interlock: "b" },
  },
};

const surroundings = {
  draft: () => ({ faults: [], differences: [] }),
  begin: () => undefined,
  report: async () => ({}),
  hash: "h",
} as unknown as CommissioningSurroundings; // all that these tests come to

/** A site in virtual time whose commissioning has begun. */
async function begun(): Promise<SiteInOneProcess> {
  const opened = await SiteInOneProcess.open({
    commissioning: ({ disk, clock }) =>
      new CommissioningDesk({
        ...{ site, journal: disk, clock, wiring: new Map(), surroundings },
        ...{ isClockSynchronised: () => true, newId: () => "n" },
      }),
  });
  await commissioning(opened).begin("eva");
  return opened;
}

function commissioning({ services }: SiteInOneProcess) {
  if (services.commissioning === undefined) throw new Error("nothing is commissioned here");
  return services.commissioning;
}

const found = (opened: SiteInOneProcess, id: string): TestView | undefined =>
  commissioning(opened)
    .view()
    .tests.find((one) => one.id === id);

/** Until the test is over, or for so long. */
async function goesOn(opened: SiteInOneProcess, seconds = 200, each?: () => void): Promise<void> {
  for (let step = 0; step < seconds * 10 && commissioning(opened).view().running !== null; step++) {
    each?.();
    await opened.passes(100);
  }
}

test("cards open nothing meanwhile, also for a controller that was started again; ended, they do", async () => {
  const opened = await begun();
  expect(opened.state().commissioning).toBe("underWay");
  await opened.present(bo.card);
  expect(opened.records("AccessDenied").at(-1)?.payload["reason"]).toBe("notAuthorised");
  opened.killController();
  await opened.startController();
  await opened.passes(3_000);
  expect(commissioning(opened).view().state).toBe("underWay");
  await opened.present(bo.card);
  expect(opened.records("VerificationStarted")).toEqual([]);
  await commissioning(opened).end("eva", "", []);
  expect(opened.state().commissioning).toBeUndefined();
  await opened.passes(3_000);
  await opened.present(bo.card);
  expect(opened.records("VerificationStarted")).toHaveLength(1);
});

test("a card that comes in at another reader: they are swapped", async () => {
  const opened = await begun();
  commissioning(opened).startTest("reader.v1.outer-entry", "eva", undefined);
  await opened.passes(200);
  await opened.present("4711", "inner-entry");
  await goesOn(opened);
  expect(found(opened, "reader.v1.outer-entry")?.result?.finding).toBe("readersSwapped");
});

test("T26: a reader that is lost, or says that its housing is open, is no reader to hand over", async () => {
  const opened = await begun();
  const { startTest } = commissioning(opened);
  opened.setInput("outer-entry.reader", false);
  await opened.passes(200);
  startTest("reader.v1.outer-entry", "eva", undefined);
  await goesOn(opened);
  expect(found(opened, "reader.v1.outer-entry")?.result?.finding).toBe("lost");
  opened.setInput("outer-entry.reader", true);
  opened.setInput("outer-entry.tamper", true);
  await opened.passes(200);
  startTest("reader.v1.outer-entry", "eva", undefined);
  await opened.passes(200);
  await opened.present("4711", "outer-entry");
  await goesOn(opened);
  expect(found(opened, "reader.v1.outer-entry")?.result).toMatchObject({
    verdict: "doubtful",
    finding: "tampered",
  });
});

test("T30: a bolt that stays thrown is found, and the door is not opened for it", async () => {
  const opened = await begun();
  opened.setInput("outer.bolt", false);
  commissioning(opened).startTest("relay.v1.outer", "eva", undefined);
  await goesOn(opened);
  expect(found(opened, "relay.v1.outer")?.result).toMatchObject({
    verdict: "failed",
    finding: "boltDidNotMove",
  });
});

test("nobody at the doors: nothing is taken for known, and two releases make no stuck contact", async () => {
  const opened = await begun();
  commissioning(opened).startTest("trial.v1.inner", "eva", undefined);
  await goesOn(opened);
  expect(found(opened, "trial.v1.inner")?.result?.finding).toBe("notOpened");
  expect(opened.records("DoorReleased")).toHaveLength(2);
  expect(opened.records("ContactFault")).toEqual([]);
});

test("one test at a time; broken off it leaves no result", async () => {
  const opened = await begun();
  const { startTest, cancelTest } = commissioning(opened);
  startTest("trial.v1.outer", "eva", undefined);
  expect(startTest("clock", "eva", undefined)).toMatchObject({ is: "refused", reason: "testRunning" });
  await opened.passes(200);
  cancelTest("eva");
  await goesOn(opened, 2);
  expect(commissioning(opened).view().running).toBeNull();
  expect(found(opened, "trial.v1.outer")?.state).toBe("untried");
});

test("R1: whoever tests has no other way to a door: an open one keeps the other shut", async () => {
  const opened = await begun();
  opened.moveDoor("inner", "force");
  opened.moveDoor("inner", "prop");
  commissioning(opened).startTest("relay.v1.outer", "eva", undefined);
  const released: string[] = [];
  await goesOn(opened, 200, () => released.push(opened.lock("outer")));
  expect(found(opened, "relay.v1.outer")?.result?.finding).toBe("neverSecure");
  expect(released).not.toContain("released");
});
