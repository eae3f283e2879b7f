import process from "node:process";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConsolePage, desk, laptop, launchBrowser, phone } from "./support/console-page.ts";
import { type DemoDaemon, type SiteDraft, startDemoDaemon } from "./support/demo-daemon.ts";
import { noticed, noticedWithin } from "./support/noticed.ts";
import { seen } from "./support/until.ts";

// One newcomer at the demo page of the real daemon, from the one-time password on: the steps build on each other.

const ownPassword = "two doors and a key";
/** What a person waits for: a face compared without an accelerator on a busy machine takes its time. */
const patience = { timeout: 30_000 };
/** A lock that is released and a door that stands open stay so until a busy machine has looked. */
function unhurried(site: SiteDraft): void {
  for (const door of Object.values(site.vestibules[0]?.doors ?? {})) door["releaseTime"] = 15;
  site.board["doorCloserTime"] = 6;
  Object.assign(site, { heartbeatTime: 5, access: { ...site.access, verifyTimeout: 7 } });
}

let daemon: DemoDaemon;
let browser: Browser;
let console_: ConsolePage;
/** Who holds card 1001, and who holds 1002. */
let first: string;
let second: string;

beforeAll(async () => {
  daemon = await startDemoDaemon({ site: unhurried });
  browser = await launchBrowser();
  const context = await browser.newContext({ locale: "en-GB", viewport: laptop });
  context.setDefaultTimeout(patience.timeout);
  console_ = new ConsolePage(await context.newPage());
  await console_.page.goto(`${daemon.address}/demo`);
});

afterAll(async () => {
  await browser?.close();
  await daemon?.[Symbol.asyncDispose]();
});

/** Whoever was not found in the first pictures presents the card again. */
async function presents(card: string, until: Locator): Promise<void> {
  const look = async (): Promise<true | undefined> => {
    await console_.presentCard(card);
    return await until.waitFor({ timeout: 10_000 }).then(
      () => true,
      () => undefined,
    );
  };
  await seen(look, `what card ${card} comes to`, 40_000);
}

test("a wrong password is refused in words; the one-time password leads to choosing an own one", async () => {
  const { page } = console_;
  await console_.signIn("not the password");
  await page.getByText("User name or password is not right.").waitFor();
  expect(await console_.barriers()).toEqual([]);
  await console_.picture("sign-in");
  await console_.signIn(daemon.oneTimePassword ?? "");
  await page.getByRole("heading", { name: "Choose your own password" }).waitFor();

  const change = console_.button("Change and continue");
  await console_.choosePassword("short");
  expect(await change.isDisabled()).toBe(true);
  await console_.choosePassword(ownPassword);
  expect(await console_.barriers()).toEqual([]);
  await console_.picture("choose-password");
  await change.click();
  await page.getByRole("heading", { name: "The door pair, live" }).waitFor();
});

test("the right card with the right face releases the outer door, and it can be pushed open", async () => {
  const { page } = console_;
  await page.getByText("4 of 4 live").waitFor();
  await console_.card("1003").waitFor({ timeout: 40_000 }); // the demo's people are enrolled one after the other
  [first = "", second = ""] = await console_.people();
  await console_.picture("demo-1366");
  await console_.putBeforeCamera(first);
  await page.waitForTimeout(1_500); // she has to have been in the picture before the card is read
  await presents("1001", console_.doorFacts("outer").getByText("Released"));
  await console_.display("Outer door, in").getByText("Welcome").waitFor();
  await console_.picture("released-1366");
  await console_.button("Push it open").click();
  await console_.doorFacts("outer").getByText("open", { exact: true }).waitFor();
});

test("while the outer door is open, the inner one refuses as interlocked", async () => {
  await console_.standAt("Inner door, in");
  await console_.presentCard("1002");
  await console_.recorded("the other door is not secure").waitFor();
  await console_.tick("Try both doors at once").waitFor();
  await console_.picture("interlocked-1366");
  expect(await console_.doorFacts("inner").textContent()).toContain("Locked");
});

test("the door closes by itself, the passage is recorded, and she stands between the doors", async () => {
  const { page } = console_;
  await console_.recorded(`${first} went through the outer door`).waitFor(patience);
  await console_.tick(`Go in as ${first}`).waitFor();
  await page.getByText("People between the doors: 1").waitFor();
  await page.getByRole("img", { name: `${first}: Vestibule` }).waitFor();
});

