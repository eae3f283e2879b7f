import { describe, expect, test } from "vitest";
import { AtTheDoor } from "../../../test/support/at-the-door.ts";
import { anna, bo, SiteInOneProcess } from "../../../test/support/site-in-one-process.ts";
import type { DuressRules } from "../../domain/access/access.ts";
import type { AccessPointName } from "../../domain/names.ts";

const everywhere = { vestibules: "all", accessPoints: "all", schedule: "always" } as const;
const duressCard = "1098";

type Way = (watched: AtTheDoor, accessPoint: AccessPointName) => Promise<void>;

/** How somebody passes, and how the same person does when he is forced. */
const ways: Readonly<Record<string, { readonly freely: Way; readonly forced: Way }>> = {
  PIN: {
    freely: (watched, at) => passes(watched, at, anna.card, "2468#"),
    forced: (watched, at) => passes(watched, at, anna.card, "9753#"),
  },
  card: {
    freely: (watched, at) => passes(watched, at, anna.card, "2468#"),
    forced: (watched, at) => passes(watched, at, duressCard, "2468#"),
  },
  gesture: {
    freely: (watched, at) => passes(watched, at, anna.card, "2468#"),
    forced: (watched, at) => passes(watched, at, anna.card, "2468#", true),
  },
};

async function passes(
  watched: AtTheDoor,
  accessPoint: AccessPointName,
  card: string,
  keys: string,
  gesture = false,
): Promise<void> {
  const { site } = watched;
  await site.present(card, accessPoint);
  await watched.passes(400);
  // Refused at the card: nothing is compared and no PIN is taken.
  if (site.display(accessPoint) !== "look") return;
  if (gesture) site.vision.acceptForced();
  else site.vision.accept();
  await watched.passes(1_200);
  for (const key of keys) {
    await site.press(key, accessPoint);
    await watched.passes(150);
  }
}

async function open(policy: DuressRules["policy"]): Promise<SiteInOneProcess> {
  const site = await SiteInOneProcess.open({
    policy: {
      levels: [{ name: "staff", ...everywhere, mode: "card+face+pin" }],
      duress: { policy },
    },
  });
  for (const person of [anna, bo]) site.setPin(person, "2468", "9753");
  site.directory.issueCard(site.cardholder(anna), duressCard, "raw", { duress: true });
  return site;
}

/** From before the card until everything is at rest again. */
async function perceived(
  site: SiteInOneProcess,
  way: Way,
  accessPoint: AccessPointName = "outer-entry",
): Promise<Pick<AtTheDoor, "seen" | "sent">> {
  const watched = new AtTheDoor(site);
  await watched.passes(100);
  await way(watched, accessPoint);
  await watched.passes(1_000);
  const door = accessPoint.startsWith("outer") ? "outer" : "inner";
  if (site.lock(door) === "released") site.moveDoor(door, "open");
  await watched.passes(12_000);
  return { seen: watched.seen, sent: watched.sent };
}

const alarms = (site: SiteInOneProcess): readonly string[] => site.services.alarms().map(({ id }) => id);

