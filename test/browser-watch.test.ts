import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConsolePage, desk, laptop, launchBrowser, phone } from "./support/console-page.ts";
import { DemoDaemon } from "./support/demo-daemon.ts";
import { SiteApi } from "./support/site-api.ts";
import { seen } from "./support/until.ts";

// A screen on the wall of the security centre, from its pairing until it is taken back. Nobody loads it anew in between,
// whoever signs in at it and out again, and whatever is restarted. The steps build on each other.

const password = "two doors and one key";
const pins = { pin: "4711", duressPin: "8053" };
/** The least that a site may set. Seconds. */
const idleLimit = 60;

let daemon: DemoDaemon;
let browser: Browser;
let api: SiteApi;
let wall: ConsolePage;
let office: ConsolePage;

beforeAll(async () => {
  daemon = await DemoDaemon.start({
    name: "browser-watch",
    password,
    site: (site) => {
      // Nobody's face is looked at here.
      site.site["demoPeople"] = false;
      site.accessLevels = [{ name: "everywhere", accessPoints: "all", mode: "card+pin" }];
      // Every browser of this test is one at the box.
      Object.assign(site, {
        heartbeatTime: 5,
        access: { ...site.access, pinTimeout: 60 },
        operators: { idleLimit, localConsoleSeesDuress: true },
      });
    },
  });
  api = await logIn();
  const person = { name: "艾玛 Emma Berg", accessLevels: ["everywhere"] };
  const { id } = await api.ask<{ id: string }>("POST", "/cardholders", person);
  await api.ask("POST", `/cardholders/${id}/cards`, { number: "1001", format: "raw" });
  await api.ask("PUT", `/cardholders/${id}/pin`, pins);
  await api.atRest();
  browser = await launchBrowser(["--autoplay-policy=no-user-gesture-required"]);
  wall = await pageAt("/watch", desk);
  office = await pageAt("/displays", laptop);
});

afterAll(async () => {
  await browser?.close();
  await daemon?.[Symbol.asyncDispose]();
});

/** Sessions end soon here: each step has its own. */
const logIn = (): Promise<SiteApi> => SiteApi.logIn(daemon.address, password);

async function pageAt(path: string, viewport: typeof desk): Promise<ConsolePage> {
  const context = await browser.newContext({ locale: "en-GB", viewport });
  context.setDefaultTimeout(30_000);
  const shown = new ConsolePage(await context.newPage());
  await shown.page.goto(`${daemon.address}${path}`);
  return shown;
}

/** In both languages, and on a phone, where nothing sticks out. */
async function pictures(name: string): Promise<void> {
  const { page } = wall;
  expect(await wall.barriers()).toEqual([]);
  await wall.picture(name);
  await wall.button("切换到中文").click();
  await wall.picture(`${name}-zh`);
  await page.setViewportSize(phone);
  expect(await wall.sticksOut()).toBe(false);
  await wall.picture(`${name}-phone`);
  await page.setViewportSize(desk);
  await wall.button("Switch to English").click();
}

/** What an alarm's line on the wall says. */
const queued = (type: string) => wall.page.locator(".queue-item", { hasText: type });
const screens = () => office.page.locator(".watch-screens");

test("a screen that belongs to nobody says in red that nobody watches, and shows the code it is paired by", async () => {
  const { page } = wall;
  await page.getByRole("alert").getByText("Nobody watches at this screen.").waitFor();
  const code = (await page.locator(".watch-code").textContent()) ?? "";
  expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4} [2-9A-HJKMNP-Z]{4}$/);
  await pictures("watch-pairing");

  await office.signIn(password);
  await screens().getByLabel("Code on the watch screen").fill(code.toLowerCase());
  await screens().getByLabel("Name").fill("Left wall");
  await screens().getByLabel("Pictures kept with alarms").check();
  await office.button("Pair watch screen").click();
  await page.getByText("Nobody is signed in: sign in to acknowledge.").first().waitFor();
  await page.evaluate("window.since = 'the pairing'");
  await screens().getByText("In use").waitFor();
  expect(await office.barriers()).toEqual([]);
  await office.picture("watch-screens");
});

