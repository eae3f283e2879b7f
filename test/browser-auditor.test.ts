import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Download } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { administrator, auditor, auditorSite } from "./support/auditor-site.ts";
import { ConsolePage, laptop, launchBrowser, phone } from "./support/console-page.ts";
import { DemoDaemon } from "./support/demo-daemon.ts";
import { cellsOf } from "./support/report-site.ts";

// An auditor at the page of the real daemon, over the journal of a branch that has run for nine days: "who was in the
// vault on Friday?", charts, files, and whether all of it is true. The steps build on each other.

const patience = { timeout: 30_000 };

let folder: string;
let data: string;
let friday: string;
let daemon: DemoDaemon;
let browser: Browser;
let shown: ConsolePage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vestibule-auditor-"));
  data = join(folder, "data");
  ({ friday } = await auditorSite(data));
  const backups = join(folder, "backups");
  mkdirSync(backups);
  const passphrase = join(folder, "passphrase");
  writeFileSync(passphrase, "somewhere safe, on paper", { mode: 0o600 });
  daemon = await DemoDaemon.start({
    name: "browser-auditor",
    environment: { VESTIBULE_DATA: data },
    site: (draft) => {
      draft.site["demoPeople"] = false;
      draft.backup = { directory: backups, passphraseFile: passphrase, otherDisk: false };
    },
  });
  browser = await launchBrowser();
  const context = await browser.newContext({ locale: "en-GB", viewport: laptop });
  context.setDefaultTimeout(patience.timeout);
  shown = new ConsolePage(await context.newPage());
  await shown.page.goto(`${daemon.address}/reports`);
  await shown.page.getByLabel("User name").fill(auditor.username);
  await shown.signIn(auditor.password);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await daemon?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** As the page writes a day of the site. */
const dayText = (length: "short" | "long", locale: string): string =>
  new Date(`${friday}T12:00:00Z`).toLocaleDateString(locale, {
    timeZone: "UTC",
    weekday: length,
    day: "numeric",
    month: length,
    ...(length === "long" && { year: "numeric" }),
  });

async function downloaded(name: string): Promise<{ readonly file: string; readonly content: Buffer }> {
  const [download] = await Promise.all([
    shown.page.waitForEvent("download") as Promise<Download>,
    shown.page.getByRole("button", { name, exact: true }).click(),
  ]);
  return { file: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

test("who was in the vault on Friday: two clicks, with the journal's position and how to check it", async () => {
  const { page } = shown;
  await page.getByRole("tab", { name: "Who was inside" }).click();
  await page.getByRole("button", { name: dayText("short", "en-GB") }).click();
  const answer = page.getByRole("region", {
    name: `In the secure area on ${dayText("long", "en-GB")}`,
    exact: true,
  });
  await answer.getByRole("cell", { name: "林静 Lin Jing" }).waitFor();
  const rows = await answer.getByRole("row").allTextContents();
  expect(rows.find((row) => row.includes("林静"))).toMatch(/09:00:00.*17:30:00.*7:30/);
  expect(rows.find((row) => row.includes("陈伟"))).toMatch(/10:00:00.*10:15:00.*0:15/);
  expect(rows.join()).not.toContain("赵磊");
  const position = await answer.locator("dt", { hasText: "Journal position" }).locator("+ dd").textContent();
  await answer.getByText("How to check this").click();
  await answer.getByText(`journal show --after ${Number(position) - 1}`).waitFor();
  const hash = await answer.locator("dt", { hasText: "Journal hash" }).locator("+ dd").textContent();
  const told = execFileSync(
    process.execPath,
    [
      "scripts/vestibule.mjs",
      "journal",
      "show",
      "--after",
      String(Number(position) - 1),
      "--limit",
      "1",
      "--json",
    ],
    { env: { ...process.env, VESTIBULE_DATA: data } },
  );
  expect(JSON.parse(told.toString())).toMatchObject({ records: [{ seq: Number(position), hash }] });
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("auditor-friday");
});

test("the same as CSV, and as PDF in Chinese", async () => {
  const { page } = shown;
  const csv = await downloaded("Attendance as CSV");
  expect(csv.file).toBe(`attendance-${friday}.csv`);
  expect(cellsOf(csv.content).map(([, name, , first]) => [name, first])).toEqual(
    expect.arrayContaining([
      ["林静 Lin Jing", "09:00:00"],
      ["陈伟 Chen Wei", "10:00:00"],
    ]),
  );
  await shown.button("切换到中文").click();
  await page.getByRole("heading", { name: `${dayText("long", "zh-CN")}在安全区内的人员` }).waitFor();
  const pdf = await downloaded("每日出入统计，PDF 文件");
  const text = execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf.content }).toString();
  for (const word of ["每日出入统计 – 演示网点", "林静", "陈伟", "日志哈希", friday])
    expect(text).toContain(word);
  expect(text).not.toContain("赵磊");
  await shown.picture("auditor-friday-zh");
  // What was asked, and by whom, is on record: the table twice, the files once each.
  const told = execFileSync(
    process.execPath,
    ["scripts/vestibule.mjs", "journal", "show", "--type", "ReportMade", "--json"],
    { env: { ...process.env, VESTIBULE_DATA: data } },
  );
  const { records } = JSON.parse(told.toString()) as { records: { payload: Record<string, unknown> }[] };
  const made = records.map(({ payload }) => [payload["operator"], payload["report"], payload["format"]]);
  for (const format of ["json", "csv", "pdf"])
    expect(made).toContainEqual([auditor.username, "attendance", format]);
});

