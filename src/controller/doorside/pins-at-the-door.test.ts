import { expect, test } from "vitest";
import { anna, SiteInOneProcess } from "../../../test/support/site-in-one-process.ts";

const everywhere = { vestibules: "all", accessPoints: "all", schedule: "always" } as const;

async function siteWithPins(mode: "card+face+pin" | "card+pin" = "card+face+pin"): Promise<SiteInOneProcess> {
  const site = await SiteInOneProcess.open({ policy: { levels: [{ name: "staff", ...everywhere, mode }] } });
  site.setPin(anna, "2468", "9753");
  return site;
}

test("card, face, PIN: the display asks for each in turn, and the door opens after the last", async () => {
  const site = await siteWithPins();
  await site.present(anna.card);
  expect(site.display()).toBe("look");
  site.vision.accept();
  await site.settles();
  expect(site.display()).toBe("enterPin");
  expect(site.lock("outer")).toBe("secured");
  await site.press("2468#");
  await site.passes(100);
  expect(site.lock("outer")).toBe("released");
  expect(site.display()).toBe("welcome");
});

test("a PIN entered while the camera still looks counts: nobody waits for the slower of the two", async () => {
  const site = await siteWithPins();
  await site.present(anna.card);
  await site.press("24");
  await site.press("68#");
  expect(site.lock("outer")).toBe("secured");
  site.vision.accept();
  await site.passes(100);
  expect(site.lock("outer")).toBe("released");
});

test("* takes back what was pressed, Enter alone is no guess, and old keys belong to nobody", async () => {
  const site = await siteWithPins("card+pin");
  await site.press("2468#"); // before any card
  await site.present(anna.card);
  await site.press("99*2468#");
  await site.passes(100);
  expect(site.records("AccessDenied")).toEqual([]);
  expect(site.lock("outer")).toBe("released");
});

test("T25: a wrong PIN is refused with the words for a wrong face, and is in no record", async () => {
  const site = await siteWithPins();
  await site.present(anna.card);
  site.vision.accept();
  await site.settles();
  await site.press("1357#");
  await site.settles();
  expect(site.display()).toBe("tryAgain");
  expect(site.records("AccessDenied")).toMatchObject([{ payload: { reason: "wrongPin" } }]);
  expect(JSON.stringify(site.records())).not.toContain("1357");
  await site.passes(5_000);
  await site.present(anna.card);
  site.vision.refuse("faceMismatch");
  await site.settles();
  expect(site.display()).toBe("tryAgain");
});

test("T25: too long a number is wrong, whatever it begins with", async () => {
  const site = await siteWithPins("card+pin");
  await site.present(anna.card);
  await site.press(`2468${"0".repeat(14)}#`.slice(0, 16));
  await site.press("#");
  await site.settles();
  expect(site.records("AccessDenied")).toMatchObject([{ payload: { reason: "wrongPin" } }]);
});

test("A6, T25: three wrong PINs lock the card and the keypad, with an alarm", async () => {
  const site = await siteWithPins("card+pin");
  for (const guess of ["1111#", "2222#", "3333#"]) {
    await site.passes(2_000);
    await site.present(anna.card);
    await site.press(guess);
    await site.settles();
  }
  expect(site.alarm("v1.outer-entry.RepeatedDenials")).toBeDefined();
  await site.passes(2_000);
  await site.present(anna.card);
  await site.press("2468#");
  await site.passes(100);
  expect(site.lock("outer")).toBe("secured");
  expect(site.records("AccessDenied").at(-1)).toMatchObject({ payload: { reason: "lockedOut" } });
  await site.passes(60_000);
  await site.present(anna.card);
  await site.press("2468#");
  await site.passes(100);
  expect(site.lock("outer")).toBe("released");
});

test("nobody enters one in time: refused, and the next card starts anew", async () => {
  const site = await siteWithPins("card+pin");
  await site.present(anna.card);
  await site.passes(14_900);
  expect(site.display()).toBe("enterPin");
  await site.passes(200);
  expect(site.records("AccessDenied")).toMatchObject([{ payload: { reason: "timeout" } }]);
  expect(site.display()).toBe("tryAgain");
});
