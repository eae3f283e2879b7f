import type { Browser } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoPeople, enrolmentPortraits } from "../src/simulation/demo-people.ts";
import { ConsolePage, laptop, launchBrowser, phone } from "./support/console-page.ts";
import { DemoDaemon } from "./support/demo-daemon.ts";
import { signedInOperators } from "./support/operators.ts";
import type { SiteApi } from "./support/site-api.ts";

// Operators at the page of the real daemon: one in the browser, a second one elsewhere. The steps build on each other.

const password = "two doors and one key";
const patience = { timeout: 30_000 };
const why = "Why? This goes into the record.";

let daemon: DemoDaemon;
let browser: Browser;
let shown: ConsolePage;
let li: SiteApi;

beforeAll(async () => {
  daemon = await DemoDaemon.start({ name: "browser-operators", password });
  [li] = (await signedInOperators(daemon, ["li.na"])) as [SiteApi];
  browser = await launchBrowser();
  const context = await browser.newContext({ locale: "en-GB", viewport: laptop });
  context.setDefaultTimeout(patience.timeout);
  shown = new ConsolePage(await context.newPage());
  await shown.page.goto(`${daemon.address}/demo`);
  await shown.signIn(password);
});

afterAll(async () => {
  await browser?.close();
  await daemon?.[Symbol.asyncDispose]();
});

const mode = (name: string) => shown.page.locator(`.mode[data-mode="${name}"]`);

test("R14: a lockdown is asked for once more, and why; the page and the readers say it, in both languages", async () => {
  const { page } = shown;
  await shown.button("Lock down").click();
  await shown.button("Lock down now").click();
  await page.getByText("Please write why first.").waitFor();
  await page.getByPlaceholder(why).fill("seen on the camera");
  expect(await shown.barriers()).toEqual([]);
  await shown.button("Lock down now").click();
  await mode("lockdown").waitFor();
  await page.getByText("Closed for the moment. Please wait").first().waitFor();
  await shown.recorded("admin orders a lockdown. seen on the camera").waitFor();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("lockdown");
  await shown.button("切换到中文").click();
  await mode("lockdown").getByText("全部锁闭").waitFor();
  await page.setViewportSize(phone);
  expect(await shown.sticksOut()).toBe(false);
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("lockdown-phone-zh");
  await page.setViewportSize(laptop);
  await shown.button("Switch to English").click();
  await shown.button("Lift the lockdown").click();
  await shown.button("Lift it now").click();
  await mode("lockdown").waitFor({ state: "detached" });
});

test("R13: an override waits for a second operator, who joins, and is on the page until it ends", async () => {
  const { page } = shown;
  await shown.button("Override").click();
  await page.getByPlaceholder(why).fill("somebody has fainted");
  await shown.button("Ask for it").click();
  await page.getByText("You have asked to override: both doors.").waitFor();
  expect(await shown.barriers()).toEqual([]);
  const joined = await li.send("POST", "/vestibules/v1/override", { doors: "both", reason: "I see it" });
  expect(joined.status).toBe(200);
  await mode("override").waitFor();
  await shown.doorFacts("inner").getByText("Released").waitFor();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("override");
});

test("R13: what another operator has proposed can be joined from the page", async () => {
  const { page } = shown;
  await li.ask("POST", "/vestibules/v1/override", { doors: "outer", reason: "again" });
  await page.getByText("li.na asks to override: outer door.").waitFor();
  await shown.button("Join as the second operator").click();
  await page.getByPlaceholder(why).fill("I see it too");
  await shown.button("Ask for it").click();
  await shown.recorded("EMERGENCY OVERRIDE by li.na, admin: outer door").waitFor();
});

test("R12: fire is above everything; its reset is refused while it burns, and takes a word after", async () => {
  const { page } = shown;
  const fire = page.locator('[data-input="fire"]');
  await fire.click();
  await mode("emergency").waitFor();
  await page.getByText("The door is open. Push it").first().waitFor();
  const reset = async (): Promise<void> => {
    await page.getByPlaceholder(why).fill("false alarm in the kitchen");
    await shown.button("Reset now").click();
  };
  await shown.button("Reset the emergency").click();
  await reset();
  await page.getByText("The fire input still says fire.").first().waitFor();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("emergency");
  await fire.click();
  await page.getByText("The fire input is quiet.").waitFor();
  await reset();
  await mode("emergency").waitFor({ state: "detached" });
  expect(shown.complaints).toEqual([]);
});

test("photos are added on the page: what to do better, whose face it is already, and that they are two people", async () => {
  const { page } = shown;
  await li.enrolled();
  await li.seeing();
  const [one, two] = demoPeople;
  if (one === undefined || two === undefined) throw new Error("there are three");
  const [portrait = new Uint8Array()] = await enrolmentPortraits(one);
  const dark = await sharp(portrait).linear(0.25, 0).jpeg().toBuffer();
  const [, second = ""] = await shown.people();
  await page.getByText("People and photos").click();
  const row = page.locator(".people-rows > li").filter({ hasText: second });
  await row.locator("summary").click();
  const choose = (buffer: Uint8Array): Promise<void> =>
    row
      .locator("input")
      .setInputFiles({ name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from(buffer) });
  await choose(dark);
  await row.getByText("More light on the face").waitFor();
  await choose(portrait);
  await row.getByText("This face is enrolled already:").waitFor();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("photo-of-somebody-else");
  await shown.button("They are two people: enrol it all the same").click();
  await row.getByText("Enrolled.").waitFor();
  await row.getByText("4 photos").waitFor();
  await shown.recorded("only looks like somebody else").waitFor();
  expect(shown.complaints).toEqual([]);
});
