import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSiteStorage, type SiteStorage } from "../src/composition/open-site-storage.ts";
import { eventsInWorkers, reportsInWorkers } from "../src/composition/reports-in-workers.ts";
import { ReportDesk } from "../src/controller/report-desk.ts";
import { instant, wallTime } from "../src/domain/time.ts";
import { journalFile } from "../src/drivers/sqlite/sqlite-journal.ts";
import type { JournalEntry, JsonObject } from "../src/ports/journal.ts";
import { type ApiOnSocket, apiOnSocket } from "./support/api-on-socket.ts";
import { cellsOf } from "./support/report-site.ts";

let directory: string;
let storage: SiteStorage;
let api: ApiOnSocket;
let wall = Date.parse("2026-03-01T00:00:00Z");
const clock = { now: () => instant(wall), wall: () => wallTime(wall) };
/** What became of alarms. */
const kept: unknown[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "vestibule-reports-"));
  storage = openSiteStorage({ directory, clock, env: {} });
  api = await apiOnSocket();
  const entry = (type: string, payload: JsonObject): JournalEntry => ({ type, at: clock.now(), payload });
  api.services.reports = new ReportDesk({
    site: { id: "hz-01", name: { en: "West Lake branch", zh: "西湖支行" }, timeZone: "Asia/Shanghai" },
    levels: () => [
      { name: "all", vestibules: "all", accessPoints: "all", schedule: "always", mode: "card+face" },
    ],
    clock: { ...clock, wakeAt: () => ({ [Symbol.dispose]: () => undefined }) },
    chronicle: {
      entry,
      require: (entries) => void storage.journal.append(entries),
      keep: (_, conditions) => void kept.push(conditions),
    },
    makeReport: reportsInWorkers(directory),
    exportEvents: eventsInWorkers(directory),
  });
  const add = (name: string) => storage.directory.add({ name, groups: [], accessLevels: ["all"] }).id;
  const [emma, fang] = [add("Emma"), add("=王芳")];
  for (let n = 0; n < 600; n++) {
    wall += 300_000;
    const accessPoint = ["outer-entry", "inner-entry", "inner-exit", "outer-exit"][n % 4] ?? "";
    const facts = {
      vestibule: "v1",
      accessPoint,
      cardholder: n % 8 < 4 ? emma : fang,
      card: "1001",
      passage: `${n}`,
    };
    storage.journal.append([
      entry("AccessGranted", { ...facts, mode: "card+face" }),
      entry("AccessTaken", { ...facts, openFor: 2_000 }),
    ]);
  }
}, 60_000);
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  storage[Symbol.dispose]();
  rmSync(directory, { recursive: true, force: true });
});

const ask = (url: string, signal?: AbortSignal) =>
  fetch(`${api.api.address}/api/v1/reports/${url}`, {
    headers: { cookie: api.cookie },
    ...(signal === undefined ? {} : { signal }),
  });

async function report(url: string) {
  const answer = await ask(url);
  const content = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, headers: answer.headers, content };
}

const newest = (type: string) => storage.journal.query({ type, limit: 1, newestFirst: true })[0];

test("the passages of a day as CSV: made from the file beside its owner, at the position that it says", async () => {
  const head = storage.journal.query({ limit: 1, newestFirst: true })[0];
  const answer = await report("passages.csv?from=2026-03-01T00:00:00Z&to=2026-03-01T04:00:00Z&lang=zh");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("x-vestibule-journal-seq")).toBe(String(head?.seq));
  expect(answer.headers.get("x-vestibule-journal-hash")).toBe(head?.hash);
  const [heading, first, ...others] = cellsOf(answer.content);
  expect(heading?.slice(0, 2)).toEqual(["时间", "姓名"]);
  expect(first?.slice(0, 2)).toEqual(["2026-03-01 08:05:00", "Emma"]);
  // T8
  expect(others[3]?.[1]).toBe("'=王芳");
  expect(answer.content.toString()).toContain(`日志哈希,${head?.hash}`);
  expect(newest("ReportMade")?.payload).toMatchObject({
    operator: "admin",
    report: "passages",
    format: "csv",
    rows: 48,
    position: head?.seq,
    positionHash: head?.hash,
  });
});