test("beside it an operator signs in and acknowledges; when that session runs out it watches on and says so", {
  timeout: (idleLimit + 120) * 1_000,
}, async () => {
  const { page } = wall;
  api = await logIn();
  await api.move("outer", "force");
  await queued("Door forced open").waitFor();
  await pictures("watch-alarm");
  const acknowledge = page.getByRole("button", { name: "Acknowledge", exact: true });
  expect(await acknowledge.count()).toBe(0);
  await wall.button("Sign in here").first().click();
  await wall.picture("watch-sign-in");
  await page.getByLabel("User name").fill("admin");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("admin (Administrator) is signed in here").waitFor();
  await queued("Door forced open").click(); // a busy machine may have raised another
  const comment = "The fitter, with a crowbar.";
  await page.locator(".acknowledge-large textarea").fill(comment);
  await acknowledge.click();
  await api.recorded("AlarmAcknowledged", 0, { comment });
  await wall.picture("watch-signed-in");
  await api.move("outer", "close");

  await page.getByText("The session of admin has ended.").waitFor({ timeout: (idleLimit + 30) * 1_000 });
  await page.getByText("Nobody is signed in: sign in to acknowledge.").first().waitFor();
  api = await logIn();
  await api.hold("tamper", true);
  await queued("Tampering").waitFor();
});

test("A5: a duress is not on the wall until that is chosen, and gone from it when it is not any more", async () => {
  const { page } = wall;
  api = await logIn();
  await api.atRest();
  await api.present("outer-entry", "1001");
  await api.recorded("PinAsked", 0);
  await api.ask("POST", "/simulator/keys", { accessPoint: "outer-entry", keys: `${pins.duressPin}#` });
  await api.alarm("Duress", "active-unacknowledged");
  // What came after it has come: so would the duress have.
  await api.ask("PUT", "/simulator/inputs/mains", { active: false });
  await queued("Mains").waitFor();
  expect(await page.locator("body").innerText()).not.toMatch(/Duress|Somebody is being forced/);

  const { screens: all } = await api.ask<{ screens: { id: string }[] }>("GET", "/watch-screens");
  const show = (duress: boolean) => api.ask("PATCH", `/watch-screens/${all[0]?.id}`, { duress });
  const banner = page.getByRole("alert").filter({ hasText: "Somebody is being forced" });
  await show(true);
  await banner.waitFor();
  await api.alarm("ConfigurationChanged", "returned-unacknowledged");
  await show(false);
  await banner.waitFor({ state: "detached" });
  await queued("Mains").waitFor();
});

test("while the service is restarted it says that nobody watches, and it heals by itself", {
  timeout: 120_000,
}, async () => {
  await daemon.stop();
  await wall.page.getByRole("alert").getByText("Nobody watches at this screen.").waitFor();
  await wall.picture("watch-lost");
  daemon.spawn();
  // Whether or not everything behind it is there again: the wall is not waited for by hand.
  await wall.page
    .getByText("Nobody watches at this screen.")
    .waitFor({ state: "detached", timeout: 100_000 });
  await queued("Tampering").waitFor();
  expect(await wall.page.evaluate("window.since")).toBe("the pairing");
});

test("taken back, it is told nothing more within a second, and says that nobody watches", async () => {
  api = await logIn();
  const { screens: all } = await api.ask<{ screens: { id: string; name: string }[] }>(
    "GET",
    "/watch-screens",
  );
  expect(all).toMatchObject([{ name: "Left wall" }]);
  await api.ask("DELETE", `/watch-screens/${all[0]?.id}`);
  await wall.page.getByText("Its pairing was taken back at").waitFor();
  expect(await queued("Tampering").count()).toBe(0);
  expect(await wall.page.evaluate("window.since")).toBe("the pairing");
  const code = await seen(
    async () => (await wall.page.locator(".watch-code").textContent()) ?? undefined,
    "a code",
  );
  expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4} [2-9A-HJKMNP-Z]{4}$/);
  const types = (await api.events(0))
    .map(({ type }) => type)
    .filter((type) => type.startsWith("WatchScreen"));
  expect(types).toEqual([
    "WatchScreenPaired",
    "WatchScreenChanged",
    "WatchScreenChanged",
    "WatchScreenUnpaired",
  ]);
  expect(wall.complaints).toEqual([]);
});