describe.each(Object.entries(ways))("A5, T25: forced, by %s", (_, { freely, forced }) => {
  test("nothing that can be seen, heard, timed or read from the displays' cables at the door differs, and the alarm is raised", async () => {
    const [free, duress] = [await open("grant"), await open("grant")];
    const asUsual = await perceived(free, freely);
    // Each change, and about three words in two seconds to each of the four displays besides.
    expect(asUsual.sent.filter(({ bytes }) => bytes.includes("welcome")).length).toBeGreaterThan(1);
    expect(asUsual.sent.length).toBeGreaterThan(60);
    expect(asUsual.seen.length).toBeGreaterThan(8); // card, face, PIN, welcome, released, open, secured, ready
    expect(await perceived(duress, forced)).toEqual(asUsual);
    expect(alarms(free)).toEqual([]);
    expect(alarms(duress)).toEqual(["v1.outer-entry.Duress"]);
    expect(duress.alarm("v1.outer-entry.Duress")).toMatchObject({ priority: "critical" });
  });

  test("what anybody may read of the record is the same, record by record", async () => {
    const [free, duress] = [await open("grant"), await open("grant")];
    await perceived(free, freely);
    await perceived(duress, forced);
    const others = (site: SiteInOneProcess) =>
      site
        .records()
        .filter(({ type, payload }) => type !== "DuressSignalled" && payload["alarm"] !== "Duress")
        .map(({ type, at, payload }) => ({
          type,
          at,
          reason: payload["reason"],
          correct: payload["correct"],
        }));
    expect(others(duress)).toEqual(others(free));
  });

  test("the alarm is durable with the grant, before the lock moves", async () => {
    const site = await open("grant");
    site.trace.length = 0;
    await perceived(site, forced);
    const signalled = site.trace.indexOf("durable DuressSignalled");
    expect(signalled).toBeGreaterThan(-1);
    expect(site.trace.indexOf("outer released")).toBeGreaterThan(signalled);
  });

  test("deny: as if the camera had failed", async () => {
    const site = await open("deny");
    await perceived(site, forced);
    expect(site.records("AccessDenied")[0]?.payload["detail"]).toBe(
      "the camera gives no picture that can be trusted",
    );
    expect(site.records("AccessDenied")).toMatchObject([{ payload: { reason: "cameraFault" } }]);
    expect(site.records("DoorReleased")).toEqual([]);
    expect(alarms(site)).toEqual(["v1.outer-entry.Duress"]);
  });

  test("grantOuterHoldInner: in as usual, and the inner door refuses everybody as if its camera had failed", async () => {
    const [free, duress] = [await open("grantOuterHoldInner"), await open("grantOuterHoldInner")];
    expect(await perceived(duress, forced)).toEqual(await perceived(free, freely));
    const byBo: Way = (watched, at) => passes(watched, at, bo.card, "2468#");
    free.vision.health("inside", { type: "CameraLost", detail: "no picture" });
    const broken = await perceived(free, byBo, "inner-entry");
    expect(await perceived(duress, byBo, "inner-entry")).toEqual(broken);
    expect(duress.lock("inner")).toBe("secured");
    expect(duress.records("AccessDenied").at(-1)).toMatchObject({ payload: { reason: "cameraFault" } });

    await duress.services.acknowledge("v1.outer-entry.Duress", "centre", "police informed");
    await duress.passes(2_000);
    await byBo(new AtTheDoor(duress), "inner-entry");
    await duress.passes(200);
    expect(duress.lock("inner")).toBe("released");
  });
});

test("A5: a controller that is started again still holds the inner door", async () => {
  const site = await open("grantOuterHoldInner");
  await perceived(site, (watched, at) => passes(watched, at, anna.card, "9753#"));
  site.killController();
  await site.startController();
  await site.passes(2_000);
  await passes(new AtTheDoor(site), "inner-entry", bo.card, "2468#");
  await site.passes(200);
  expect(site.records("AccessDenied").at(-1)).toMatchObject({ payload: { reason: "cameraFault" } });
  expect(site.lock("inner")).toBe("secured");
});

test("A5: forced and refused for another reason: the alarm is raised all the same", async () => {
  const site = await open("grant");
  await site.present(anna.card);
  await site.press("9753#");
  site.vision.refuse("faceMismatch");
  await site.passes(200);
  expect(site.records("AccessDenied")).toMatchObject([{ payload: { reason: "faceMismatch" } }]);
  expect(alarms(site)).toEqual(["v1.outer-entry.Duress"]);
});

describe("A5: at a door that keeps refusing, because the other one chatters or is kept open", () => {
  async function refused(
    keys: string,
  ): Promise<{ site: SiteInOneProcess } & Pick<AtTheDoor, "seen" | "sent">> {
    const site = await open("grant");
    site.moveDoor("outer", "force");
    await site.passes(1_000);
    const watched = new AtTheDoor(site);
    await site.present(anna.card, "inner-entry");
    await watched.passes(400);
    for (const key of keys) {
      await site.press(key, "inner-entry");
      await watched.passes(150);
    }
    await watched.passes(5_000);
    return { site, seen: watched.seen, sent: watched.sent };
  }

  test("the duress PIN is heard, and nothing at the door tells", async () => {
    const [free, forced] = [await refused("2468#"), await refused("9753#")];
    for (const { site } of [free, forced])
      expect(site.records("AccessDenied")).toMatchObject([{ payload: { reason: "interlocked" } }]);
    expect(alarms(forced.site)).toContain("v1.inner-entry.Duress");
    expect(alarms(free.site)).not.toContain("v1.inner-entry.Duress");
    expect({ seen: forced.seen, sent: forced.sent }).toEqual({ seen: free.seen, sent: free.sent });
    // Neither is a guess at a PIN there.
    expect(free.site.records("PinEntered")).toEqual([]);
    expect(forced.site.lock("inner")).toBe("secured");
  });

  test("one entry counts, and only for as long as a PIN is waited for", async () => {
    expect(alarms((await refused("1111#9753#")).site)).not.toContain("v1.inner-entry.Duress");
    const { site } = await refused("");
    await site.passes(60_000);
    for (const key of "9753#") await site.press(key, "inner-entry");
    await site.passes(1_000);
    expect(alarms(site)).not.toContain("v1.inner-entry.Duress");
  });
});
