import { describe, expect, test } from "vitest";
import { anna, bo, SiteInOneProcess } from "../../../test/support/site-in-one-process.ts";
import type { AccessPointName } from "../../domain/names.ts";

const shown = (site: SiteInOneProcess, accessPoint: AccessPointName = "outer-entry") => {
  const { text, hint } = site.vestibule().displays[accessPoint] ?? { text: "nothing", hint: null };
  return hint === null ? text : `${text} ${hint}`;
};

test("a passage as the person sees it: ready, look, welcome, ready", async () => {
  const site = await SiteInOneProcess.open();
  expect(shown(site)).toBe("ready");
  await site.present(anna.card);
  expect(shown(site)).toBe("look");
  site.vision.accept();
  await site.passes(200);
  expect(shown(site)).toBe("welcome");
  expect(shown(site, "inner-entry")).toBe("ready");
  site.moveDoor("outer", "open");
  await site.passes(6_000);
  expect(shown(site)).toBe("ready");
});

test("a refusal is shown for four seconds, and the state says until when", async () => {
  const site = await SiteInOneProcess.open();
  await site.present(anna.card);
  const at = site.clock.now();
  site.vision.refuse("poorQuality");
  await site.settles();
  expect(site.vestibule().displays["outer-entry"]).toEqual({
    text: "tryAgain",
    hint: "stepCloser",
    until: at + 4_000,
  });
  await site.passes(3_999);
  expect(shown(site)).toBe("tryAgain stepCloser");
  await site.passes(1);
  expect(site.vestibule().displays["outer-entry"]).toEqual({ text: "ready", hint: null, until: null });
});

test("a card that is unknown, lost or not allowed shows one and the same text", async () => {
  const site = await SiteInOneProcess.open();
  await site.services.reportLost(anna.card, "admin");
  await site.services.changeCardholder(site.cardholder(bo), { accessLevels: [] }, "admin");
  const texts: string[] = [];
  for (const card of ["9999", anna.card, bo.card]) {
    await site.present(card);
    texts.push(shown(site));
    await site.passes(5_000);
  }
  expect(texts).toEqual(["askStaff", "askStaff", "askStaff"]);
  const reasons = site.records("AccessDenied").map(({ payload }) => payload.reason);
  expect(reasons).toEqual(["unknownCredential", "lostCredential", "noAccessLevel"]);
});

test("somebody else's face, nobody's and one not judged in time show one and the same text", async () => {
  const site = await SiteInOneProcess.open();
  const texts: string[] = [];
  for (const reason of ["faceMismatch", "noFace", "timeout"] as const) {
    await site.present(anna.card);
    if (reason !== "timeout") site.vision.refuse(reason);
    await site.passes(4_000);
    texts.push(
      site.records("AccessDenied").at(-1)?.payload.reason === reason ? shown(site) : "another refusal",
    );
    await site.passes(5_000);
  }
  expect(texts.slice(-1)).toEqual(["tryAgain faceCamera"]);
  for (const reason of ["faceMismatch", "noFace"] as const) {
    await site.present(bo.card);
    site.vision.refuse(reason);
    await site.settles();
    expect(shown(site)).toBe("tryAgain faceCamera");
    await site.passes(5_000);
  }
});

test("whoever must wait for the other door is told to wait, nothing else", async () => {
  const site = await SiteInOneProcess.open();
  site.moveDoor("inner", "force");
  await site.passes(100);
  await site.present("9999");
  expect(shown(site)).toBe("wait");
});

describe("R6: a door that is held open", () => {
  test("asks on both sides to be closed, before the alarm, and stops once it is", async () => {
    const site = await SiteInOneProcess.open();
    await site.present(anna.card);
    site.vision.accept();
    await site.passes(200);
    site.moveDoor("outer", "prop");
    await site.passes(10_200);
    expect(site.alarm("v1.outer.DoorHeldOpen")).toBeUndefined();
    for (const side of ["outer-entry", "outer-exit"] as const) expect(shown(site, side)).toBe("closeDoor");
    expect(shown(site, "inner-entry")).toBe("ready");
    await site.passes(5_000);
    expect(site.alarm("v1.outer.DoorHeldOpen")).toBeDefined();
    site.moveDoor("outer", "close");
    await site.passes(200);
    for (const side of ["outer-entry", "outer-exit"] as const)
      expect(shown(site, side)).not.toBe("closeDoor");
  });

  test("goes on asking for as long as it is open", async () => {
    const site = await SiteInOneProcess.open();
    await site.present(anna.card);
    site.vision.accept();
    await site.passes(200);
    site.moveDoor("outer", "prop");
    await site.passes(120_000);
    expect(shown(site)).toBe("closeDoor");
    await site.present(bo.card, "inner-entry");
    expect(shown(site, "inner-entry")).toBe("wait");
    expect(shown(site)).toBe("closeDoor");
  });

  test("is not asked to close any more by an interlock that is gone", async () => {
    const site = await SiteInOneProcess.open();
    site.moveDoor("outer", "force");
    site.moveDoor("outer", "prop");
    await site.passes(20_000);
    expect(shown(site)).toBe("closeDoor");
    site.killInterlock();
    expect(shown(site)).toBe("ready");
  });
});