test("somebody else's face is refused, with the figures and the picture that decided", async () => {
  const { page } = console_;
  await console_.secured("outer").waitFor(patience);
  await console_.standAt("Outer door, in");
  await console_.putBeforeCamera(second);
  await page.waitForTimeout(1_500);
  const refused = console_.recorded("the face does not match the card");
  await presents("1003", refused);
  await refused.getByRole("button").click();
  await refused.getByText("someone else").waitFor();
  await refused.getByAltText("Picture that decided").waitFor();
  const width = (): Promise<number> =>
    page.evaluate("document.querySelector('.record-details img').naturalWidth");
  await expect.poll(width).toBeGreaterThan(100);
  await console_.picture("mismatch-1366", true);
});

test("a secured door holds against a push, gives way to force, and the alarm is acknowledged with a comment", async () => {
  const { page } = console_;
  await console_.chooseDoor("Inner door");
  await console_.button("Push it open").click();
  await page.getByText("The lock holds").waitFor();
  await console_.button("Force it with a crowbar").click();
  const alarm = console_.alarm("Door forced open");
  await alarm.waitFor();
  await page.setViewportSize(desk);
  await console_.picture("forced-1920");
  expect(await console_.barriers()).toEqual([]);
  await alarm.getByRole("button", { name: "Acknowledge" }).click();
  await alarm.getByText("Please write a word about it first.").waitFor();
  await alarm.getByRole("textbox").fill("Tried the crowbar myself");
  await alarm.getByRole("button", { name: "Acknowledge" }).click();
  await console_.tick("Acknowledge the alarm").waitFor();
  await page.setViewportSize(laptop);
});

test("whoever would rather watch is shown", async () => {
  await console_.button("Let it close").click();
  await console_.secured("inner").waitFor(patience);
  await console_.button("Start over").click();
  const showMe = console_.button(`Show me: Go in as ${first}`);
  const isShown = async (): Promise<true | undefined> => {
    if (await console_.tick(`Go in as ${first}`).isVisible()) return true;
    // Each step of the show has its time; where a busy machine took longer, one asks for it again.
    if (await showMe.isEnabled()) await showMe.click();
    return undefined;
  };
  await seen(isShown, "the way in to be shown", 100_000);
});

test("Chinese is one press away, everywhere, and remembered; nothing sticks out on a phone", async () => {
  const { page } = console_;
  await console_.button("切换到中文").click();
  await page.getByRole("heading", { name: "联动门实时状态" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "联动门实时状态" }).waitFor();
  expect(await page.evaluate("document.documentElement.lang")).toBe("zh-CN");
  await page.setViewportSize(phone);
  await page.locator(".camera img").first().waitFor();
  expect(await console_.sticksOut()).toBe(false);
  expect(await console_.barriers()).toEqual([]);
  await console_.picture("phone-zh", true);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await console_.barriers()).toEqual([]);
  await page.setViewportSize(laptop);
  await console_.picture("dark-zh-1366");
  await page.emulateMedia({ colorScheme: null });
  await console_.button("Switch to English").click();
});

const isLost = `document.querySelector(".connection")?.dataset.state === "lost"`;

test("a controller that goes away is noticed within 3 s, and the page heals by itself when it is back", async () => {
  const { page } = console_;
  const lost = page.getByText("Connection lost.");
  const comesBack = async (): Promise<void> => {
    await daemon.restart();
    await lost.waitFor({ state: "detached" });
  };
  await noticedWithin(3_000, async () => {
    if (!daemon.isRunning()) await comesBack();
    return await noticed(page, isLost, () => daemon.stop());
  });
  await lost.waitFor();
  await console_.picture("connection-lost-1366");
  await comesBack();
  await console_.recorded("Controller started").waitFor();
});

test("a controller that hangs, its connections open, is noticed as soon", async () => {
  const { page } = console_;
  const lost = page.getByText("Connection lost.");
  await noticedWithin(3_000, async () => {
    const controller = daemon.pidOf("controller");
    const trial = await noticed(page, isLost, () => process.kill(controller, "SIGSTOP"));
    await lost.waitFor();
    process.kill(controller, "SIGCONT");
    await lost.waitFor({ state: "detached" });
    return trial;
  });
});

test("signing out leads back to the sign-in page, and nothing was blocked or broken on the way", async () => {
  await console_.button("Sign out").click();
  await console_.page.getByLabel("Password", { exact: true }).waitFor();
  expect(console_.complaints).toEqual([]);
});
