import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { auditor, auditorSite } from "../../test/support/auditor-site.ts";
import { ConsolePage } from "../../test/support/console-page.ts";
import { DemoDaemon } from "../../test/support/demo-daemon.ts";

const view = { width: 1366, height: 800 };

/** Reports, who was inside on a Friday, and the box itself, of a branch that has run for some days. */
export async function auditorPictures(browser: Browser, folder: string): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), "vestibule-pictures-"));
  try {
    const { friday } = await auditorSite(data);
    await using daemon = await DemoDaemon.start({
      name: "screenshots-auditor",
      environment: { VESTIBULE_DATA: data },
      site: ({ site }) => {
        site["demoPeople"] = false;
      },
    });
    const context = await browser.newContext({ locale: "en-GB", viewport: view });
    const shown = new ConsolePage(await context.newPage());
    await shown.page.goto(`${daemon.address}/system`);
    await shown.page.getByLabel("User name").fill(auditor.username);
    await shown.signIn(auditor.password);
    await shown.page.locator(".page-header").waitFor();
    for (const suffix of ["", ".zh-CN"]) {
      await picturesOf(shown, daemon.address, { friday, folder, suffix });
      if (suffix === "") await shown.button("切换到中文").click();
    }
    await context.close();
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

interface Wanted {
  readonly friday: string;
  readonly folder: string;
  readonly suffix: string;
}

async function picturesOf(
  { page }: ConsolePage,
  address: string,
  { friday, folder, suffix }: Wanted,
): Promise<void> {
  const pages = {
    reports: ["/reports?period=week", ".made-from"],
    "who-was-inside": [`/reports?tab=inside&day=${friday}`, ".plain-table"],
    system: ["/system", ".system-key code"],
  } as const;
  for (const [name, [path, ready]] of Object.entries(pages)) {
    await page.goto(`${address}${path}`);
    await page.locator(ready).first().waitFor();
    // Charts are drawn once their library has come.
    await page.waitForTimeout(1_500);
    const picture = await page.screenshot({ fullPage: name !== "reports" });
    await sharp(picture).png({ palette: true, colours: 128 }).toFile(`${folder}/${name}${suffix}.png`);
  }
}
