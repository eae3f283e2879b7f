import { expect, test } from "vitest";
import { porter, SiteInOneProcess } from "../../../test/support/site-in-one-process.ts";

const areas = {
  v1: { antiPassback: "off", vestibuleMax: 1, secureMax: 0, secureMin: 0, countingCamera: "inside" },
} as const;
const picture = Uint8Array.of(0xff, 0xd8, 7, 0xff, 0xd9);

/** Somebody has come in by the outer door, whoever else has with them, and stands at the inner one. */
async function between(): Promise<SiteInOneProcess> {
  const site = await SiteInOneProcess.open({ policy: { areas } });
  await site.present(porter.card);
  site.moveDoor("outer", "open");
  await site.passes(6_000);
  return site;
}

const asked = (site: SiteInOneProcess) =>
  site.vision.asked.flatMap((command) => (command.type === "countFaces" ? [command] : []));

async function counted(site: SiteInOneProcess, faces: number | undefined): Promise<void> {
  const request = asked(site).at(-1)?.request ?? "nobody asked";
  const count = faces === undefined ? undefined : { faces, frames: 4, jpeg: picture };
  site.vision.tell({ type: "facesCounted", request, count });
  await site.passes(100);
}

test("T45: one verified and two seen: the inner door stays shut, an alarm with the picture, and the way back is open", async () => {
  const site = await between();
  await site.present(porter.card, "inner-entry");
  expect(asked(site)).toMatchObject([{ camera: "inside" }]);
  expect(site.lock("inner")).toBe("secured");
  await counted(site, 2);
  expect(site.lock("inner")).toBe("secured");
  const [found] = site.records("TailgatingFound");
  expect(found?.payload).toMatchObject({ faces: 2, verified: 1, cardholder: site.cardholder(porter) });
  expect(site.records("AccessDenied").at(-1)?.payload["reason"]).toBe("occupancyLimit");
  expect(site.services.alarms()).toMatchObject([
    { type: "Tailgating", priority: "high", phase: expect.stringMatching(/unacknowledged/) },
  ]);
  const evidence = found?.payload["evidence"];
  expect(evidence).toMatch(/^[0-9a-f]{64}$/);
  expect(site.evidence.get(evidence as string)).toEqual(picture); // it matches
  // Both leave by the door through which they came in (R15).
  await site.present(porter.card, "outer-exit");
  expect(site.lock("outer")).toBe("released");
  site.moveDoor("outer", "open");
  await site.passes(6_000);
  expect(site.vestibule()).toMatchObject({ occupancy: 0, occupancySecure: 0 });
});

test("T45: as many as were verified go on", async () => {
  const site = await between();
  await site.present(porter.card, "inner-entry");
  await counted(site, 1);
  expect(site.lock("inner")).toBe("released");
  expect(site.records("TailgatingFound")).toEqual([]);
});

test.each([
  ["no answer that can be believed", async (site: SiteInOneProcess) => await counted(site, undefined)],
  ["no answer at all", async (site: SiteInOneProcess) => await site.passes(2_100)],
  [
    "a vision process that dies",
    async (site: SiteInOneProcess) => {
      site.killVision();
      await site.passes(2_100);
    },
  ],
])("T45: %s: the inner door stays shut, and not for a tailgater", async (_, ends) => {
  const site = await between();
  await site.present(porter.card, "inner-entry");
  await ends(site);
  expect(site.lock("inner")).toBe("secured");
  expect(site.records("AccessDenied").at(-1)?.payload["reason"]).toBe("cameraFault");
  expect(site.records("TailgatingFound")).toEqual([]);
  await site.passes(2_000);
  await site.present(porter.card, "outer-exit");
  expect(site.lock("outer")).toBe("released");
});

test("T45: a count that comes too late opens nothing", async () => {
  const site = await between();
  await site.present(porter.card, "inner-entry");
  await site.passes(2_100);
  await counted(site, 1);
  expect(site.lock("inner")).toBe("secured");
  expect(site.records("AccessGranted")).toHaveLength(1);
});
