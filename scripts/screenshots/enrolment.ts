import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoPeople } from "../../src/simulation/demo-people.ts";
import { ConsolePage, launchBrowser } from "../../test/support/console-page.ts";
import { webcamShowing } from "../../test/support/fake-webcam.ts";

const view = { width: 1366, height: 800 };
const patienceMs = 60_000;
/** A table that was loading is pale for a moment. */
const fadedMs = 500;

const words = {
  en: {
    record: "Record consent",
    save: "Record it",
    camera: "Switch the camera on",
    good: "Good. Hold still",
  },
  zh: { record: "记录同意", save: "记录", camera: "打开摄像头", good: "很好，请保持不动" },
} as const;

/** The list of cardholders, and a person of the demo before the desk's camera; in both languages. */
export async function enrolmentPictures(address: string, password: string, folder: string): Promise<void> {
  const [person] = demoPeople;
  if (person === undefined) throw new Error("the demo has people");
  const own = await mkdtemp(join(tmpdir(), "vestibule-webcam-"));
  const browser = await launchBrowser(await webcamShowing(person, own));
  try {
    for (const language of ["en", "zh"] as const) {
      const suffix = language === "zh" ? ".zh-CN" : "";
      const locale = language === "zh" ? "zh-CN" : "en-GB";
      const context = await browser.newContext({ locale, viewport: view });
      context.setDefaultTimeout(patienceMs);
      const page = await context.newPage();
      await page.goto(`${address}/cardholders`);
      await page.locator('input[type="password"]').fill(password);
      await page.locator('button[type="submit"]').click();
      await page.locator(".people-table tbody a").first().waitFor();
      await page.locator(".ant-spin-spinning").waitFor({ state: "detached" });
      await page.waitForTimeout(fadedMs);
      await page.screenshot({ path: `${folder}/cardholders${suffix}.png` });
      await page.getByRole("link", { name: language === "zh" ? "艾玛" : "Emma" }).click();
      await enrolling(new ConsolePage(page), words[language]);
      await page.locator(".booth").screenshot({ path: `${folder}/enrolment${suffix}.png` });
      await context.close();
    }
  } finally {
    await browser.close();
    await rm(own, { recursive: true, force: true });
  }
}

async function enrolling(shown: ConsolePage, text: (typeof words)["en" | "zh"]): Promise<void> {
  const { page } = shown;
  await page.locator(".booth").waitFor();
  if ((await shown.button(text.record).count()) > 0) {
    await shown.button(text.record).click();
    await page.getByRole("dialog").getByRole("checkbox").check();
    await page.getByRole("dialog").getByRole("button", { name: text.save }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  await shown.button(text.camera).click();
  await page.locator(".guide-words").getByText(text.good).waitFor();
}
