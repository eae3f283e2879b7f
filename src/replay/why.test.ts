import { expect, test } from "vitest";
import { recordsOf } from "../../test/support/replayed.ts";
import { anna, SiteInOneProcess } from "../../test/support/site-in-one-process.ts";
import { type Why, whyOf } from "./why.ts";

const why = (site: SiteInOneProcess, seq: number | undefined): Why | undefined =>
  whyOf((query) => site.disk.query(query), seq ?? 0);

test("a grant rests on the card, the surroundings, the verdict and the level; its passage is told whole", async () => {
  const site = await SiteInOneProcess.open();
  await site.goesThrough(anna);
  const granted = why(site, site.records("AccessGranted")[0]?.seq);
  expect(granted?.decision).toMatchObject({
    rules: "access",
    same: true,
    input: {
      type: "FaceJudged",
      credential: { cardholder: site.cardholder(anna), accessLevels: ["staff"], cardStatus: "active" },
      surroundings: { secure: { outer: true, inner: true }, storage: "ok", camera: "usable" },
      verdict: { accepted: true },
      face: { distance: expect.any(Number), threshold: expect.any(Number), model: expect.any(String) },
    },
    policy: {
      content: { levels: [{ name: "staff", mode: "card+face" }], verifyTimeout: expect.any(Number) },
    },
  });
  expect(granted?.passage.map(({ type }) => type)).toEqual([
    "CardPresented",
    "VerificationStarted",
    "AccessGranted",
    "DoorReleased",
    "AccessTaken",
  ]);
  expect(granted?.notAgain).toBeUndefined();
});

test("a release rests on what the interlock was asked, and on its own rules", async () => {
  const site = await SiteInOneProcess.open();
  await site.goesThrough(anna);
  for (const type of ["DoorReleased", "DoorSecured", "DoorOpened", "DoorBecameSecure"]) {
    const record = site.records(type).at(-1);
    const { decision } = why(site, record?.seq) ?? {};
    expect(decision, type).toMatchObject({ rules: "interlock", same: true });
    expect(decision?.seqs).toContain(record?.seq);
    expect(decision?.policy.content).toMatchObject({ settleTime: 500 });
  }
  expect(why(site, site.records("DoorReleased")[0]?.seq)?.decision?.input).toMatchObject({
    type: "ReleaseRequested",
    grant: { id: "p1", kind: "access" },
  });
});

test("an alarm rests on the decision that it was written with", async () => {
  const site = await SiteInOneProcess.open();
  site.moveDoor("inner", "force");
  await site.passes(500);
  const raised = site.records("AlarmRaised").find(({ payload }) => payload["alarm"] === "DoorForcedOpen");
  const { decision } = why(site, raised?.seq) ?? {};
  expect(decision).toMatchObject({ rules: "interlock", same: true });
  expect(decision?.recorded.map(({ type }) => type)).toContain("DoorForcedOpen");
});

test("what nobody decided by a rule says so, and a record that is not there is none", async () => {
  const site = await SiteInOneProcess.open();
  expect(why(site, site.records("ControllerStarted")[0]?.seq)).toMatchObject({
    decision: undefined,
    notAgain: "noDecision",
  });
  expect(why(site, site.disk.last() + 1)).toBeUndefined();
});

test("every decision of a long day is explained, and decides the same", async () => {
  const site = await SiteInOneProcess.open();
  for (let time = 0; time < 16; time += 1) await site.goesThrough(anna);
  const all = recordsOf(site.disk).filter(({ input }) => input !== undefined && !("rules" in input));
  expect(all.length).toBeGreaterThan(120);
  for (const { seq, type } of all.filter((_, place) => place % 7 === 0))
    expect(why(site, seq)?.decision?.same, `${seq} ${type}`).toBe(true);
});
