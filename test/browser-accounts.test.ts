import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConsolePage, laptop, launchBrowser, phone } from "./support/console-page.ts";
import { DemoDaemon, type SiteDraft } from "./support/demo-daemon.ts";
import { SiteApi } from "./support/site-api.ts";

// The administrator looks after operators and programs, changes the own password, and hands the shift over.
// The steps build on each other.

const password = "two doors and one key";
const next = "another door, another key";
const own = "the night shift knows it";

let daemon: DemoDaemon;
let browser: Browser;
let shown: ConsolePage;
let oneTime = "";

beforeAll(async () => {
  // Nobody's face is looked at here.
  const site = (draft: SiteDraft): void => void (draft.site["demoPeople"] = false);
  daemon = await DemoDaemon.start({ name: "browser-accounts", password, site });
  browser = await launchBrowser();
  const context = await browser.newContext({ locale: "en-GB", viewport: laptop });
  context.setDefaultTimeout(30_000);
  shown = new ConsolePage(await context.newPage());
  await shown.page.goto(`${daemon.address}/operators`);
  await shown.signIn(password);
});

afterAll(async () => {
  await browser?.close();
  await daemon?.[Symbol.asyncDispose]();
});

test("an operator is added with a one-time password that is shown once", async () => {
  const { page } = shown;
  await shown.button("Add an operator").click();
  await page.getByLabel("User name").fill("Li Na");
  await shown.button(/^Add$/).click();
  await page.getByText("beginning with a letter").nth(1).waitFor();
  await page.getByLabel("User name").fill("li.na");
  await page.getByRole("radio", { name: /Security officer/ }).check();
  expect(await shown.barriers()).toEqual([]);
  await shown.button(/^Add$/).click();
  await page.getByText("One-time password of li.na").waitFor();
  oneTime = (await page.locator(".secret").innerText()).trim();
  expect(oneTime).toMatch(/^[A-Z0-9]{5}(-[A-Z0-9]{5}){3}$/);
  await shown.picture("operator-added");
  await shown.button("I have it").click();
  await page.getByRole("row", { name: /li\.na Security officer one-time password/ }).waitFor();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("operators");
});

test("T3: the sessions in force are listed, and one that is ended is over", async () => {
  const { page } = shown;
  const li = await SiteApi.logIn(daemon.address, oneTime, "li.na");
  await li.send("POST", "/session/password", { current: oneTime, next: own });
  await page.getByRole("tab", { name: "Signed in" }).click();
  await shown.button("End this session of li.na").click();
  await page.getByText("The session is over.").waitFor();
  expect((await li.send("GET", "/state")).status).toBe(401);
});

test("a program's token has what is ticked, is shown once, and is good for nothing once revoked", async () => {
  const { page } = shown;
  await page.goto(`${daemon.address}/tokens`);
  await shown.button("Make a token").click();
  await page.getByLabel("Name").fill("centre");
  await page.getByRole("checkbox", { name: "see alarms", exact: true }).check();
  expect(await shown.barriers()).toEqual([]);
  await shown.button("Make it").click();
  const secret = (await page.locator(".secret").innerText()).trim();
  const ask = (path: string) =>
    fetch(`${daemon.address}/api/v1${path}`, { headers: { authorization: `Bearer ${secret}` } });
  expect((await ask("/alarms")).status).toBe(200);
  expect((await ask("/cardholders")).status).toBe(403);
  await shown.button("I have it").click();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("tokens");
  await shown.button("Revoke centre").click();
  await page.getByRole("tooltip").getByRole("button", { name: "Revoke" }).click();
  await page.getByText("Revoked.").waitFor();
  expect((await ask("/alarms")).status).toBe(401);
});

test("the own password is changed, and the page goes on with the new session", async () => {
  const { page } = shown;
  await page.getByRole("link", { name: "My account: admin" }).click();
  await page.getByLabel("Present password", { exact: true }).fill("not the password");
  await shown.choosePassword(next);
  await shown.button("Change the password").click();
  await page.getByText("The password is not right.").waitFor();
  await page.getByLabel("Present password", { exact: true }).fill(password);
  await shown.button("Change the password").click();
  await page.getByText("Changed. Your other sessions have ended.").waitFor();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("account");
  await SiteApi.logIn(daemon.address, next);
});

test("the shift is handed over at the same page, in Chinese on a phone: it is the other's from then on", async () => {
  const { page } = shown;
  await shown.button("切换到中文").click();
  await page.setViewportSize(phone);
  expect(await shown.sticksOut()).toBe(false);
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("account-phone-zh");
  await page.getByLabel("交接说明").fill("16:00 有款车");
  await page.getByLabel("接班人用户名").fill("li.na");
  await page.getByLabel("接班人密码", { exact: true }).fill(own);
  await shown.button("交班").click();
  await page
    .getByText(/li\.na\s*安保人员/)
    .first()
    .waitFor();
  expect(shown.complaints).toEqual([]);
});