test("a search in the record is saved as it is shown", async () => {
  const { page } = shown;
  await page.goto(`${daemon.address}/events?what=denials&reason=noFace`);
  await page.locator(".record-row").first().waitFor();
  const { file, content } = await downloaded("导出本次搜索（CSV）");
  expect(file).toMatch(/^events-.*\.csv$/);
  const table = cellsOf(content);
  const rows = table.slice(1).filter((row) => row[2] !== "");
  const events = Array(await page.locator(".record-row").count()).fill("AccessDenied 未见人脸");
  expect(rows.map((row) => `${row[2]} ${row[9]}`)).toEqual(events);
  expect(table.flat()).toContain("日志哈希");
  await shown.picture("events-export-zh");
  await page.goto(`${daemon.address}/reports`);
});

test("charts are drawn, each with the same as a table; on a phone nothing sticks out", async () => {
  const { page } = shown;
  await shown.button("Switch to English").click();
  await page.getByRole("tab", { name: "Charts" }).click();
  await page.getByText("Last 30 days").click();
  await page.getByText(/^Made from \d+ records/).waitFor();
  const passages = page.getByRole("region", { name: "Passages", exact: true });
  await passages.getByRole("button", { name: "As a table" }).click();
  const label = new Date(`${friday}T12:00:00Z`).toLocaleDateString("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
  });
  // Three visits, in and out through both doors.
  const fridays = passages
    .getByRole("row")
    .filter({ has: page.getByRole("cell", { name: label, exact: true }) });
  expect(await fridays.textContent()).toBe(`${label}333312`);
  await passages.getByRole("button", { name: "As a chart" }).click();
  await page.getByText("Last 7 days").click();
  await passages.getByText("How many people passed on each day.").waitFor();
  await page.getByText(/^Made from \d+ records/).waitFor();
  const charts = [
    "Passages",
    "Passages by the hour of the day",
    "Refusals by reason",
    "Waiting time",
    "Likeness of faces",
    "Alarms",
  ];
  for (const name of charts) {
    const card = page.getByRole("region", { name, exact: true });
    await card.locator("canvas").waitFor();
    await expect
      .poll(() => card.locator("canvas").evaluate(coloursOf), { message: name, ...patience })
      .toBeGreaterThan(8);
  }
  const cameras = page.getByRole("region", { name: "Cameras", exact: true });
  await cameras.getByText(/Camera lost: .*20:00 to .*01:00/).waitFor();
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("reports", true);
  await shown.button("切换到中文").click();
  await page.getByText(/^由 \d+ 条记录生成/).waitFor();
  await page.setViewportSize(phone);
  expect(await shown.sticksOut()).toBe(false);
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("reports-phone-zh", true);
  await page.setViewportSize(laptop);
  await shown.picture("reports-zh", true);
});

