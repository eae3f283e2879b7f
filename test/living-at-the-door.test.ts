import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DemoDaemon } from "./support/demo-daemon.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";
import type { Recorded, SiteApi } from "./support/site-api.ts";

watchMachine();
/** Each attempt waits for somebody to be watched, several times over where the machine is busy. */
const againForLong = { ...againWhereHeldUp, timeout: 120_000 };

let daemon: DemoDaemon;
let api: SiteApi;

beforeAll(async () => {
  daemon = await DemoDaemon.start({
    name: "living-at-the-door",
    password: "nobody is a picture",
    site: (site) => {
      const [vestibule] = site.vestibules;
      const inner = vestibule?.accessPoints["inner-entry"];
      if (vestibule === undefined || inner === undefined) throw new Error("the demo has an inner reader");
      inner["liveness"] = "challenge";
      for (const door of Object.values(vestibule.doors)) door["releaseTime"] = 2;
    },
  });
  api = await daemon.logIn();
  await api.enrolled();
  await api.seeing();
}, 180_000);
afterAll(() => daemon?.[Symbol.asyncDispose]());

type Where = "outer-entry" | "inner-entry";

/**
 * Somebody is there for a while, as at a door, and then presents Emma's card. Where the machine was too busy to look at
 * them meanwhile, once more: what is told here is of faces that were watched.
 */
async function presents(accessPoint: Where, scene: object): Promise<Recorded | undefined> {
  let decision: Recorded | undefined;
  for (let attempt = 0; attempt < 4; attempt += 1) {
    await api.atRest();
    const start = await api.lastSeq();
    await api.scene(accessPoint, scene);
    await pause(lookedAtFor * (attempt + 1));
    await api.outcomeOf(accessPoint, "1001");
    await api.scene(accessPoint, { persons: [] });
    decision = (await api.events(start)).find(
      ({ type }) => type === "AccessGranted" || type === "AccessDenied",
    );
    if (decision?.["reason"] === "notLive" || watchedBefore(decision) >= longEnough) break;
  }
  return decision;
}
const lookedAtFor = 4_000;
const longEnough = 2_000;

/** For how long the face had been followed when the card came. */
function watchedBefore(decision: Recorded | undefined): number {
  const face = decision?.["face"] as { timings?: { watched?: number } } | undefined;
  return face?.timings?.watched ?? 0;
}

describe("a person at the door, and a picture of one", () => {
  test(
    "T15: Emma goes in; her picture on paper does not, and raises the alarm with its frames",
    againForLong,
    async () => {
      expect(await presents("outer-entry", { person: "1001" })).toMatchObject({ type: "AccessGranted" });
      const refused = await presents("outer-entry", { person: "1001", presented: "print" });
      expect(refused).toMatchObject({ type: "AccessDenied", reason: "notLive" });
      const { evidence } = await api.alarm("PresentationAttack", "returned-unacknowledged");
      expect(evidence.length).toBeGreaterThan(0);
    },
  );

  test("T16: her picture on a phone does not go in either", againForLong, async () => {
    const refused = await presents("outer-entry", { person: "1001", presented: "screen" });
    expect(refused).toMatchObject({ type: "AccessDenied", reason: "notLive" });
  });

  test(
    "where everybody is asked to do something, who does it goes in, and who just stands there does not",
    againForLong,
    async () => {
      const willing = await presents("inner-entry", { person: "1001" });
      expect(willing, JSON.stringify(willing)).toMatchObject({ type: "AccessGranted" });
      const refused = await presents("inner-entry", { person: "1001", obeys: false });
      expect(refused).toMatchObject({ type: "AccessDenied", reason: "notLive" });
    },
  );
});
