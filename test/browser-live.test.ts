import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConsolePage, laptop, launchBrowser, phone } from "./support/console-page.ts";
import { DemoDaemon } from "./support/demo-daemon.ts";
import { noticed, noticedWithin } from "./support/noticed.ts";
import { SiteApi } from "./support/site-api.ts";
import { TcpFaultProxy } from "./support/tcp-fault-proxy.ts";
import { seen } from "./support/until.ts";

// An officer watches a site of two door pairs, through a network that fails. The steps build on each other.

const password = "two doors and one key";
const lostLimitMs = 3_000;
const isLost = `document.querySelector(".connection")?.dataset.state === "lost"`;

let daemon: DemoDaemon;
let proxy: TcpFaultProxy;
let browser: Browser;
let shown: ConsolePage;
let api: SiteApi;

beforeAll(async () => {
  daemon = await DemoDaemon.start({
    name: "browser-live",
    password,
    site: (site) => {
      const [first] = site.vestibules;
      const second = {
        id: "v2",
        name: { en: "Vault", zh: "金库" },
        occupancy: { vestibuleMax: 2, secureMax: 12 },
      };
      site.vestibules.push({ ...structuredClone(first), ...second } as (typeof site.vestibules)[number]);
      // Nobody's face is looked at here: what is seen of that is another test's.
      site.site["demoPeople"] = false;
      site.accessLevels = [{ name: "everywhere", accessPoints: "all", mode: "card+pin" }];
      // What passes by itself on a quick machine stays until a busy one has looked: whoever stands there ends it.
      for (const { doors } of site.vestibules)
        for (const door of Object.values(doors)) Object.assign(door, { releaseTime: 30, heldOpenTime: 120 });
      site.board["doorCloserTime"] = 60;
      Object.assign(site, { heartbeatTime: 5, access: { ...site.access, pinTimeout: 60 } });
    },
  });
  api = await SiteApi.logIn(daemon.address, password);
  const person = { name: "艾玛 Emma Berg", accessLevels: ["everywhere"] };
  const { id } = await api.ask<{ id: string }>("POST", "/cardholders", person);
  await api.ask("POST", `/cardholders/${id}/cards`, { number: "1001", format: "raw" });
  await api.ask("PUT", `/cardholders/${id}/pin`, { pin: "4711" });
  await api.atRest();
  proxy = await TcpFaultProxy.to(Number(new URL(daemon.address).port));
  browser = await launchBrowser();
  const context = await browser.newContext({ locale: "en-GB", viewport: laptop });
  context.setDefaultTimeout(20_000);
  shown = new ConsolePage(await context.newPage());
  await shown.page.goto(`http://127.0.0.1:${proxy.port}/doors`);
  await shown.signIn(password);
});

afterAll(async () => {
  await browser?.close();
  await proxy?.[Symbol.asyncDispose]();
  await daemon?.[Symbol.asyncDispose]();
});

/** In both languages, and on a phone, where nothing sticks out. */
async function pictures(name: string): Promise<void> {
  const { page } = shown;
  expect(await shown.barriers()).toEqual([]);
  await shown.picture(name);
  await page.setViewportSize(phone);
  await expect.poll(sticksOut, { message: name }).toEqual([]);
  await shown.picture(`${name}-phone`);
  await page.setViewportSize(laptop);
  await shown.button("切换到中文").click();
  await shown.picture(`${name}-zh`);
  await shown.button("Switch to English").click();
}

/** What reaches beyond the page's right edge. */
const sticksOut = (): Promise<readonly string[]> =>
  shown.page.evaluate(
    `document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] : [...document.querySelectorAll("body *")]
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
      .map((one) => one.tagName + "." + one.className)`,
  );

const refused = () => shown.page.locator(".record-sentence").filter({ hasText: "unknown card" });

