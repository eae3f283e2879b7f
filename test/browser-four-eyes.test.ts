import { Secret, TOTP } from "otpauth";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConsolePage, laptop, launchBrowser } from "./support/console-page.ts";
import { DemoDaemon } from "./support/demo-daemon.ts";
import { SiteApi } from "./support/site-api.ts";

// Two operators of the real daemon with four-eyes: one at the API, the other at the page. The steps build on each other.

const password = "two doors and one key";
const own = "nobody opens this alone";

interface Answer {
  readonly is: string;
  readonly oneTimePassword: string;
}

let daemon: DemoDaemon;
let browser: Browser;
let shown: ConsolePage;
let admin: SiteApi;
let recoveryCode = "";
let firstHalf = "";

beforeAll(async () => {
  daemon = await DemoDaemon.start({
    name: "browser-four-eyes",
    password,
    site: (site) =>
      Object.assign(site, { operators: { fourEyes: "on", secondFactor: { securityOfficer: "required" } } }),
  });
  admin = await SiteApi.logIn(daemon.address, password);
  browser = await launchBrowser();
  const context = await browser.newContext({ locale: "en-GB", viewport: laptop });
  context.setDefaultTimeout(30_000);
  shown = new ConsolePage(await context.newPage());
  await shown.page.goto(daemon.address);
});

afterAll(async () => {
  await browser?.close();
  await daemon?.[Symbol.asyncDispose]();
});

const put = async (name: string, role: string) =>
  (await admin.ask("PUT", `/operators/${name}`, { role })) as unknown as Answer;

test("a role that signs in with a second factor sets it up before anything is shown", async () => {
  const { page } = shown;
  const { is, oneTimePassword } = await put("wang.wei", "securityOfficer");
  expect(is).toBe("added"); // by the only one who could have confirmed it
  await page.getByLabel("User name").fill("wang.wei");
  await shown.signIn(oneTimePassword);
  await shown.choosePassword(own);
  await shown.button("Change and continue").click();
  await page.getByLabel("Your password", { exact: true }).fill(own);
  await shown.button("Show the picture").click();
  const key = await page.locator(".secret-key").innerText();
  expect(await shown.barriers()).toEqual([]);
  const code = new TOTP({ secret: Secret.fromBase32(key) }).generate();
  await page.getByLabel("Code of the app, or a recovery code").fill(code);
  await shown.button("Put it in force").click();
  recoveryCode = await page.locator(".recovery-codes code").first().innerText();
  await shown.button("I have kept them").click();
  await page.getByText("Security officer").waitFor();
});

test("T42: what one operator proposes waits at the other's page, and is done when they confirm it", async () => {
  const { page } = shown;
  const proposed = await put("zhao.min", "auditor");
  expect(proposed.is).toBe("waiting");
  firstHalf = proposed.oneTimePassword;
  await page.getByRole("link", { name: /^Approvals.*second operator: 1$/ }).click();
  await page.getByRole("heading", { name: "Add an operator" }).waitFor();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("four-eyes");
  await page.getByLabel("Comment for the record").fill("known to me");
  await shown.button("Confirm").click();
  const told = await page.getByText(/Second half of the one-time password/).innerText();
  const secondHalf = /: ([A-Z0-9]{5}-[A-Z0-9]{5})/.exec(told)?.[1] ?? "";
  await shown.recorded("wang.wei confirmed what admin proposed: Add an operator").waitFor();
  const zhao = await SiteApi.logIn(daemon.address, `${firstHalf}-${secondHalf}`, "zhao.min");
  expect(zhao).toBeDefined();
});

test("in Chinese: signing in asks for the code, and what is rejected is not done", async () => {
  const { page } = shown;
  await shown.button("切换到中文").click();
  await shown.button("退出登录").click();
  await page.getByLabel("用户名").fill("wang.wei");
  await page.getByLabel("密码", { exact: true }).fill(own);
  await shown.button("登录").click();
  await page.getByLabel("验证码或恢复码").fill(recoveryCode);
  await shown.button("登录").click();
  await page.getByText("安保人员").waitFor();
  await put("zhao.min", "installer");
  await page.getByRole("link", { name: /^双人复核.*：1 项$/ }).click();
  await page.getByRole("heading", { name: "修改操作员" }).waitFor();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("four-eyes-zh");
  await shown.button("驳回").click();
  await page.getByText("已驳回，未作任何更改。").waitFor();
  expect(shown.complaints).toEqual([]);
});