test("a search in the record as CSV: all that it finds, newest first, and which search it was is on record", async () => {
  const search = "type=AccessTaken&accessPoint=inner-exit";
  const answer = await fetch(`${api.api.address}/api/v1/events.csv?order=newest&${search}&lang=en`, {
    headers: { cookie: api.cookie },
  });
  const content = Buffer.from(await answer.arrayBuffer());
  const table = cellsOf(content);
  const rows = table.slice(
    1,
    table.findIndex(([first]) => first === ""),
  );
  const found = storage.journal.query({
    ...{ limit: 1_000, newestFirst: true },
    ...{ type: "AccessTaken", accessPoint: "inner-exit" },
  });
  expect(rows.map(([seq]) => Number(seq))).toEqual(found.map(({ seq }) => seq));
  expect(rows).toHaveLength(150);
  expect(rows.map((row) => row.at(-1))).toEqual(found.map((record) => record.hash));
  // T8
  expect(new Set(rows.map((row) => row[6]))).toEqual(new Set(["Emma", "'=王芳"]));
  expect(content.toString()).toContain("Events: AccessTaken, Access point:");
  expect(newest("ReportMade")?.payload).toMatchObject({
    ...{ operator: "admin", report: "events", format: "csv", rows: 150 },
    search: { type: "AccessTaken", accessPoint: "inner-exit", newestFirst: true },
  });
});

test.each([
  ["en", ["Attendance per day – West Lake branch", "Emma", "First in", "Journal hash:", "Page 1 of"]],
  ["zh", ["每日出入统计 – 西湖支行", "=王芳", "首次进入", "日志哈希:", "第 1 页，共"]],
])("a PDF in %s is read by another program, Chinese and hash included", async (lang, words) => {
  const head = storage.journal.query({ limit: 1, newestFirst: true })[0];
  const answer = await report(`attendance.pdf?lang=${lang}`);
  expect(answer.status).toBe(200);
  const text = execFileSync("pdftotext", ["-layout", "-", "-"], { input: answer.content }).toString();
  for (const word of [...words, head?.hash ?? "-"]) expect(text).toContain(word);
});

test.each(["denials.csv", "inside.csv", "inside.pdf", "rights.csv", "rights.pdf"])(
  "%s is made",
  async (name) => {
    const answer = await report(name);
    expect(answer.status).toBe(200);
    expect(answer.content.subarray(0, 5).toString()).toMatch(name.endsWith("pdf") ? "%PDF-" : /^\uFEFF/);
  },
);

test("a client that goes away ends the thread that worked for it, and makes room for the next", async () => {
  let making: Promise<unknown> | undefined;
  const real = api.services.reports;
  if (real === undefined) throw new Error("no reports");
  const begun = Promise.withResolvers<void>();
  api.services.reports = {
    ...real,
    make: (request, operator, signal) => {
      begun.resolve();
      const made = real.make(request, operator, signal);
      making = made.catch((error: unknown) => error);
      return made;
    },
  };
  const leaving = new AbortController();
  const asking = ask("passages.pdf", leaving.signal).catch((error: unknown) => error);
  await begun.promise;
  leaving.abort();
  expect(await asking).toMatchObject({ name: "AbortError" });
  expect(await making).toMatchObject({ name: "AbortError" });
  expect(newest("ReportMade")?.payload).not.toMatchObject({ report: "passages", format: "pdf" });
  api.services.reports = real;
});

test("T41: of a journal that was altered no report is made, and there is an alarm", async () => {
  const database = new BetterSqlite(journalFile(directory));
  database.exec("DROP TRIGGER journal_never_changes");
  database.exec("UPDATE journal SET payload = replace(payload, 'outer-entry', 'outer-exit') WHERE seq = 601");
  database.close();
  const answer = await report("passages.csv");
  expect(JSON.parse(answer.content.toString())).toMatchObject({
    status: 409,
    code: "journal-altered",
    seq: 601,
  });
  expect(kept.flat()).toContainEqual(expect.objectContaining({ is: "seen", alarm: "AuditBroken" }));
  // What lies apart from it can still be reported on.
  expect((await report("passages.csv?from=2026-03-03T00:00:00Z")).status).toBe(200);
});
