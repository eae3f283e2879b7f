import type { Browser } from "playwright-core";
import sharp from "sharp";
import { ConsolePage } from "../../test/support/console-page.ts";
import type { DemoDaemon } from "../../test/support/demo-daemon.ts";

const view = { width: 1600, height: 900 };
/** For what the alarm brings to have come. */
const settledMs = 4_000;

/** A screen that watches with nobody signed in, while a door is forced, in both languages: `watch-screen.png`. */
export async function watchPictures(browser: Browser, daemon: DemoDaemon, folder: string): Promise<void> {
  const api = await daemon.logIn();
  const context = await browser.newContext({ locale: "en-GB", viewport: view });
  context.setDefaultTimeout(60_000);
  const shown = new ConsolePage(await context.newPage());
  const { page } = shown;
  await page.goto(`${daemon.address}/watch`);
  const code = await page.locator(".watch-code").textContent();
  await api.ask("POST", "/watch-screens", { code, name: "Left wall", pictures: true });
  await page.locator(".centre").waitFor();
  await api.acknowledgeAll();
  await api.move("outer", "force");
  await page.locator(".focus").waitFor();
  for (const suffix of ["", ".zh-CN"]) {
    if (suffix !== "") await shown.button("切换到中文").click();
    await page.waitForTimeout(settledMs);
    const picture = await page.screenshot();
    await sharp(picture).png({ palette: true, quality: 90 }).toFile(`${folder}/watch-screen${suffix}.png`);
  }
  await api.move("outer", "close");
  await api.atRest();
  await api.acknowledgeAll();
  await context.close();
}
