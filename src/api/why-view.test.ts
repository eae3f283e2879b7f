import { describe, expect, test } from "vitest";
import { recordsOf } from "../../test/support/replayed.ts";
import { anna, SiteInOneProcess } from "../../test/support/site-in-one-process.ts";
import type { DuressRules } from "../domain/access/access.ts";
import { tellsOfDuress } from "../ports/duress-records.ts";
import { whyOf } from "../replay/why.ts";
import { whyView } from "./why-view.ts";

const duressCard = "1098";
const signs = ["PIN", "card", "gesture"] as const;

async function passage(
  policy: DuressRules["policy"],
  sign: (typeof signs)[number] | undefined,
  accessPoint: "outer-entry" | "inner-entry" = "outer-entry",
  mode: "card+face+pin" | "card+face" = "card+face+pin",
): Promise<SiteInOneProcess> {
  const everywhere = { vestibules: "all", accessPoints: "all", schedule: "always" } as const;
  const site = await SiteInOneProcess.open({
    policy: { levels: [{ name: "staff", ...everywhere, mode }], duress: { policy } },
  });
  site.setPin(anna, "2468", "9753");
  site.directory.issueCard(site.cardholder(anna), duressCard, "raw", { duress: true });
  await site.present(sign === "card" ? duressCard : anna.card, accessPoint);
  if (site.display(accessPoint) !== "look") return site;
  if (sign === "gesture") site.vision.acceptForced();
  else site.vision.accept();
  await site.passes(500);
  await site.press(sign === "PIN" ? "9753#" : "2468#", accessPoint);
  await site.passes(1_000);
  return site;
}

const views = (site: SiteInOneProcess, seesDuress: boolean) =>
  recordsOf(site.disk).map(({ seq }) =>
    whyView(
      whyOf((query) => site.disk.query(query), seq),
      seesDuress,
    ),
  );

/** Without what differs between any two passages: numbers, hashes, the card. */
const alike = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll(duressCard, anna.card)
      .replaceAll(/"[0-9a-f]{16,64}"/g, '"hash"')
      .replaceAll(/"time":"[^"]*"/g, '"time":""')
      .replaceAll(/:-?\d+(\.\d+)?/g, ":0")
      .replaceAll(/"seqs":\[[^\]]*\]/g, '"seqs":[]'),
  );

describe("A5: at the box nobody reads from the facts that somebody was forced", () => {
  test.each(signs)("by %s: as any other passage", async (sign) => {
    const free = views(await passage("grant", undefined), false).filter((view) => view !== undefined);
    const forced = views(await passage("grant", sign), false).filter((view) => view !== undefined);
    expect(forced.length).toBeGreaterThan(10);
    expect(alike(forced)).toEqual(alike(free));
  });

  test.each(signs)("by %s: a refusal says what a camera that failed would", async (sign) => {
    const site = await passage("deny", sign);
    const shown = views(site, false);
    const denied = shown.find((view) => view?.event.type === "AccessDenied");
    expect(denied?.decision).toMatchObject({ same: true, input: { surroundings: { camera: "faulty" } } });
    expect(denied?.decision?.input["verdict"] ?? "correct").toBe("correct");
    expect(JSON.stringify(shown)).not.toMatch(/duress|forced"/i);
  });

  test("by gesture, where nothing but the face is asked for: the face too is what that camera would have made of it", async () => {
    const site = await passage("deny", "gesture", "outer-entry", "card+face");
    const denied = views(site, false).find((view) => view?.event.type === "AccessDenied");
    expect(denied?.decision?.input["verdict"]).toMatchObject({ accepted: false, reason: "cameraFault" });
  });

  test.each(signs)("by %s: an inner door that is held says no more", async (sign) => {
    const site = await passage("grantOuterHoldInner", sign, "inner-entry");
    expect(JSON.stringify(views(site, false))).not.toMatch(/duress|forced"/i);
  });
});

test("A5: whoever may know is shown the sign, and its record", async () => {
  const site = await passage("grant", "PIN");
  const shown = views(site, true);
  expect(shown).not.toContain(undefined);
  expect(shown.find((view) => view?.event.type === "DuressSignalled")?.decision).toMatchObject({
    same: true,
    input: { type: "PinJudged", verdict: "duress" },
    rulesInForce: { duress: { policy: "grant" } },
  });
  const hidden = recordsOf(site.disk).filter(tellsOfDuress).length;
  expect(hidden).toBeGreaterThan(0);
  expect(views(site, false).filter((view) => view === undefined)).toHaveLength(hidden);
});
