import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DenialReason } from "../src/domain/access/event.ts";
import { isFailure } from "../src/domain/access/lock-out.ts";
import { demoPeople, enrolmentPortraits } from "../src/simulation/demo-people.ts";
import { ConsolePage, desk, laptop, launchBrowser, phone } from "./support/console-page.ts";
import { DemoDaemon } from "./support/demo-daemon.ts";
import { webcamShowing } from "./support/fake-webcam.ts";
import { SiteApi } from "./support/site-api.ts";
import { seen } from "./support/until.ts";

// A clerk's day at the console of the real daemon, with somebody before the desk's camera. The steps build on each other.

const password = "two doors and one key";
const own = "nobody opens this alone";
const [emma, anna] = demoPeople;
if (emma === undefined || anna === undefined) throw new Error("the demo has three people");

let folder: string;
let daemon: DemoDaemon;
let admin: SiteApi;
let browser: Browser;
let shown: ConsolePage;
let start = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vestibule-clerk-"));
  daemon = await DemoDaemon.start({
    name: "browser-clerk",
    password,
    site: (site) => {
      site.site["demoPeople"] = false;
      // As long as a verification may take: several browsers and nets share this machine.
      Object.assign(site, {
        enrolment: { consent: "required" },
        access: { ...site.access, verifyTimeout: 7, maxFailures: 5 },
        heartbeatTime: 5,
      });
    },
  });
  admin = await SiteApi.logIn(daemon.address, password);
  const { oneTimePassword } = await admin.ask<{ oneTimePassword: string }>("PUT", "/operators/chen.jing", {
    role: "enrolmentClerk",
  });
  const first = await SiteApi.logIn(daemon.address, oneTimePassword, "chen.jing");
  await first.ask("POST", "/session/password", { current: oneTimePassword, next: own });
  browser = await launchBrowser(await webcamShowing(emma, folder));
  const context = await browser.newContext({ locale: "en-GB", viewport: laptop });
  context.setDefaultTimeout(30_000);
  shown = new ConsolePage(await context.newPage());
});

