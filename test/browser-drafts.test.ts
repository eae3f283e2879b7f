import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConsolePage, desk, launchBrowser } from "./support/console-page.ts";
import { DemoDaemon } from "./support/demo-daemon.ts";
import { SiteApi } from "./support/site-api.ts";

// What an operator has half written at a screen waits there for them, and nobody else sees it.

const password = "two doors and one key";
const own = "what only they know";
const operators = ["wang.wei", "li.na"] as const;
const half = "The cleaner's trolley; she says that";
const whole = `${half} the closer is broken.`;

let daemon: DemoDaemon;
let browser: Browser;
let admin: SiteApi;

beforeAll(async () => {
  daemon = await DemoDaemon.start({
    name: "browser-drafts",
    password,
    // Nobody's face is looked at here.
    site: (site) => void (site.site["demoPeople"] = false),
  });
  admin = await SiteApi.logIn(daemon.address, password);
  for (const username of operators) {
    const role = "securityOfficer";
    const answer = await admin.ask<{ oneTimePassword: string }>("PUT", `/operators/${username}`, { role });
    const one = await SiteApi.logIn(daemon.address, answer.oneTimePassword, username);
    await one.ask("POST", "/session/password", { current: answer.oneTimePassword, next: own });
  }
  await admin.hold("tamper", true);
  await admin.alarm("Tampered", "active-unacknowledged");
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await daemon?.[Symbol.asyncDispose]();
});

async function pageAt(path: string): Promise<ConsolePage> {
  const context = await browser.newContext({ locale: "en-GB", viewport: desk });
  context.setDefaultTimeout(30_000);
  const shown = new ConsolePage(await context.newPage());
  await shown.page.goto(`${daemon.address}${path}`);
  return shown;
}

async function signIn(page: Page, username: string): Promise<void> {
  await page.getByLabel("User name").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(own);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

const comment = (page: Page) => page.getByLabel("Tampering: What do you know about it?");
const begunBefore = (page: Page) => page.getByText("You began this earlier and did not send it.");

/** Nothing of it: not in the field, and nowhere else on the page. */
async function expectNothingOfIt(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Comment …" }).click();
  expect(await comment(page).inputValue()).toBe("");
  expect(await begunBefore(page).count()).toBe(0);
  expect(await page.content()).not.toContain(half);
  await page.getByRole("button", { name: "Comment …" }).click();
}

test("on the wall: a session that ends takes no half-written comment with it, and shows it to nobody else", async () => {
  const { page, ...shown } = await pageAt("/watch");
  const code = (await page.locator(".watch-code").textContent()) ?? "";
  await admin.ask("POST", "/watch-screens", { code, name: "Left wall" });
  const beside = async (username: string): Promise<void> => {
    await page.getByRole("button", { name: "Sign in here" }).first().click();
    await signIn(page, username);
    await page.getByText(`${username} (Security officer) is signed in here`).waitFor();
  };
  await beside("wang.wei");
  await page.getByRole("button", { name: "Comment …" }).click();
  await comment(page).fill(half);
  const { sessions } = await admin.ask<{ sessions: readonly { id: string; username: string }[] }>(
    "GET",
    "/sessions",
  );
  for (const { id } of sessions.filter(({ username }) => username === "wang.wei"))
    await admin.ask("DELETE", `/sessions/${id}`);
  await page.getByText("The session of wang.wei has ended.").waitFor();
  expect(await page.content()).not.toContain(half);

  await beside("li.na");
  await expectNothingOfIt(page);
  await page.getByRole("button", { name: "Sign out" }).click();

  await beside("wang.wei");
  await begunBefore(page).waitFor();
  expect(await comment(page).inputValue()).toBe(half);
  expect(await page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")).not.toContain(
    half,
  );
  await comment(page).fill(whole);
  expect(await begunBefore(page).count()).toBe(0);
  await page.getByRole("button", { name: "Add comment" }).click();
  await admin.recorded("AlarmCommented", 0, { by: "wang.wei", comment: whole });
  // Sent, it is no draft any more.
  await comment(page).waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Comment …" }).click();
  expect(await comment(page).inputValue()).toBe("");
  expect(shown.complaints).toEqual([]);
  await page.close();
});

test("handed over and back at the same page, each finds their own", async () => {
  const { page, ...shown } = await pageAt("/");
  await signIn(page, "wang.wei");
  const answer = page.getByRole("textbox", { name: /^Tampering: / });
  await answer.fill(half);
  const handOver = async (from: string, to: string): Promise<void> => {
    await page.getByRole("link", { name: `My account: ${from}` }).click();
    await page.getByLabel("User name of whoever takes over").fill(to);
    await page.getByLabel("Their password", { exact: true }).fill(own);
    await page.getByRole("button", { name: "Hand over" }).click();
    await page.getByRole("link", { name: `My account: ${to}` }).waitFor();
    await page
      .getByRole("link", { name: /^Alarms/ })
      .first()
      .click();
    await answer.waitFor();
  };
  await handOver("wang.wei", "li.na");
  expect(await answer.inputValue()).toBe("");
  await answer.fill("mine");
  await handOver("li.na", "wang.wei");
  expect(await answer.inputValue()).toBe(half);
  await begunBefore(page).waitFor();
  expect(shown.complaints).toEqual([]);
});
