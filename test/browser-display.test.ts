import { mkdir } from "node:fs/promises";
import process from "node:process";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DoorScreen } from "../src/api/display-screen.ts";
import { displayHints, displayTexts } from "../src/domain/access/display.ts";
import { ConsolePage, laptop, launchBrowser } from "./support/console-page.ts";
import { DemoDaemon } from "./support/demo-daemon.ts";
import { atRest, DoorScreenPage, landscape, portrait } from "./support/door-screen.ts";
import { noticed, noticedWithin } from "./support/noticed.ts";
import type { SiteApi } from "./support/site-api.ts";

// A screen at the street side of the real daemon, from its first start on: the steps build on each other.

const password = "two doors and one key";
const screenshots = "artifacts/screenshots";

let daemon: DemoDaemon;
let browser: Browser;
let api: SiteApi;
let screen: DoorScreenPage;
let office: ConsolePage;

beforeAll(async () => {
  daemon = await DemoDaemon.start({
    name: "display",
    password,
    site: (site) => {
      site.board["doorCloserTime"] = 1;
      site.access = { maxFailures: 5, verifyTimeout: 7 };
      // Long enough for a busy machine to look.
      for (const door of Object.values(site.vestibules[0]?.doors ?? {})) door["releaseTime"] = 15;
      Object.assign(site, { heartbeatTime: 5, display: { name: "given", appearance: "light" } });
    },
  });
  browser = await launchBrowser(["--autoplay-policy=no-user-gesture-required"]);
  api = await daemon.logIn();
  await api.enrolled();
  await api.seeing();
  await api.atRest();
  screen = await DoorScreenPage.open(browser, daemon.address);
});
afterAll(async () => {
  await browser?.close();
  await daemon?.[Symbol.asyncDispose]();
});

async function keep(page: Page, name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  await page.screenshot({ path: `${screenshots}/${name}.png` });
}

test("a new screen shows a code, which an administrator types at the console; nothing is typed at the door", async () => {
  const code = screen.page.locator(".code");
  await code.waitFor();
  await keep(screen.page, "display-pairing");
  const shown = (await code.textContent()) ?? "";
  expect(shown).toMatch(/^[2-9A-HJKMNP-Z]{4} [2-9A-HJKMNP-Z]{4}$/);

  const context = await browser.newContext({ locale: "en-GB", viewport: laptop });
  context.setDefaultTimeout(15_000);
  office = new ConsolePage(await context.newPage());
  const { page } = office;
  await page.goto(`${daemon.address}/displays`);
  await office.signIn(password);
  await page.getByRole("heading", { name: "Door displays" }).waitFor();
  await page.getByLabel("Code on the screen").fill("2222 2222");
  await choosePlace(page, "Outer door, in");
  await page.getByRole("button", { name: "Pair", exact: true }).click();
  await page.getByText("No screen shows this code").waitFor();
  await page.getByLabel("Code on the screen").fill(shown.toLowerCase());
  await page.getByLabel("Code on the screen").press("Enter");
  await screen.says("请刷卡");
  await page.getByText("In use").waitFor();
  await keep(page, "displays-en");
  await office.settled();
  expect((await new AxeBuilder({ page }).include("main").analyze()).violations).toEqual([]);
  expect((await api.events(0, "DisplayPaired")).map(({ type }) => type)).toEqual(["DisplayPaired"]);
});

async function choosePlace(page: Page, accessPoint: string): Promise<void> {
  await page.getByLabel("Stands at").click();
  await page.locator(".ant-select-item-option", { hasText: accessPoint }).first().click();
}

/** On a busy machine a face may take longer than a person is waited for: then she presents her card again. */
async function letIn(): Promise<void> {
  await api.presentUntil("AccessGranted", "outer-entry", "1001", await api.lastSeq());
  await screen.says("欢迎，请推门");
}

/**
 * What is said to whoever presents this card, and `more` beside it. It stands there for a moment only: a busy machine
 * that looks too late has it said once more.
 */
