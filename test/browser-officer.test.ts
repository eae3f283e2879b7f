import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConsolePage, desk, laptop, launchBrowser, phone } from "./support/console-page.ts";
import { DemoDaemon, type SiteDraft } from "./support/demo-daemon.ts";
import { comes, comesForced, peopleWithPins, withDuress } from "./support/forced-passage.ts";
import { SiteApi } from "./support/site-api.ts";
import { seen } from "./support/until.ts";
import { type Taken, watchWhatItTakes } from "./support/watched-page.ts";

// An officer's night at the wall of the security centre, on the real daemon; an installer, who may know nothing of a
// duress, looks at the same page. The steps build on each other.

const password = "two doors and one key";
const own = "nobody opens this alone";
const patience = { timeout: 30_000 };

let daemon: DemoDaemon;
let browser: Browser;
let admin: SiteApi;
let officer: ConsolePage;
let installer: ConsolePage;
let taken: () => Promise<Taken>;
let people: Readonly<Record<string, string>>;
/** Whether a console opened at the box shows a duress; every browser of this test is one. */
let guardRoom = true;

const site = (draft: SiteDraft): void => withDuress(draft, guardRoom);

/** What a machine on which others work as well raises now and then; here somebody else sees to it at once. */
const ofTheMachine: ReadonlySet<string> = new Set([
  ...["ControllerLost", "VisionLost", "CameraLost", "CameraFrozen", "BrokerLost", "RepeatedDenials"],
]);
let tidying: ReturnType<typeof setInterval>;

async function tidy(): Promise<void> {
  for (const { id, type } of await admin.alarms())
    if (ofTheMachine.has(type)) await admin.send("POST", `/alarms/${id}/acknowledge`, { comment: "busy" });
}

beforeAll(async () => {
  daemon = await DemoDaemon.start({ name: "browser-officer", password, site });
  admin = await daemon.logIn();
  tidying = setInterval(() => void tidy().catch(() => undefined), 500); // while it is restarted, nobody answers
  browser = await launchBrowser();
  officer = await signedIn("wang.wei", "securityOfficer");
  installer = await signedIn("chen.hao", "installer");
  people = await peopleWithPins(admin);
  await admin.acknowledgeAll(); // that there are new operators is one
});

afterAll(async () => {
  clearInterval(tidying);
  await browser?.close();
  await daemon?.[Symbol.asyncDispose]();
});

/** A new account, and its holder at the page it is led to. */
async function signedIn(username: string, role: string): Promise<ConsolePage> {
  const { oneTimePassword } = await admin.ask<{ oneTimePassword: string }>("PUT", `/operators/${username}`, {
    role,
  });
  const first = await SiteApi.logIn(daemon.address, oneTimePassword, username);
  await first.ask("POST", "/session/password", { current: oneTimePassword, next: own });
  const context = await browser.newContext({ locale: "en-GB", viewport: desk });
  context.setDefaultTimeout(patience.timeout);
  const shown = new ConsolePage(await context.newPage());
  if (role === "securityOfficer") taken = await watchWhatItTakes(shown.page);
  await shown.page.goto(daemon.address);
  await shown.page.getByLabel("User name").fill(username);
  await shown.signIn(own);
  return shown;
}

const isDrawn = (shown: ConsolePage, alt: string): Promise<boolean> =>
  shown.page.evaluate(
    `[...document.images].some((one) => one.alt.startsWith(${JSON.stringify(alt)}) && one.naturalWidth > 100)`,
  );
const drawn = (alt: string): Promise<true> =>
  seen(async () => ((await isDrawn(officer, alt)) ? true : undefined), `the picture “${alt}”`);
const queued = (shown: ConsolePage, type: string) => shown.page.locator(".queue-item", { hasText: type });
const titles = async (): Promise<readonly string[]> => [
  await officer.page.title(),
  await installer.page.title(),
];
/** Beside them for a moment what the machine raises, until it has been tidied away. */
const titled = (...expected: readonly string[]): Promise<void> => expect.poll(titles).toEqual(expected);

test("without an alarm the page says that all is well, and since when", async () => {
  const { page } = officer;
  let shown = "";
  const isWell = async (): Promise<true | undefined> => {
    shown = await page.locator("main").innerText();
    return shown.includes("All is well") ? true : undefined;
  };
  await seen(isWell, () => `all to be well, but: ${shown}`, patience.timeout);
  await page.getByText(/^No (alarm is on record|open alarm since \d\d:\d\d:\d\d)\.$/).waitFor();
  await page.getByText("Sound is on").waitFor();
  await titled("Alarms – Vestibule", "Alarms – Vestibule");
  expect(await officer.barriers()).toEqual([]);
  await officer.picture("centre-calm");
});