test("the journal is verified from the page, and its key is there to be kept elsewhere", async () => {
  const { page } = shown;
  await page.getByRole("link", { name: "系统" }).click();
  await page.getByRole("button", { name: "立即校验" }).click();
  await page.getByText(/^完整：第 1 条至第 \d+ 条/).waitFor();
  await page.getByText(/条记录的签名有效/).waitFor();
  const key = await page.getByText(/^vestibule\/demo\+/).textContent();
  await page.getByLabel("记录编号").fill("7");
  const proof = await downloaded("下载证明");
  expect(proof.file).toBe("journal-proof-7.json");
  expect(JSON.parse(proof.content.toString())).toMatchObject({ seq: 7, proof: expect.any(Array) });
  const checkpoint = await downloaded("下载签名状态");
  const verdict = execFileSync(
    process.execPath,
    ["scripts/vestibule.mjs", "journal", "verify", "--key", key ?? "", "--json"],
    { env: { ...process.env, VESTIBULE_DATA: data } },
  );
  expect(JSON.parse(verdict.toString())).toMatchObject({ intact: true });
  expect(checkpoint.content.toString()).toMatch(/^vestibule\/demo\n\d+\n/);
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("system-zh", true);
  await page.setViewportSize(phone);
  expect(await shown.sticksOut()).toBe(false);
  await shown.picture("system-phone-zh", true);
  await page.setViewportSize(laptop);
  await shown.button("Switch to English").click();
  await page.getByRole("heading", { name: "Processes" }).waitFor();
  await shown.picture("system", true);
});

test("cameras: an auditor sees how they are, and no picture", async () => {
  const { page } = shown;
  await page.getByRole("link", { name: "Cameras", exact: true }).click();
  await page.getByRole("article", { name: "Outer door, in" }).getByText("sends pictures").waitFor();
  await page.getByText("Pictures are not for your role.").waitFor();
  expect(await page.getByRole("img").count()).toBe(0);
  expect(await shown.barriers()).toEqual([]);
  await shown.picture("cameras");
  expect(shown.complaints).toEqual([]);
});

test("an administrator makes a backup, looks through a camera, and has the box examined", async () => {
  const context = await browser.newContext({ locale: "zh-CN", viewport: laptop });
  context.setDefaultTimeout(patience.timeout);
  const other = new ConsolePage(await context.newPage());
  const { page } = other;
  await page.goto(`${daemon.address}/system`);
  await page.getByLabel("用户名").fill(administrator.username);
  await page.getByLabel("密码", { exact: true }).fill(administrator.password);
  await page.getByRole("button", { name: "登录" }).click();
  await page.getByText("尚未备份。").waitFor();
  await page.getByRole("button", { name: "立即备份" }).click();
  await page.getByRole("cell", { name: /\.tar\.zst\.age$/ }).waitFor();
  await page.getByText(/^最近一次：.*至第 \d+ 条记录$/).waitFor();
  await page.getByRole("button", { name: "开始检查" }).click();
  await page.getByRole("heading", { name: "磁盘", exact: true }).waitFor();
  expect(await other.barriers()).toEqual([]);
  await other.picture("system-administrator-zh", true);
  await page.getByRole("link", { name: "摄像机", exact: true }).click();
  const camera = page.getByRole("article", { name: "外门·进" });
  await camera.getByRole("img").waitFor();
  await camera.getByRole("button", { name: /^实时画面/ }).click();
  await camera.locator(".live-view img").waitFor();
  await other.picture("cameras-zh");
  await camera.getByRole("button", { name: /^结束实时画面/ }).click();
  expect(await other.barriers()).toEqual([]);
  expect(other.complaints).toEqual([]);
  await context.close();
});

interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: "2d"): {
    getImageData(
      x: number,
      y: number,
      w: number,
      h: number,
    ): { readonly data: { readonly buffer: ArrayBuffer } };
  };
}

/** Runs in the page. How many colours a canvas has: one that was not drawn on has one. */
function coloursOf(element: unknown): number {
  const canvas = element as Canvas; // asked for by its tag
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
}