async function isTold(card: string, words: string, more: () => Promise<unknown>): Promise<void> {
  for (let left = 4; ; left--) {
    await api.present("outer-entry", card);
    try {
      await screen.says(words);
      await more();
      return;
    } catch (error) {
      if (left === 1) throw error;
    }
  }
}
const whileItIsSaid = { timeout: 4_000 };

test("staff swipe, look and are welcomed, by their given name alone, and hear that they may go", async () => {
  await api.show("outer-entry", "1001");
  await screen.page.waitForTimeout(1_500); // she has to have been in the picture before the card is read
  await screen.said();
  await letIn();
  await keep(screen.page, "display-welcome");
  const { cardholders } = await api.ask<{
    cardholders: readonly { name: string; cards: readonly { number: string }[] }[];
  }>("GET", "/cardholders");
  const name = cardholders.find(({ cards }) => cards[0]?.number === "1001")?.name ?? "";
  const given = (await screen.page.locator(".detail").first().textContent()) ?? "";
  expect(given).not.toBe("");
  expect(name).toContain(given);
  expect(name).not.toBe(given);
  await api.move("outer", "open");
  await screen.says("请刷卡");
  expect((await screen.said()).slice(-3)).toEqual(["请看这里", "欢迎，请推门", "请刷卡"]);
  expect((await screen.heard()).slice(-4)).toEqual([740, 523, 659, 784]);
});

test("somebody else's face is asked to try again, and sees themselves with what to do better", async () => {
  await api.atRest();
  await api.show("outer-entry", "1002");
  await screen.page.waitForTimeout(1_500);
  const width = () =>
    screen.page.evaluate<number>("document.querySelector('.mirror img')?.naturalWidth ?? 0");
  await isTold("1003", "请再试一次", async () => {
    await screen.page.getByText("请正对摄像机").waitFor(whileItIsSaid);
    await expect.poll(width, whileItIsSaid).toBeGreaterThan(100);
  });
  await keep(screen.page, "display-try-again");
  await screen.says("请刷卡");
  expect(await screen.page.locator(".mirror").count()).toBe(0);
});

test("whoever comes while the other door is not closed is told to wait", async () => {
  await api.hold("inner.contact", true);
  await expect.poll(async () => (await api.doors()).inner.secure).toBe(false);
  await isTold("1001", "请稍候", () => screen.page.getByText("另一道门尚未关好").waitFor(whileItIsSaid));
  await keep(screen.page, "display-wait");
  await api.letGo("inner.contact");
  await api.atRest();
});