test("A5: a duress fills the page: seen, heard, with who, both pictures, the live one and what to do", async () => {
  const { page } = officer;
  const start = await admin.lastSeq();
  await comesForced(admin, "1001");
  const banner = page.getByRole("alert").filter({ hasText: "Somebody is being forced: Outer door, in" });
  await banner.waitFor();
  expect(await banner.evaluate((element) => element.getBoundingClientRect().width)).toBeGreaterThan(1_600);
  await page.getByRole("heading", { name: "Duress", exact: true }).waitFor();
  await page.getByText("Call the police now").waitFor();
  await page.locator('.sound[data-tone="duress"]').waitFor();
  await expect.poll(async () => (await taken()).pitches).toEqual(expect.arrayContaining([620, 930]));
  const name = (await officer.people())[0] ?? "";
  await drawn(`Enrolled photo of ${name}`);
  await drawn("Picture that decided");
  await drawn("Live picture: Outer door, in");
  // Who looked at which picture is on record.
  const by = { operator: "wang.wei" };
  await admin.recorded("PhotoViewed", start, { ...by, cardholder: people["1001"] });
  await admin.recorded("EvidenceViewed", start, by);
  await admin.recorded("CameraWatched", start, { ...by, camera: "outer-entry" });
  await page.getByRole("link", { name: new RegExp(name) }).waitFor();
  await expect.poll(() => page.title()).toBe("(1) Alarms – Vestibule");
  expect(await officer.barriers()).toEqual([]);
  await officer.picture("centre-duress");
  await officer.button("Silence").click();
  await page.getByText(/^Silenced until \d\d:\d\d$/).waitFor();
  await officer.button("Sound again").click();
  await page.getByText("Sound is on").waitFor();
  // What an officer needs stands in the window of a wall, without a scroll.
  for (const seenAtOnce of ["Your answer", "What to do", "The doors now"])
    await page.getByText(seenAtOnce, { exact: true }).waitFor();
  const answersBottom = async (): Promise<number> => {
    const answer = await page.getByRole("button", { name: "Acknowledge", exact: true }).boundingBox();
    return (answer?.y ?? Number.POSITIVE_INFINITY) + (answer?.height ?? 0);
  };
  await expect.poll(answersBottom).toBeLessThanOrEqual(desk.height);
});

test("A5: whoever may not know of a duress sees, hears and counts nothing of it, and other alarms as ever", async () => {
  const { page } = installer;
  await page.getByRole("heading", { name: "All is well" }).waitFor();
  await admin.move("inner", "force");
  await queued(installer, "Door forced open").waitFor();
  await queued(officer, "Door forced open").waitFor();
  await titled("(2) Alarms – Vestibule", "(1) Alarms – Vestibule");
  expect(await page.locator("body").innerText()).not.toMatch(/duress|forced:/i);
  expect(await page.locator("main").innerHTML()).not.toMatch(/duress/i);
  // The person in danger stays before the door that was forced, though that is newer.
  await expect.poll(() => officer.page.locator(".queue-item").first().innerText()).toContain("Duress");
});

test("the officer comments; without a word a duress is not acknowledged; with one it is over", async () => {
  const { page } = officer;
  const start = await admin.lastSeq();
  await officer.button("Comment …").click();
  await page.getByPlaceholder("What do you know about it?").fill("One man with a knife behind her.");
  await officer.button("Add comment").click();
  await page.locator(".focus-record").getByText("One man with a knife behind her.").waitFor();
  const acknowledge = page.getByRole("button", { name: "Acknowledge", exact: true });
  await acknowledge.click();
  await page.getByText("Please write a word about it first.").waitFor();
  await page.getByPlaceholder("What did you see?").fill("Police has her; she is safe.");
  await acknowledge.click();
  await page.locator(".duress").waitFor({ state: "detached" });
  await admin.recorded("AlarmAcknowledged", start, { alarm: "Duress", by: "wang.wei" });
  // The next one is shown by itself; a door that was forced may be acknowledged without a word.
  await page.getByRole("heading", { name: "Door forced open" }).waitFor();
  await page.locator('.sound[data-tone="critical"]').waitFor();
  await acknowledge.click();
  await admin.recorded("AlarmAcknowledged", start, { alarm: "DoorForcedOpen", by: "wang.wei" });
});

test("what is a nuisance is shelved with a reason, lies folded away, and is taken back", async () => {
  const { page } = officer;
  await admin.present("inner-exit", "9999");
  await queued(officer, "Unknown card").click();
  await officer.button("Shelve …").click();
  await page.getByPlaceholder("Why may it wait?").fill("A neighbour's card");
  await page.getByRole("button", { name: "Shelve", exact: true }).click();
  const shelf = page.getByText("Shelved (1)");
  await shelf.waitFor();
  await seen(
    async () => ((await page.title()) === "Alarms – Vestibule" ? true : undefined),
    "no alarm in the title",
  );
  await shelf.click();
  await queued(officer, "Unknown card").click();
  await page.getByText("Shelved by wang.wei until").waitFor();
  expect(await officer.barriers()).toEqual([]);
  await officer.button("Take back").click();
  await shelf.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Acknowledge", exact: true }).click();
  await page.getByText(/^No open alarm since \d\d:\d\d:\d\d\.$/).waitFor();
});

