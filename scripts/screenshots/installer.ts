import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { phone } from "../../test/support/console-page.ts";
import { DemoDaemon } from "../../test/support/demo-daemon.ts";
import { obey } from "../../test/support/hands-at-the-doors.ts";
import { SiteApi } from "../../test/support/site-api.ts";
import { seen } from "../../test/support/until.ts";
import { WizardPage } from "../../test/support/wizard-page.ts";

const password = "pictures of two doors";
const view = { width: 1366, height: 800 };

/** Commissioning a pair whose contacts are exchanged: on a laptop, and on the phone that is taken to the doors. */
export async function installerPictures(browser: Browser, folder: string): Promise<void> {
  await using daemon = await DemoDaemon.start({ name: "screenshots-installer", password, commission: true });
  const api = await SiteApi.logIn(daemon.address, password);
  await setUp(api);
  await api.ask("PUT", "/simulator/wiring", { swapped: ["contacts"] });
  await tryIt(api, "trial.v1.outer");
  const context = await browser.newContext({ locale: "en-GB", viewport: view });
  const shown = new WizardPage(await context.newPage(), api);
  const at = (query: string) => shown.page.goto(`${daemon.address}/commissioning?${query}`);
  await at("step=doors&test=trial.v1.outer");
  await shown.signIn(password);
  await shown.page.locator(".commission-card").first().waitFor();
  const small = await browser.newContext({
    locale: "en-GB",
    viewport: phone,
    storageState: await context.storageState(),
  });
  const held = new WizardPage(await small.newPage(), api);
  for (const suffix of ["", ".zh-CN"]) {
    await at("step=doors&test=trial.v1.outer");
    await shown.page.locator('.commission-card[data-standing="failed"]').waitFor();
    await kept(await shown.page.screenshot({ fullPage: true }), `${folder}/commissioning${suffix}.png`);
    await phonePictures(held.page, api, daemon.address, `${folder}/commissioning-phone${suffix}.png`);
    if (suffix !== "") continue;
    await shown.button("切换到中文").click();
    await held.button("切换到中文").click();
  }
  await context.close();
  await small.close();
}

/** Which contact answers, and a test under way, as they stand in the hand. */
async function phonePictures(page: Page, api: SiteApi, address: string, file: string): Promise<void> {
  await page.goto(`${address}/commissioning?step=lines`);
  await page.locator(".commission-lines").waitFor();
  await api.ask("POST", "/simulator/doors/v1.outer", { action: "force" });
  await page.locator('.commission-card[data-standing="failed"]').waitFor();
  await page.locator(".commission-card").first().scrollIntoViewIfNeeded();
  await page.evaluate("document.querySelector('.commission-card').scrollIntoView()");
  const exchanged = await page.screenshot();
  await api.ask("POST", "/simulator/doors/v1.outer", { action: "close" });
  await page.goto(`${address}/commissioning?step=interlock`);
  await api.ask("POST", "/commissioning/tests/demonstration.v1/start", {});
  await page.locator(".commission-asked-words").waitFor();
  const asked = await page.screenshot();
  await api.ask("POST", "/commissioning/tests/cancel");
  const pictures = [exchanged, asked];
  const gap = 24;
  const width = pictures.length * (phone.width + gap) - gap;
  const sheet = await sharp({ create: { width, height: phone.height, channels: 3, background: "#ffffff" } })
    .composite(pictures.map((input, index) => ({ input, left: index * (phone.width + gap), top: 0 })))
    .png()
    .toBuffer();
  await kept(sheet, file);
}

const kept = (picture: Buffer, file: string) =>
  sharp(picture).png({ palette: true, colours: 128 }).toFile(file);

interface Commissioned {
  readonly hash: string;
  readonly running: { readonly asked: { readonly en: string } | null } | null;
}

/** Written down through the API, as the page does it, and applied. */
async function setUp(api: SiteApi): Promise<void> {
  await api.ask("POST", "/commissioning/begin");
  const point = (accessPoint: string) => ({
    ...{ vestibule: "v1", accessPoint, camera: "street" },
    reader: { kind: "simulated" },
  });
  const fitted = { bolt: "fitted", rex: "fitted" };
  const sections = {
    site: { id: "branch-12", name: { en: "Harbour branch", zh: "海港支行" } },
    doors: [{ id: "v1", doors: { outer: fitted, inner: fitted } }],
    cameras: [{ id: "street", source: { kind: "simulated" } }],
    readers: [point("outer-entry"), point("inner-entry")],
  };
  for (const [section, value] of Object.entries(sections))
    await api.ask("PUT", `/commissioning/draft/${section}`, { value });
  const draft = await api.ask<{ hash: string }>("GET", "/commissioning/draft");
  const { hash } = await api.ask<{ hash: string }>("POST", "/commissioning/apply", {
    hash: draft.hash,
    reason: "First commissioning",
  });
  const runs = async (): Promise<true | undefined> => {
    const answer = await api.send("GET", "/commissioning").catch(() => undefined);
    return (answer?.body as Commissioned | undefined)?.hash === hash || undefined; // as the API describes it
  };
  await seen(runs, () => "the applied configuration", 60_000);
}

async function tryIt(api: SiteApi, test: string): Promise<void> {
  await api.ask("POST", `/commissioning/tests/${test}/start`, {});
  const over = async (): Promise<true | undefined> => {
    const { running } = await api.ask<Commissioned>("GET", "/commissioning");
    const asked = running?.asked?.en;
    if (asked !== undefined) await obey(api, asked);
    return running === null || undefined;
  };
  await seen(over, () => `an end of ${test}`, 60_000);
}