afterAll(async () => {
  await browser?.close();
  await daemon?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Somebody with this face holds the card to the outer reader. */
async function atTheDoor(person: string, card: string): Promise<void> {
  await admin.atRest();
  await admin.ask("PUT", "/simulator/cameras/outer-entry/scene", { person });
  start = await admin.lastSeq();
  await admin.ask("POST", "/simulator/cards", { accessPoint: "outer-entry", number: card });
}

/** Who was not found in the first pictures of a busy machine holds it there once more; what counts as a failure is one. */
async function passes(person: string, card: string): Promise<void> {
  for (let left = 8; ; left--) {
    await atTheDoor(person, card);
    const outcome = async () =>
      (await admin.events(start)).find(({ type }) => type === "AccessGranted" || type === "AccessDenied");
    const { type, reason } = await seen(outcome, `what becomes of card ${card}`);
    if (type === "AccessGranted") return;
    if (left === 1 || isFailure(reason as DenialReason)) throw new Error(`refused as ${String(reason)}`);
  }
}

const said = (text: string | RegExp) => shown.page.getByRole("status").filter({ hasText: text });

test("a new person is registered, and the list shows what they lack", async () => {
  const { page } = shown;
  await page.goto(`${daemon.address}/cardholders`);
  await page.getByLabel("User name").fill("chen.jing");
  await shown.signIn(own);
  await page.getByText("Nobody is registered yet.").waitFor();
  await shown.button("Add a person").click();
  await page.getByLabel("Name", { exact: true }).fill(emma.name);
  await page.getByLabel("Personnel number").fill("0042");
  await page.getByLabel("Access levels").last().fill("every");
  await page.keyboard.press("Enter");
  await page.getByLabel("Groups").last().fill("teller");
  await page.keyboard.press("Enter");
  await shown.button("Register").click();
  await page.getByRole("heading", { name: "Emma Berg", level: 2 }).waitFor();
  await page.getByRole("link", { name: "All cardholders" }).click();
  await page.getByRole("row", { name: /Emma Berg.*0042.*No photo yet/ }).waitFor();
  await page.getByLabel("Name, number or card").fill("nobody");
  await page.getByText("Nobody fits these filters.").waitFor();
  await expect.poll(() => page.url()).toContain("search=nobody");
  await page.getByLabel("Name, number or card").fill("emma");
  await page.getByRole("row", { name: /Emma Berg/ }).waitFor();
  await page.locator(".ant-spin-spinning").waitFor({ state: "detached" });
  expect(await shown.barriers()).toEqual([]);
  await page.getByRole("link", { name: "Emma Berg" }).click();
});

test("§7: consent comes before the first photo; the desk's camera guides, and enrols", async () => {
  const { page } = shown;
  await page.getByText("No consent is on record: without it no photo can be enrolled.").first().waitFor();
  expect(await shown.button("Switch the camera on").count()).toBe(0);
  await shown.button("Record consent").click();
  await page.getByLabel("Emma Berg has read this and agrees").check();
  await shown.button("Record it").click();
  await said("The consent is on record.").waitFor();
  await shown.button("Switch the camera on").click();
  await page.locator(".guide-words").getByText("Good. Hold still").waitFor();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("clerk-enrols");
  await shown.button("Take the photo").click();
  await said("Enrolled.").waitFor();
  const [, second = new Uint8Array(), third = new Uint8Array()] = await enrolmentPortraits(emma);
  for (const [index, portrait] of [second, third].entries()) {
    const file = { name: `${index}.jpg`, mimeType: "image/jpeg", buffer: Buffer.from(portrait) };
    await page.getByLabel("Upload a picture").setInputFiles(file);
    await expect.poll(() => page.locator(".person-photos img").count()).toBe(index + 2);
  }
  const views = await admin.events(0, "PhotoViewed");
  expect(new Set(views.map(({ operator }) => operator))).toEqual(new Set(["chen.jing"]));
  await shown.button("Switch the camera off").click();
});

test("a card from the desk's reader is issued, and its owner passes", async () => {
  const { page } = shown;
  await page.getByLabel("Card number").fill(emma.card);
  await page.keyboard.press("Enter");
  await said("Card 1001 is issued.").waitFor();
  await passes(emma.card, "1001");
});

test("A8: a lost card opens nothing within a second and is an alarm; its replacement does", async () => {
  const { page } = shown;
  await shown.button("Report lost").click();
  await page.getByRole("dialog").getByRole("button", { name: "Report lost" }).click();
  await said(/Card 1001 is lost: since this second it opens nothing/).waitFor();
  await atTheDoor(emma.card, "1001");
  await admin.recorded("AccessDenied", start, { reason: "lostCredential" });
  await admin.alarm("LostCardUsed", "returned-unacknowledged");
  await shown.button("Replace").click();
  await page.getByRole("dialog").getByLabel("Card number").fill("2001");
  await page.keyboard.press("Enter");
  await said("Card 2001 takes the place of 1001.").waitFor();
  await passes(emma.card, "2001");
  await page.setViewportSize(desk);
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("clerk-person", true);
});

test("T44: a face that is somebody's already is a question, and stays out when it is not answered", async () => {
  const { page } = shown;
  const { id } = await admin.ask<{ id: string }>("POST", "/cardholders", { name: anna.name });
  await page.goto(`${daemon.address}/cardholders/${id}`);
  await shown.button("Record consent").click();
  await page.getByLabel("Anna Reyes has read this and agrees").check();
  await shown.button("Record it").click();
  await shown.button("Switch the camera on").click();
  await page.getByLabel("Take it by itself as soon as it is good").check();
  await page.getByText("This face is enrolled already as Emma Berg. Nothing was stored.").waitFor();
  expect(await shown.barriers()).toEqual([]);
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  expect(await page.locator(".person-photos img").count()).toBe(0);
});

test("a list with a wrong row changes nothing and says which; the mended one registers everybody", async () => {
  const { page } = shown;
  await page.goto(`${daemon.address}/cardholders`);
  await shown.button("Import a list").click();
  const list = join(folder, "people.csv");
  await writeFile(list, "name,number,accessLevels\r\nOtto,0101,everywhere\r\nPaula,0102,nowhere\r\n");
  await page.locator('input[type="file"]').setInputFiles(list);
  await page.getByRole("row", { name: /3 accessLevels nowhere/ }).waitFor();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("clerk-import");
  await writeFile(list, "name,number,accessLevels\r\nOtto,0101,everywhere\r\nPaula,0102,everywhere\r\n");
  await page.locator('input[type="file"]').setInputFiles(list);
  await shown.button("Register all 2").click();
  await said("2 people with 0 cards are registered.").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await page.getByRole("row", { name: /Paula.*0102/ }).waitFor();
});

test("groups are seen with their members, and changed", async () => {
  const { page } = shown;
  await page.goto(`${daemon.address}/groups`);
  await shown.button("Members of teller").click();
  await page.getByLabel("Add somebody").fill("Otto");
  await page.locator(".ant-select-item-option").filter({ hasText: "Otto (0101)" }).click();
  await said("Otto is in teller now.").waitFor();
  await shown.button("Take out of the group: Otto").waitFor();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("clerk-groups");
});

test("in Chinese, and on a phone: nothing sticks out, nothing is hidden from a screen reader", async () => {
  const { page } = shown;
  await page.setViewportSize(laptop);
  await page.goto(`${daemon.address}/cardholders`);
  await shown.button("切换到中文").click();
  await page.getByRole("link", { name: "艾玛" }).waitFor();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("clerk-list-zh");
  await page.setViewportSize(phone);
  expect(await shown.sticksOut()).toBe(false);
  await page.getByRole("link", { name: "艾玛" }).click();
  await page.getByRole("heading", { name: "人脸照片" }).waitFor();
  expect(await shown.sticksOut()).toBe(false);
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("clerk-person-phone-zh", true);
  expect(shown.complaints).toEqual([]);
});
