import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConsolePage, laptop, launchBrowser, phone } from "./support/console-page.ts";
import { DemoDaemon } from "./support/demo-daemon.ts";
import { SiteApi } from "./support/site-api.ts";
import { dragOnWeek } from "./support/week-page.ts";

// An administrator's day at the rules, with the real daemon and four-eyes. The steps build on each other.

const password = "two doors and one key";
const own = "nobody opens this alone";

let daemon: DemoDaemon;
let browser: Browser;
let shown: ConsolePage;
let admin: SiteApi;
let second: SiteApi;

beforeAll(async () => {
  daemon = await DemoDaemon.start({
    name: "browser-rules",
    password,
    site: (site) => {
      site.site["demoPeople"] = false;
      Object.assign(site, {
        operators: { fourEyes: "on" },
        heartbeatTime: 5,
        schedules: [{ name: "office-hours", spans: [] }],
        // No face: what is asked here is when, not who.
        accessLevels: [{ name: "everywhere", accessPoints: "all", schedule: "office-hours", mode: "card" }],
      });
    },
  });
  admin = await SiteApi.logIn(daemon.address, password);
  // By the only one who could have confirmed it: done at once.
  const { oneTimePassword } = await admin.ask<{ oneTimePassword: string }>("PUT", "/operators/li.na", {
    role: "administrator",
  });
  const first = await SiteApi.logIn(daemon.address, oneTimePassword, "li.na");
  await first.ask("POST", "/session/password", { current: oneTimePassword, next: own });
  second = await SiteApi.logIn(daemon.address, own, "li.na");
  const { id } = await admin.ask<{ id: string }>("POST", "/cardholders", {
    ...{ name: "Anna Berger", groups: [], accessLevels: ["everywhere"] },
  });
  await admin.ask("POST", `/cardholders/${id}/cards`, { number: "1001", format: "raw" });
  browser = await launchBrowser();
  const context = await browser.newContext({
    ...{ locale: "en-GB", viewport: laptop },
    // Whoever asks for no movement sees every colour as it is at once.
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(30_000);
  shown = new ConsolePage(await context.newPage());
  await shown.page.goto(`${daemon.address}/schedules`);
  await shown.signIn(password);
});

afterAll(async () => {
  await browser?.close();
  await daemon?.[Symbol.asyncDispose]();
});

const open = (path: string) => shown.page.goto(`${daemon.address}${path}`);
const span = (name: string | RegExp) => shown.page.getByRole("button", { name, exact: true });

const drag = (from: readonly [string, number], to: readonly [string, number]): Promise<void> =>
  dragOnWeek(shown.page, from, to);

/** In the middle of the page: at its bottom stands what is not saved. */
const lookAtWeek = (): Promise<unknown> =>
  shown.page.evaluate(
    `document.querySelector('[data-track="thursday"]').scrollIntoView({ block: "center" })`,
  );

async function save(button: string, reason: string): Promise<void> {
  await shown.button("Look at the difference and save").click();
  const dialog = shown.page.getByRole("dialog");
  await dialog.getByLabel(/^Why/).fill(reason);
  await dialog.getByRole("button", { name: button }).click();
  await dialog.waitFor({ state: "hidden" });
}

const refusal = async (): Promise<string | null> => {
  await admin.atRest();
  return (await admin.outcomeOf("outer-entry", "1001")).reason;
};

const confirmWaiting = async (): Promise<void> => {
  const { approvals } = await second.ask<{ approvals: readonly { id: string }[] }>("GET", "/approvals");
  expect(approvals).toHaveLength(1);
  await second.ask("POST", `/approvals/${approvals[0]?.id ?? ""}/confirm`, { comment: "as agreed" });
};

interface Week {
  readonly name: string;
  readonly spans: readonly { readonly days: readonly string[]; readonly from: string; readonly to: string }[];
}
const weeks = async (): Promise<readonly Week[]> =>
  (await admin.ask<{ schedules: readonly Week[] }>("GET", "/schedules")).schedules;

test("A9: a week that was drawn opens the door, once a second operator has confirmed it", async () => {
  const { page } = shown;
  await page.getByRole("heading", { name: "Schedules" }).waitFor();
  expect(await refusal()).toBe("outOfSchedule");
  for (const day of ["monday", "saturday", "sunday", "holiday"]) {
    await lookAtWeek();
    await drag([day, 2], [day, 1438]);
  }
  await span("Monday, 00:00–24:00").click();
  await shown.button("Monday to Friday").click();
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await page.getByText("Needs a second operator").waitFor();
  await shown.picture("rules-schedules");
  await shown.button("Look at the difference and save").click();
  const dialog = page.getByRole("dialog");
  await dialog
    .getByRole("row", { name: /office-hours · Open never Mon–Sun 00:00–24:00; Holiday 00:00–24:00/ })
    .waitFor();
  await dialog.getByText("level opens at more times at everywhere: office-hours → office-hours").waitFor();
  await dialog.getByRole("button", { name: "Propose to a second operator" }).click();
  await dialog.getByText("Please say why.").waitFor();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("rules-difference");
  await dialog.getByLabel(/^Why/).fill("the branch moves in");
  await dialog.getByRole("button", { name: "Propose to a second operator" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByText("admin wants this").waitFor();
  await page.getByText("roles confirms it: Administrator, Security officer.").waitFor();
  await shown.picture("rules-waiting");
  expect(await refusal()).toBe("outOfSchedule");
  await confirmWaiting();
  await page.getByText("admin wants this").waitFor({ state: "hidden" });
  await span("Sunday, 00:00–24:00").waitFor();
  const before = await admin.lastSeq();
  await admin.presentUntil("DoorReleased", "outer-entry", "1001", before);
});

test("by the pointer: a span's end, the whole of it, and its end into the night are dragged; all of it is dropped", async () => {
  await lookAtWeek();
  await drag(["tuesday", 1435], ["tuesday", 1080]);
  await span("Tuesday, 00:00–18:00").waitFor();
  await lookAtWeek();
  await drag(["tuesday", 540], ["tuesday", 660]);
  await span("Tuesday, 02:00–20:00").waitFor();
  await drag(["tuesday", 1195], ["wednesday", 60]);
  await span("Tuesday, 02:00–01:00 on the day after").waitFor();
  await shown.button("Discard").click();
  await span("Tuesday, 00:00–24:00").waitFor();
});

test("by the keyboard: a span is shortened, taken back, moved; what is typed counts to the minute", async () => {
  const { page } = shown;
  await span("Monday, 00:00–24:00").focus();
  await page.keyboard.press("Shift+ArrowLeft");
  await span("Monday, 00:00–23:45").waitFor();
  await page.keyboard.press("Control+ArrowRight");
  await page.keyboard.press("ArrowRight");
  await span("Monday, 00:30–24:00").waitFor();
  await page.keyboard.press("Enter");
  await page.getByLabel("To", { exact: true }).fill("23:59");
  await page.keyboard.press("Enter");
  await span("Monday, 00:30–23:59").waitFor();
  await page.getByText("Holds as soon as it is saved").waitFor();
  await shown.button("Undo").click();
  await span("Monday, 00:30–24:00").waitFor();
});

test("what somebody else saved meanwhile is shown, and both stand", async () => {
  const { page } = shown;
  const night = { name: "night", spans: [{ days: ["friday"], from: "22:00", to: "06:00" }] };
  await second.ask("PUT", "/schedules", { schedules: [...(await weeks()), night], reason: "collections" });
  await page.getByRole("alert").getByText("Somebody has changed this meanwhile").waitFor();
  await page.getByRole("row", { name: /^night/ }).waitFor();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("rules-conflict");
  await shown.button("Put my changes on top").click();
  await save("Save", "half an hour for the cleaners");
  await page.getByText("Saved. It holds from the next decision on.").waitFor();
  const [office, other] = await weeks();
  expect(office?.spans[0]).toEqual({ days: ["monday"], from: "00:30", to: "24:00" });
  expect(other).toEqual(night);
});

test("T42: every change says who, why and what; the newest is taken back by two", async () => {
  const { page } = shown;
  await open("/changes");
  await page
    .getByRole("row", { name: /Schedules, Version 1.*confirmed by li.na.*the branch moves in.*weaker/ })
    .waitFor();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("rules-changes");
  await page.getByRole("link", { name: "Schedules, Version 3" }).click();
  await page.getByText("half an hour for the cleaners").waitFor();
  await page.getByRole("row", { name: /office-hours · Open/ }).waitFor();
  await shown.picture("rules-version");
  await shown.button("Take this back").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Needs a second operator").waitFor();
  await dialog.getByLabel(/^Why/).fill("they come at noon");
  await dialog.getByRole("button", { name: "Propose to a second operator" }).click();
  await page.getByText("admin wants this").waitFor();
  await confirmWaiting();
  await page.getByText("admin wants this").waitFor({ state: "hidden" });
  expect((await weeks())[0]?.spans[0]).toMatchObject({ from: "00:00", to: "24:00" });
});

test("A1: a door that asks for two says so before and after; fewer is marked as weaker", async () => {
  const { page } = shown;
  await open("/door-rules?door=v1/inner");
  await page.getByRole("switch", { name: "Several people together" }).click();
  await page.getByText("Holds as soon as it is saved").waitFor();
  await page.getByLabel("Release", { exact: true }).fill("31");
  await page.getByLabel("Release", { exact: true }).press("Tab");
  await expect.poll(() => page.getByLabel("Release", { exact: true }).inputValue()).toBe("30");
  await page.getByText("weaker than it was").waitFor();
  await page.getByText("Needs a second operator").waitFor();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("rules-door");
  await page.getByLabel("Release", { exact: true }).fill("5");
  await page.getByText("Holds as soon as it is saved").waitFor();
  await save("Save", "two at the vault");
  await page.getByText("Saved. It holds from the next decision on.").waitFor();
  expect(await admin.ask("GET", "/vestibules/v1/doors/inner")).toMatchObject({
    multiPerson: { count: 2 },
    releaseTime: 5,
  });
});

test("A9: a notice is pasted; lines that cannot be read, or are of another year, are named", async () => {
  const { page } = shown;
  await open("/holidays?year=2027");
  await page.getByText("2027 has no holidays yet").waitFor();
  const list = "春节：2月6日至12日放假。2月14日、20日（周六）上班。\nnot a date\n2月15日（周日）上班。";
  await page.getByRole("textbox", { name: "Paste a list" }).fill(list);
  await page.getByText("Line 2: no date of the calendar").waitFor();
  await page.getByText("Line 3: 2027-02-15 is no Sunday — wrong year?").waitFor();
  await page.getByText("holiday × 7, Working day, worked as Monday × 2").waitFor();
  await shown.button("Add 9 days").click();
});

test("A9: days are pressed; what is worked, or has hours of its own, is seen at a glance", async () => {
  const { page } = shown;
  await shown.button("2027-01-01, Friday").click();
  await page.getByText("8 holidays in 2027").waitFor();
  await page.getByRole("radio", { name: /^Year-end closing/ }).check();
  await page.getByRole("checkbox", { name: "Every year on this date" }).check();
  await shown.button("2027-12-31, Friday").click();
  await page.getByText("No schedule has times for: Year-end closing.").waitFor();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("rules-holidays");
  await save("Save", "calendar of 2027");
});

test("A9: a schedule says what it comes to on a given day, the calendar and the night before counted in", async () => {
  const { page } = shown;
  await open("/schedules?schedule=night");
  await page.getByLabel("Day", { exact: true }).fill("2027-02-14");
  await page.getByText("2027-02-14 · Sunday · Working day, worked as Monday, 春节调休").waitFor();
  await page.getByLabel("Day", { exact: true }).fill("2027-03-06");
  await page.locator(".day-effect").getByText("until 06:00 (from the night before)").waitFor();
});

test("levels show who has them", async () => {
  const { page } = shown;
  await open("/levels");
  expect(await page.getByRole("link", { name: "held by 1" }).getAttribute("href")).toBe(
    "/cardholders?accessLevel=everywhere",
  );
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await page.getByRole("dialog").getByLabel("Verification", { exact: true }).waitFor();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("rules-level");
});

test("in Chinese, on a phone, nothing sticks out", async () => {
  const { page } = shown;
  await page.setViewportSize(phone);
  await page.evaluate("localStorage.setItem('vestibule.language', 'zh')");
  for (const path of ["schedules", "holidays", "levels", "door-rules", "changes", "settings"]) {
    await open(`/${path}`);
    await page.locator(".rule-page h2").waitFor();
    await page.locator(".rules-panel").first().waitFor();
    expect(await shown.sticksOut(), path).toBe(false);
    await shown.picture(`rules-${path}-phone-zh`, true);
  }
  expect(await shown.barriers()).toEqual([]); // the others were asked above
  expect(shown.complaints).toEqual([]);
});
