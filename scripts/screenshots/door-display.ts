import type { Browser } from "playwright-core";
import sharp from "sharp";
import type { DoorScreen } from "../../src/api/display-screen.ts";
import { atRest, DoorScreenPage, landscape } from "../../test/support/door-screen.ts";

/** In the order in which somebody meets them, and what may come between. */
const shown: readonly Partial<DoorScreen>[] = [
  { text: "ready" },
  { text: "look" },
  { text: "enterPin", remaining: 12_000 },
  { text: "nextPerson", progress: { step: 1, of: 2 }, remaining: 24_000 },
  { text: "welcome" },
  { text: "tryAgain", hint: "stepCloser" },
  { text: "wait" },
  { text: "askStaff" },
  { text: "closeDoor" },
  { text: "closed" },
  { text: "keepClear" },
  { text: "outOfService" },
];
const columns = 3;
const tile = { width: 400, height: 240 };
const gap = 8;

/** What the screen at a door says, in one picture: `door-display.png`, and with Chinese first. */
export async function doorDisplayPictures(browser: Browser, address: string, folder: string): Promise<void> {
  for (const [suffix, languages] of [
    ["", ["en", "zh"]],
    [".zh-CN", ["zh", "en"]],
  ] as const) {
    const page = await DoorScreenPage.shown(browser, address, landscape);
    const tiles: Buffer[] = [];
    for (const [index, one] of shown.entries()) {
      const appearance = index % 2 === 0 ? "light" : "dark";
      await page.show({ ...atRest, ...one, settings: { ...atRest.settings, languages, appearance } });
      await page.page.waitForTimeout(150);
      tiles.push(
        await sharp(await page.page.screenshot())
          .resize(tile)
          .png()
          .toBuffer(),
      );
    }
    await page.context.close();
    await sharp({
      create: {
        width: columns * (tile.width + gap) - gap,
        height: Math.ceil(tiles.length / columns) * (tile.height + gap) - gap,
        ...{ channels: 3, background: "#8a949c" },
      },
    })
      .composite(
        tiles.map((input, index) => ({
          input,
          left: (index % columns) * (tile.width + gap),
          top: Math.floor(index / columns) * (tile.height + gap),
        })),
      )
      .png({ palette: true, colours: 128, compressionLevel: 9 })
      .toFile(`${folder}/door-display${suffix}.png`);
  }
}
