import type { Browser } from "playwright-core";
import sharp from "sharp";
import { ConsolePage } from "../../test/support/console-page.ts";
import { DemoDaemon } from "../../test/support/demo-daemon.ts";
import { comesForced, peopleWithPins, withDuress } from "../../test/support/forced-passage.ts";

const view = { width: 1600, height: 900 };
const password = "pictures of two doors";
/** For the pictures of the alarm to have come, and the camera's. */
const settledMs = 4_000;

/** The wall page during a duress, in both languages. */
export async function centrePictures(browser: Browser, folder: string): Promise<void> {
  await using daemon = await DemoDaemon.start({
    name: "screenshots-centre",
    password,
    site: (draft) => withDuress(draft, true),
  });
  const api = await daemon.logIn();
  await peopleWithPins(api);
  const context = await browser.newContext({ locale: "en-GB", viewport: view });
  context.setDefaultTimeout(60_000);
  const shown = new ConsolePage(await context.newPage());
  const { page } = shown;
  await page.goto(daemon.address);
  await shown.signIn(password);
  await page.locator(".centre").waitFor();
  await api.acknowledgeAll();
  await comesForced(api, "1001");
  await page.locator(".duress").waitFor();
  for (const suffix of ["", ".zh-CN"]) {
    if (suffix !== "") await shown.button("切换到中文").click();
    await page.waitForTimeout(settledMs);
    const picture = await page.screenshot();
    await sharp(picture).png({ palette: true, quality: 90 }).toFile(`${folder}/centre${suffix}.png`);
  }
  await context.close();
}
