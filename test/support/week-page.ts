import type { Page } from "playwright-core";
import { seen } from "./until.ts";

type Place = readonly [day: string, minute: number];

/** As a hand does: pressed on one day's row of a week, let go on that or another; minutes after midnight. */
export async function dragOnWeek(page: Page, from: Place, to: Place): Promise<void> {
  const [start, end] = [await placeOn(page, from), await placeOn(page, to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2);
  await page.mouse.move(end.x, end.y);
  await page.mouse.up();
}

/** Once it stands still: on a busy machine what is above it may still grow. */
async function placeOn(page: Page, [day, minute]: Place) {
  let before = "";
  const row = await seen(async () => {
    const box = await page.locator(`[data-track="${day}"]`).boundingBox();
    const isStill = JSON.stringify(box) === before;
    before = JSON.stringify(box);
    return isStill && box !== null ? box : undefined;
  }, `a row for ${day} that stands still`);
  return { x: row.x + (minute / 1440) * row.width, y: row.y + row.height / 2 };
}
