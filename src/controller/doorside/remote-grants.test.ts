import { describe, expect, test } from "vitest";
import { anna, bo, SiteInOneProcess } from "../../../test/support/site-in-one-process.ts";
import type { RemoteDecision } from "../../ports/services/passage-services.ts";

const everywhere = { vestibules: "all", accessPoints: "all", schedule: "always" } as const;

const decision = (more: Partial<RemoteDecision> = {}): RemoteDecision => ({
  vestibule: "v1",
  door: "outer",
  granted: true,
  operator: "officer",
  reason: "known to me",
  ...more,
});

describe("a card where an operator has to look", () => {
  const open = (): Promise<SiteInOneProcess> =>
    SiteInOneProcess.open({ policy: { levels: [{ name: "staff", ...everywhere, mode: "face+remote" }] } });

  async function waits(site: SiteInOneProcess): Promise<void> {
    await site.present(anna.card);
    site.vision.accept();
    await site.settles();
  }

  test("waits, with the face compared, until somebody grants; the operator is in the record", async () => {
    const site = await open();
    await waits(site);
    expect(site.display()).toBe("waitForStaff");
    expect(site.services.passages.waiting()).toMatchObject([
      { vestibule: "v1", accessPoint: "outer-entry", cardholder: site.cardholder(anna) },
    ]);
    expect(site.lock("outer")).toBe("secured");
    expect(await site.services.passages.decideRemotely(decision())).toMatchObject({ is: "granted" });
    await site.passes(100);
    expect(site.lock("outer")).toBe("released");
    expect(site.records("AccessGranted")).toMatchObject([
      { payload: { operator: "officer", mode: "face+remote" } },
    ]);
    expect(site.services.passages.waiting()).toEqual([]);
  });

  test("refused: remoteDenied, with who and why", async () => {
    const site = await open();
    await waits(site);
    expect(await site.services.passages.decideRemotely(decision({ granted: false }))).toMatchObject({
      is: "denied",
      reason: "remoteDenied",
    });
    expect(site.lock("outer")).toBe("secured");
    expect(JSON.stringify(site.records("AccessDenied"))).toContain("officer");
  });

  test("nobody decides in time: refused", async () => {
    const site = await open();
    await waits(site);
    await site.passes(60_100);
    expect(site.records("AccessDenied")).toMatchObject([{ payload: { reason: "timeout" } }]);
    expect(await site.services.passages.decideRemotely(decision())).toEqual({ is: "nobodyWaits" });
  });

  test("R3: granted while the other door is open opens nothing", async () => {
    const site = await open();
    await waits(site);
    site.moveDoor("inner", "force");
    await site.passes(200);
    expect(await site.services.passages.decideRemotely(decision())).toMatchObject({ is: "denied" });
    await site.passes(100);
    expect(site.lock("outer")).toBe("secured");
  });

  test("of another person, or at another access point, is not meant", async () => {
    const site = await open();
    await waits(site);
    const { passages } = site.services;
    for (const other of [{ accessPoint: "outer-exit" as const }, { door: "inner" as const }])
      expect(await passages.decideRemotely(decision(other))).toEqual({ is: "nobodyWaits" });
    expect(passages.waiting()).toHaveLength(1);
  });
});

describe("somebody without a card", () => {
  const open = (mode: "face+remote" | "card+face"): Promise<SiteInOneProcess> =>
    SiteInOneProcess.open({ policy: { levels: [{ name: "staff", ...everywhere, mode }] } });

  test("is compared with the person the operator names, and let in if it is so", async () => {
    const site = await open("face+remote");
    const cardholder = site.cardholder(bo);
    const outcome = await site.services.passages.decideRemotely(decision({ cardholder }));
    expect(outcome).toMatchObject({ is: "looking" });
    expect(site.display()).toBe("look");
    site.vision.accept();
    await site.passes(100);
    expect(site.lock("outer")).toBe("released");
    expect(site.records("RemoteVerificationStarted")).toMatchObject([
      { payload: { cardholder, card: null, operator: "officer", reason: "known to me" } },
    ]);
  });

  test("and not let in if it is not", async () => {
    const site = await open("face+remote");
    await site.services.passages.decideRemotely(decision({ cardholder: site.cardholder(bo) }));
    site.vision.refuse("faceMismatch");
    await site.passes(100);
    expect(site.lock("outer")).toBe("secured");
    expect(site.records("AccessDenied")).toMatchObject([{ payload: { reason: "faceMismatch" } }]);
  });

  test("where the person's levels do not allow it nobody is looked at: notAuthorised", async () => {
    const site = await open("card+face");
    const outcome = await site.services.passages.decideRemotely(
      decision({ cardholder: site.cardholder(bo) }),
    );
    expect(outcome).toMatchObject({ is: "denied", reason: "notAuthorised" });
    expect(site.vision.verifications()).toEqual([]);
  });

  test("nobody of that name", async () => {
    const site = await open("face+remote");
    expect(await site.services.passages.decideRemotely(decision({ cardholder: "nobody" }))).toEqual({
      is: "unknownCardholder",
    });
  });
});