test("in an emergency nobody on the street is told to push", async () => {
  await api.hold("fire", true);
  await screen.says("请勿进入");
  expect(await screen.page.getByText("推门").count()).toBe(0);
  await api.letGo("fire");
  await expect
    .poll(() =>
      api.ask("POST", "/vestibules/v1/reset-emergency", { comment: "a test" }).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  await screen.says("请刷卡");
});

test("what the screen signs in with opens nothing but what it shows", async () => {
  const cookies = await screen.context.cookies();
  expect(cookies).toMatchObject([{ name: "vestibule_display", httpOnly: true, sameSite: "Strict" }]);
  const status = async (path: string) =>
    (await screen.context.request.get(`${daemon.address}/api/v1${path}`)).status();
  expect(await status("/display")).toBe(200);
  for (const path of [
    "/state",
    "/events",
    "/cardholders",
    "/displays",
    "/cameras/outer-entry/snapshot",
    "/stream",
  ])
    expect(await status(path), path).toBe(401);
  expect(await status("/display/mirror")).toBe(409); // nobody is looked at
});

const isOutOfService = `[...document.querySelectorAll(".title")].some((one) => one.textContent.includes("暂停使用"))`;

test("a controller that falls silent while somebody is welcomed: out of service within 3 s, and healed by itself", async () => {
  const { page } = screen;
  await noticedWithin(3_000, async () => {
    await api.atRest();
    await api.show("outer-entry", "1001");
    await page.waitForTimeout(1_500);
    await letIn();
    const controller = daemon.pidOf("controller");
    const trial = await noticed(page, isOutOfService, () => process.kill(controller, "SIGSTOP"));
    await keep(page, "display-out-of-service");
    // Of what is said now nothing could be fetched any more.
    const isWritten = `document.fonts.check('700 1em "Noto Sans SC Variable"', "暂停使用请联系工作人员")`;
    expect(await page.evaluate(isWritten)).toBe(true);
    expect(await page.getByText("欢迎").count()).toBe(0);
    process.kill(controller, "SIGCONT");
    await screen.says("请刷卡", 40_000);
    return trial;
  });
});

test("unpaired it shows a code again, and is told nothing more", async () => {
  const { page } = office;
  await page.reload();
  await page.getByRole("heading", { name: "Door displays" }).waitFor();
  await page.getByRole("button", { name: "Unpair" }).first().click();
  await page.locator(".ant-popover").getByRole("button", { name: "Unpair" }).click();
  await screen.page.locator(".code").waitFor();
  await page.getByText("No display is paired yet.").first().waitFor();
  expect(screen.complaints).toEqual([]);
  expect(office.complaints).toEqual([]);
});

test("a thousand messages later it holds no more than at the beginning", async () => {
  const told = await DoorScreenPage.shown(browser, daemon.address, landscape);
  const session = await told.context.newCDPSession(told.page);
  await session.send("Performance.enable");
  const held = async () => {
    await session.send("HeapProfiler.collectGarbage");
    const { metrics } = await session.send("Performance.getMetrics");
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    return { nodes: of("Nodes"), heap: of("JSHeapUsedSize") };
  };
  const passages = async (count: number): Promise<void> => {
    for (let passage = 0; passage < count; passage++)
      for (const text of ["look", "turnLeft", "welcome", "ready"] as const)
        await told.show({ ...atRest, text, ...more[text] });
  };
  await passages(75);
  const before = await held();
  await passages(250);
  const after = await held();
  expect(after.nodes).toBeLessThan(before.nodes + 50);
  expect(after.heap - before.heap).toBeLessThan(500_000);
  await told.context.close();
});

const people = { step: 1, of: 2 };
const more: Partial<Record<DoorScreen["text"], Partial<DoorScreen>>> = {
  nextPerson: { progress: people, remaining: 30_000 },
  turnLeft: { progress: people, remaining: 8_000 },
  enterPin: { remaining: 15_000 },
  welcome: { name: "小明" },
};

test.each([
  ["800x480", landscape, ["light", "dark"]],
  ["480x800", portrait, ["light"]],
] as const)("every state fits on %s, by day and by night", async (size, viewport, appearances) => {
  const told = await DoorScreenPage.shown(browser, daemon.address, viewport);
  const states = [
    ...[...displayTexts, "outOfService" as const].map((text) => ({ ...atRest, text, ...more[text] })),
    ...displayHints.map((hint) => ({ ...atRest, text: "tryAgain" as const, hint })),
  ];
  const examined = new Set<string>();
  for (const appearance of appearances) {
    for (const state of states) {
      await told.show({ ...state, settings: { ...state.settings, appearance } });
      const main = told.page.locator(`main[data-appearance="${appearance}"]`);
      await main.waitFor();
      const words = (await told.page.locator(".title").allTextContents()).join(" ");
      expect(words, state.text).toMatch(/\p{Script=Han}.* [A-Z]/u);
      expect(await told.fits(), `${state.text} ${state.hint} ${appearance}`).toBe(true);
      await keep(
        told.page,
        `display-${size}-${appearance}-${state.text}${state.hint === null ? "" : `-${state.hint}`}`,
      );
      // Contrast and structure are those of the manner, whatever it says.
      const manner = `${appearance} ${await main.getAttribute("data-manner")}`;
      if (viewport === portrait || examined.has(manner)) continue;
      examined.add(manner);
      const { violations } = await new AxeBuilder({ page: told.page }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
        manner,
      ).toEqual([]);
    }
  }
  expect(examined.size).toBe(viewport === portrait ? 0 : 14);
  expect(told.complaints).toEqual([]);
  await told.context.close();
});