/** The numbers of the records on the page, newest first. */
async function numbers(): Promise<readonly number[]> {
  const texts = await shown.page.locator(".event-rows .record-line small").allTextContents();
  return texts.map((text) => Number(/#(\d+)/.exec(text)?.[1]));
}

test("the doors move in the mimic as somebody passes, step by step, and the other pair stands still", async () => {
  const { page } = shown;
  const first = page.locator('.mimic[data-vestibule="v1"]');
  await first.waitFor();
  const [name = ""] = await shown.people();
  await api.present("outer-entry", "1001");
  await first.locator('[data-step="pin"][data-state="current"]').waitFor();
  await first.getByText(name, { exact: true }).first().waitFor();
  await api.ask("POST", "/simulator/keys", { accessPoint: "outer-entry", keys: "4711#" });
  await first.locator('[data-step="open"][data-state="current"]').waitFor();
  await first.locator('.door[data-door="outer"][data-lock="released"]').waitFor();
  await api.move("outer", "open");
  await first.locator('.door[data-door="outer"][data-contact="open"]').waitFor();
  await first.locator('[data-step="close"][data-state="current"]').waitFor();
  await pictures("doors");
  await api.move("outer", "close");
  await first.getByText("Nobody is passing").waitFor();
  await first.getByText(`${name} went through the outer door`).waitFor();
  const between = first.locator(".mimic-figures dd").first();
  await expect.poll(() => between.innerText()).toBe("1");
  const second = page.locator('.mimic[data-vestibule="v2"]');
  expect(await second.locator('[data-contact="open"]').count()).toBe(0);
  expect(await second.getByText("at most 12").count()).toBe(1);
});

test("who is inside stands there at once, and leads to what they have done", async () => {
  const { page } = shown;
  const [name = ""] = await shown.people();
  await page.getByRole("link", { name: "Inside now" }).click();
  const row = page.getByRole("row").filter({ hasText: name });
  await row.waitFor();
  await pictures("inside");
  await row.getByRole("button", { name: "Put right" }).click();
  await page.getByLabel("Why? This goes into the record.").fill("left by the garage");
  await page.getByRole("dialog").getByRole("button", { name: "Put right" }).click();
  await row.waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Events" }).click();
  await page
    .getByRole("button", { name: new RegExp(`${name} at`) })
    .first()
    .click();
  await page.getByRole("link", { name: "History of this person" }).click();
  await page.getByRole("heading", { name }).waitFor();
  await page.locator(".history-where").getByText("Outside").waitFor();
  await page.getByText(/^In: 1, out: 0, refused:/).waitFor();
  await pictures("person-history");
});

test("a search stays live: what fits appears by itself, and waits while somebody reads further down", async () => {
  const { page } = shown;
  await page.getByRole("link", { name: "Events" }).click();
  await page.getByLabel("What").selectOption("denials");
  await page.getByLabel("Card", { exact: true }).fill("7777");
  await page.getByText("Nothing that fits.").waitFor();
  await api.present("inner-exit", "7777");
  await refused().waitFor();
  await expect.poll(() => page.locator(".event-rows .record-row").count()).toBe(1);
  await expect.poll(() => new URL(page.url()).search).toBe("?what=denials&card=7777");
  await shown.button("Search for everything").click();
  await page.getByLabel("What").selectOption("all");
  await page.locator(".event-rows .record-row").nth(20).waitFor();
  await pictures("events");
  await page.evaluate("document.querySelectorAll('.event-rows .record-row')[20].scrollIntoView()");
  const waiting = page.getByRole("button", { name: /^\d+ new$/ });
  const held = async (): Promise<number> => Number.parseInt(await waiting.innerText(), 10);
  // From the first that waits on the page has seen that somebody reads.
  const firstWaits = async (): Promise<true | undefined> => {
    await api.present("inner-exit", "7778");
    return await waiting.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => undefined,
    );
  };
  await seen(firstWaits, "a record that waits");
  const [read, before] = [await numbers(), await held()];
  await api.present("inner-exit", "7779");
  await expect.poll(held).toBeGreaterThan(before);
  // Older ones may come below.
  expect((await numbers()).slice(0, read.length)).toEqual(read);
  await waiting.click();
  await refused().nth(1).waitFor();
  // The arrows go from row to row.
  await page.locator(".record-line").first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator(".record-line").nth(1).and(page.locator('[aria-expanded="true"]')).waitFor();
  await page.keyboard.press("Enter");
});

test("a lost connection is shown within 3 s and heals without a gap, whether the line was cut or the box restarted", async () => {
  const { page } = shown;
  const lost = page.getByText("Connection lost");
  await page.locator(".record-line").nth(1).blur();
  await page.evaluate("window.scrollTo(0, 0)");
  await noticedWithin(lostLimitMs, async () => {
    if (await lost.isVisible()) {
      proxy.blackHole(false);
      proxy.cut();
      await lost.waitFor({ state: "hidden" });
    }
    return await noticed(page, isLost, () => proxy.blackHole(true));
  });
  await lost.waitFor();
  for (const card of ["7001", "7002", "7003"]) await api.present("inner-exit", card);
  proxy.blackHole(false);
  proxy.cut();
  await lost.waitFor({ state: "hidden" });
  await page.getByText(/^Connected again after \d+ s. Nothing is missing/).waitFor();
  await expectWithoutGap();
  await daemon.restart();
  api = await SiteApi.logIn(daemon.address, password);
  await lost.waitFor({ state: "hidden" });
  await page.locator('.event-rows .record-row[data-type="ControllerStarted"]').first().waitFor();
  await expectWithoutGap();
});

test("after an update the page says that it is the former one", async () => {
  const { page } = shown;
  const next = '<script type="module" src="/assets/index-next.js"></script>';
  await page.route(
    (url) => url.pathname === "/",
    (route) => route.fulfill({ contentType: "text/html", body: next }),
  );
  proxy.cut();
  await page.getByText("The controller has been updated.").waitFor();
  await shown.button("Load the new page").waitFor();
});

/** From the newest record of the journal down, each number once. */
async function expectWithoutGap(): Promise<void> {
  const last = await api.lastSeq();
  await shown.page.getByText(`#${last}`, { exact: true }).first().waitFor();
  const read = await numbers();
  const [newest = 0] = read;
  expect(newest).toBeGreaterThanOrEqual(last);
  expect(read).toEqual(read.map((_, at) => newest - at));
}

test("T3: a session that was ended hides the page and says so; whoever signs in again goes on where they were", async () => {
  const { page } = shown;
  const address = page.url();
  await page.getByLabel("Card", { exact: true }).fill("7002");
  await refused().first().waitFor();
  const { sessions } = await api.ask<{ sessions: readonly { id: string; current: boolean }[] }>(
    "GET",
    "/sessions",
  );
  for (const { id, current } of sessions) if (!current) await api.send("DELETE", `/sessions/${id}`);
  await page.getByText("You have been signed out").waitFor();
  await refused().first().waitFor({ state: "hidden" });
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("signed-out-while-watching");
  await api.present("inner-exit", "7002");
  await shown.signIn(password);
  await refused().nth(1).waitFor();
  await expect.poll(() => page.url()).toBe(`${address}&card=7002`);
  expect(shown.complaints).toEqual([]);
});