test("who waits for an operator is seen live and let in from here", async () => {
  const { page } = officer;
  await admin.ask("PATCH", "/vestibules/v1/doors/inner", { remoteGrant: true, reason: "cash day" });
  await admin.atRest();
  const start = await admin.lastSeq();
  await comes(admin, "inner-entry", "1002", "RemoteGrantAsked");
  const waiting = page.getByRole("region", { name: "Waiting at a door" });
  await waiting.getByText("waits for an operator: Inner door, in").waitFor();
  await drawn("Live picture: Inner door, in");
  await waiting.getByPlaceholder("Why? This goes into the record.").fill("I know her.");
  expect(await officer.barriers()).toEqual([]);
  await waiting.getByRole("button", { name: "Let in" }).click();
  await admin.recorded("DoorReleased", start, { door: "inner" });
  await waiting.getByText("Nobody waits for an operator.").waitFor();
});

test("at every size, in Chinese and in the dark nothing sticks out and nothing is in the way", async () => {
  const { page } = officer;
  await comesForced(admin, "1002");
  await page.locator(".duress").waitFor();
  await page.setViewportSize(laptop);
  await officer.picture("centre-duress-1366");
  await officer.button("切换到中文").click();
  await page.getByText("立即按防抢劫预案报警").waitFor();
  await page.emulateMedia({ colorScheme: "dark" });
  for (const [size, name] of [
    [desk, "centre-duress-zh"],
    [phone, "centre-duress-phone-zh"],
  ] as const) {
    await page.setViewportSize(size);
    expect(await officer.sticksOut()).toBe(false);
    expect(await officer.barriers()).toEqual([]);
    await officer.picture(name, size === phone);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(desk);
  await officer.button("Switch to English").click();
});

test("a page that is open for a month keeps nothing: every note is let go, every picture given back", async () => {
  // As many as a busy machine shows in its time.
  const { pitches } = await seen(
    async () => ((await taken()).addressesEver > 60 ? await taken() : undefined),
    "many pictures",
    50_000,
  );
  expect(pitches.length).toBeGreaterThan(20);
  // What sounds now; the live picture, and the few of the last second, and the two beside it.
  await expect.poll(async () => (await taken()).notes).toBeLessThanOrEqual(12);
  await expect.poll(async () => (await taken()).addresses).toBeLessThanOrEqual(12);
  await officer.page.getByRole("link", { name: "Doors" }).click();
  await officer.page.getByRole("link", { name: "Go to the alarms" }).waitFor();
  await seen(async () => ((await taken()).addresses <= 1 ? true : undefined), "every picture given back");
  await officer.page.getByRole("link", { name: "Go to the alarms" }).click();
  await officer.page.locator(".duress").waitFor();
});

test("where the browser holds the sound back the page says so in words, until somebody clicks", async () => {
  const page = await officer.page.context().newPage();
  // As a browser does it that nobody has touched yet; this one is started by a test and never does.
  await page.addInitScript(`{
    let held = true;
    Object.defineProperty(AudioContext.prototype, "state", { get: () => (held ? "suspended" : "running") });
    AudioContext.prototype.resume = async function () {
      held = false;
      this.dispatchEvent(new Event("statechange"));
    };
  }`);
  await page.goto(daemon.address);
  await page.getByRole("button", { name: "Sound is off: click here" }).click();
  await page.getByText("Sound is on").waitFor();
  await page.locator('.sound[data-tone="duress"]').waitFor();
  await page.close();
});

test("A5: the same officer at the box, where a robber may look on, is shown nothing of the duress", async () => {
  const { page } = officer;
  guardRoom = false;
  await daemon.restart();
  await page.goto(daemon.address);
  const user = page.getByLabel("User name");
  await Promise.race([user.waitFor(), page.locator(".centre").waitFor()]);
  if (await user.isVisible()) {
    await user.fill("wang.wei");
    await officer.signIn(own);
  }
  await page.locator(".centre").waitFor();
  await page.getByText("Sound is", { exact: false }).waitFor();
  expect(await page.locator("main").innerHTML()).not.toMatch(/duress/i);
  await expect.poll(() => page.title()).toBe("Alarms – Vestibule");
  const { pitches } = await taken();
  expect(pitches).not.toContain(930);
  expect([...officer.complaints, ...installer.complaints]).toEqual([]);
});
