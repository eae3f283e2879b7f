import { expect, test } from "vitest";
import { bookWith } from "../../../test/support/rules-for-tests.ts";
import { anna, bo, SiteInOneProcess } from "../../../test/support/site-in-one-process.ts";
import type { JsonValue } from "../../ports/journal.ts";
import type { RuleKind } from "../../ports/rules-store.ts";
import { MemoryDirectory } from "../../simulation/memory-directory.ts";
import { MemoryRules } from "../../simulation/memory-rules.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";

/** A whole site whose rules can be changed; everybody may pass at all times. */
async function openSite() {
  const clock = new VirtualClock();
  const accessLevels = [
    { name: "staff", accessPoints: "all" },
    { name: "porters", accessPoints: "all", mode: "card" },
  ];
  const store = new MemoryRules(clock, new MemoryDirectory(clock));
  const book = bookWith({ accessLevels });
  const site = await SiteInOneProcess.open({ options: { rules: { book, store } } });
  const change = (kind: RuleKind, body: JsonValue): void => {
    const plan = site.services.rules.plan(kind, body);
    if (plan.is !== "possible") throw new Error(JSON.stringify(plan));
    site.services.rules.apply(plan, { operator: "admin", approver: null, reason: "" });
  };
  return { site, change };
}

const reasons = (site: SiteInOneProcess) =>
  site.records("AccessDenied").map(({ payload }) => payload["reason"]);

test("A9: a level that was taken away opens nothing from the next card on", async () => {
  const { site, change } = await openSite();
  await site.goesThrough(anna);
  expect(site.types()).toContain("AccessTaken");
  change("access-levels", [{ name: "porters", accessPoints: "all", mode: "card" }]);
  await site.present(bo.card);
  expect(reasons(site)).toEqual(["noAccessLevel"]);
});

test("A1: two persons at the door from the next card on", async () => {
  const { site, change } = await openSite();
  change("doors/v1/outer", { multiPerson: { count: 2, groups: [], directions: "entry" } });
  await site.present(anna.card);
  site.vision.accept();
  await site.passes(200);
  expect(site.types()).not.toContain("AccessGranted");
  expect(site.types()).toContain("PersonVerified");
});

test("R4: a release lasts as long as the rules say now, also at an interlock that was started anew", async () => {
  const { site, change } = await openSite();
  change("doors/v1/outer", { releaseTime: 2 });
  await site.settles();
  expect(site.services.rules.isAwaited("v1")).toBe(false);
  const releasedFor = async () => {
    await site.present(anna.card);
    site.vision.accept();
    await site.passes(200);
    expect(site.lock("outer")).toBe("released");
    await site.passes(1_700);
    const before = site.lock("outer");
    await site.passes(300);
    return [before, site.lock("outer")];
  };
  expect(await releasedFor()).toEqual(["released", "secured"]);
  site.killInterlock();
  expect(site.services.rules.isAwaited("v1")).toBe(true);
  await site.startInterlock();
  await site.passes(2_000);
  expect(site.services.rules.isAwaited("v1")).toBe(false);
  expect(await releasedFor()).toEqual(["released", "secured"]);
});

test("R4: with somebody under way it waits, and is said to", async () => {
  const { site, change } = await openSite();
  await site.present(anna.card);
  site.vision.accept();
  await site.passes(200);
  site.moveDoor("outer", "open");
  await site.passes(500);
  change("doors/v1/outer", { heldOpenTime: 60 });
  await site.settles();
  expect(site.services.rules.isAwaited("v1")).toBe(true);
  await site.passes(6_000);
  expect(site.services.rules.isAwaited("v1")).toBe(false);
});

test("what was changed holds after the controller was started anew", async () => {
  const { site, change } = await openSite();
  change("doors/v1/inner", { remoteGrant: true });
  site.killController();
  await site.startController();
  expect(site.services.rules.inForce("doors/v1/inner")).toMatchObject({
    version: 1,
    document: { remoteGrant: true },
  });
});
