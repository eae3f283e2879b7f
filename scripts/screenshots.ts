// Takes the pictures of the README from the real demo page: node scripts/screenshots.ts
// Needs Debian's Chromium and a font with Chinese, which scripts/test brings, and the pages built by scripts/start.
import { mkdir } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { ConsolePage, launchBrowser } from "../test/support/console-page.ts";
import { DemoDaemon } from "../test/support/demo-daemon.ts";
import { auditorPictures } from "./screenshots/auditor.ts";
import { centrePictures } from "./screenshots/centre.ts";
import { doorDisplayPictures } from "./screenshots/door-display.ts";
import { enrolmentPictures } from "./screenshots/enrolment.ts";
import { installerPictures } from "./screenshots/installer.ts";
import { rulePictures } from "./screenshots/rules.ts";
import { watchPictures } from "./screenshots/watch.ts";

const folder = "docs/images";
const view = { width: 1366, height: 800 };
const password = "pictures of two doors";
/** Long enough for a face in the picture to count, and for whoever walks to have arrived. */
const settledMs = 2_000;
const patience = { timeout: 60_000 };

async function open(browser: Browser, { address }: DemoDaemon): Promise<ConsolePage> {
  const context = await browser.newContext({ locale: "en-GB", viewport: view, deviceScaleFactor: 1.5 });
  context.setDefaultTimeout(patience.timeout);
  const page = await context.newPage();
  await page.goto(`${address}/demo`);
  const shown = new ConsolePage(page);
  await shown.signIn(password);
  await page.getByText("4 of 4 live").waitFor();
  // The last of the demo's three people is enrolled.
  await shown.button(/1003/).waitFor();
  await page.waitForTimeout(settledMs);
  return shown;
}

/** A busy machine may have raised some at the start; they are not what the picture is about. */
async function acknowledgeAlarms({ page }: ConsolePage): Promise<void> {
  const address = (path: string): string => new URL(`/api/v1/alarms${path}`, page.url()).href;
  const { alarms } = (await (await page.request.get(address(""))).json()) as { alarms: { id: string }[] }; // as the API describes it
  for (const { id } of alarms) {
    await page.request.post(address(`/${id}/acknowledge`), { data: { comment: "before the pictures" } });
  }
}

/** One comes in by the outer door; the inner one refuses another until the outer one is shut. */
async function story(shown: ConsolePage): Promise<void> {
  const { page } = shown;
  const [first = "", second = ""] = await shown.people();
  await shown.standAt("Inner door, out");
  await shown.putBeforeCamera(second);
  await shown.standAt("Outer door, in");
  await shown.putBeforeCamera(first);
  await acknowledgeAlarms(shown);
  await page.waitForTimeout(settledMs);
  await shown.presentCard("1001");
  await shown.doorFacts("outer").getByText("Released").waitFor();
  await shown.button("Push it open").click();
  await shown.standAt("Inner door, out");
  await shown.presentCard("1002");
  await shown.recorded("the other door is not secure").waitFor();
  await page.waitForTimeout(settledMs / 2);
}

/** The pages beside the demo's, in the language that is set. */
async function watchedPages({ page }: ConsolePage, suffix: string): Promise<void> {
  const shownBy = { doors: ".mimic-last", events: ".event-rows .record-row" } as const;
  for (const [name, ready] of Object.entries(shownBy)) {
    await page.goto(new URL(`/${name}`, page.url()).href);
    await page.locator(ready).first().waitFor();
    await page.waitForTimeout(settledMs / 2);
    await page.screenshot({ path: `${folder}/${name}${suffix}.png` });
  }
}

await mkdir(folder, { recursive: true });
await using daemon = await DemoDaemon.start({ name: "screenshots", password });
const browser = await launchBrowser();
try {
  const shown = await open(browser, daemon);
  await story(shown);
  await shown.page.screenshot({ path: `${folder}/demo.png` });
  await doorDisplayPictures(browser, daemon.address, folder);
  await shown.button("切换到中文").click();
  await shown.page.getByRole("heading", { name: "联动门实时状态" }).waitFor();
  await shown.page.screenshot({ path: `${folder}/demo.zh-CN.png` });
  await watchedPages(shown, ".zh-CN");
  await shown.button("Switch to English").click();
  await watchedPages(shown, "");
  await watchPictures(browser, daemon, folder);
  await auditorPictures(browser, folder);
  await centrePictures(browser, folder);
  await installerPictures(browser, folder);
  await rulePictures(browser, folder);
  await enrolmentPictures(daemon.address, password, folder);
} finally {
  await browser.close();
}
