import type { Browser, Page } from "playwright-core";
import { ConsolePage } from "../../test/support/console-page.ts";
import { DemoDaemon } from "../../test/support/demo-daemon.ts";
import { SiteApi } from "../../test/support/site-api.ts";

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"];
const schedules = [
  {
    name: "office-hours",
    spans: [
      { days: weekdays, from: "08:00", to: "12:00" },
      { days: weekdays, from: "13:00", to: "18:00" },
    ],
  },
  {
    name: "cash-collection",
    firstPerson: "manager",
    spans: [
      { days: ["friday", "saturday"], from: "22:00", to: "02:00" },
      { days: ["holiday"], from: "09:00", to: "11:00" },
    ],
  },
];

/** Colours fade in. */
const settledMs = 500;
const levels = [{ name: "everywhere", accessPoints: "all" }];
const collectors = { name: "collectors", accessPoints: "all", schedule: "cash-collection" };

/** Rules as a branch has them; the demo itself has none but one level. */
async function branchRules(admin: SiteApi): Promise<void> {
  await admin.ask("PUT", "/schedules", { schedules, reason: "Opening hours of the new branch." });
  await admin.ask("PUT", "/holidays", { holidays, reason: "What is known of 2027." });
  await admin.ask("PUT", "/access-levels", {
    accessLevels: [...levels, { ...collectors, mode: "card+face+pin" }],
    reason: "Cash is collected at night from December on.",
  });
  await admin.ask("PUT", "/access-levels", {
    accessLevels: [...levels, { ...collectors, mode: "card+pin" }],
    reason: "The collectors wear helmets.",
  });
}

/** As the authorities publish it; of a year whose days are still to be told, so nobody takes it for the list itself. */
const notice = "春节：2月6日至12日放假调休，共7天。2月14日（周日）、2月20日（周六）上班。";
const holidays = [
  { date: "2027-01-01", name: "元旦" },
  { date: "2027-02-05", name: "除夕前一日", as: "halfDay" },
  { date: "2020-12-31", name: "年终决算", as: "yearEnd", yearly: true },
];

/**
 * A week that is being drawn, a year's days, and a change before and after: `schedules.png`, `holidays.png`, `change.png`,
 * and in Chinese.
 */
export async function rulePictures(browser: Browser, folder: string): Promise<void> {
  const password = "pictures of rules";
  await using daemon = await DemoDaemon.start({
    name: "rule-pictures",
    password,
    site: (site) => {
      site.site["demoPeople"] = false;
    },
  });
  await branchRules(await SiteApi.logIn(daemon.address, password));
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1366, height: 860 } });
  const shown = new ConsolePage(await context.newPage());
  await shown.page.goto(daemon.address);
  await shown.signIn(password);
  await shown.page.locator(".shell").waitFor();
  for (const [language, suffix] of [
    ["en", ""],
    ["zh", ".zh-CN"],
  ]) {
    await shown.page.evaluate(`localStorage.setItem("vestibule.language", "${language}")`);
    await drawn(shown.page, daemon.address, (name) => `${folder}/${name}${suffix}.png`);
  }
  await context.close();
}

async function drawn(page: Page, address: string, file: (name: string) => string): Promise<void> {
  await page.goto(`${address}/schedules?schedule=cash-collection`);
  await page.locator('[data-track="friday"] button.week-span').focus();
  await page.keyboard.press("Shift+ArrowRight");
  await page.locator(".save-bar .ant-btn-primary:enabled").waitFor();
  await page.waitForTimeout(settledMs);
  await page.screenshot({ path: file("schedules") });
  // Leaving would ask whether what was drawn may be lost.
  await page.locator(".save-bar-actions button").nth(2).click();
  await page.goto(`${address}/holidays?year=2027`);
  const form = page.locator(".holiday-form").filter({ has: page.locator("textarea") });
  await form.locator("textarea").fill(notice);
  await form.locator('button[type="submit"]:enabled').click();
  await page.evaluate("window.scrollTo(0, 0)");
  await page.locator(".save-bar .ant-btn-primary:enabled").waitFor();
  await page.waitForTimeout(settledMs);
  await page.screenshot({ path: file("holidays") });
  await page.locator(".save-bar-actions button").nth(2).click();
  await page.goto(`${address}/changes?kind=access-levels`);
  await page.locator(".versions a").first().click();
  await page.locator(".difference").waitFor();
  await page.locator(".rules-actions button:enabled").waitFor();
  await page.waitForTimeout(settledMs);
  await page.screenshot({ path: file("change") });
}
