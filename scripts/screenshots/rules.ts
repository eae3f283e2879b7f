import type { Page } from "playwright-core";

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

/** Rules as a branch has them; the demo itself has none but one level. */
export async function branchRules(page: Page): Promise<void> {
  const put = async (path: string, data: object): Promise<void> => {
    const answer = await page.request.put(new URL(`/api/v1${path}`, page.url()).href, { data });
    if (!answer.ok()) throw new Error(`${path} was answered ${answer.status()}: ${await answer.text()}`);
  };
  const levels = [{ name: "everywhere", accessPoints: "all" }];
  await put("/schedules", { schedules, reason: "Opening hours of the new branch." });
  await put("/access-levels", {
    accessLevels: [
      ...levels,
      { name: "collectors", accessPoints: "all", schedule: "cash-collection", mode: "card+face+pin" },
    ],
    reason: "Cash is collected at night from December on.",
  });
  await put("/access-levels", {
    accessLevels: [
      ...levels,
      { name: "collectors", accessPoints: "all", schedule: "cash-collection", mode: "card+pin" },
    ],
    reason: "The collectors wear helmets.",
  });
}

/** A week that is being drawn, and a change before and after: `schedules.png`, `change.png`. */
export async function rulePictures(page: Page, file: (name: string) => string): Promise<void> {
  const go = (path: string): Promise<unknown> => page.goto(new URL(path, page.url()).href);
  await go("/schedules?schedule=cash-collection");
  const span = page.locator('[data-track="friday"] button.week-span');
  await span.focus();
  await page.keyboard.press("Shift+ArrowRight");
  await page.locator(".save-bar .ant-tag").first().waitFor();
  await page.screenshot({ path: file("schedules") });
  await page.locator(".save-bar-actions button").nth(2).click(); // what was drawn for the picture is dropped
  await go("/changes?kind=access-levels");
  await page.locator(".versions a").first().click();
  await page.locator(".difference").waitFor();
  await page.screenshot({ path: file("change") });
}
