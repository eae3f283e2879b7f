import { expect, test } from "vitest";
import { cellsOf, passed, type ReportSite, sourceOf, type Told } from "../../test/support/report-site.ts";
import { wallTime } from "../domain/time.ts";
import { hostileTexts } from "../ports/contracts/hostile-texts.ts";
import type { EventExportOrder } from "../ports/services/report-services.ts";
import { exportEvents } from "./export-events.ts";

const exported = (told: readonly Told[], asked: Partial<EventExportOrder> = {}, site: ReportSite = {}) => {
  const order: EventExportOrder = {
    ...{ language: "en", search: {}, seesDuress: true, seesPeople: true, askedBy: "auditor" },
    madeAt: wallTime(Date.parse("2026-12-31T00:00:00Z")),
    site: { id: "hz-01", name: { en: "West Lake branch", zh: "西湖支行" }, timeZone: "Asia/Shanghai" },
    ...asked,
  };
  return exportEvents(order, sourceOf(told, site));
};

async function tableOf(...of: Parameters<typeof exported>): Promise<readonly (readonly string[])[]> {
  const result = await exported(...of);
  if (result.is !== "made") throw new Error(`no file: ${JSON.stringify(result)}`);
  return cellsOf(Buffer.concat(result.content));
}

async function rowsOf(...of: Parameters<typeof exported>): Promise<readonly (readonly string[])[]> {
  const [, ...lines] = await tableOf(...of);
  return lines.slice(
    0,
    lines.findIndex(([first]) => first === ""),
  );
}

const at = "2026-03-01T01:00:00Z";
const denied: Told = [at, "AccessDenied", { vestibule: "v1", accessPoint: "inner-entry", reason: "noFace" }];
const duress: Told = [
  at,
  "DuressReported",
  { vestibule: "v1", accessPoint: "inner-entry", cardholder: "p1" },
];
const raised: Told = [at, "AlarmRaised", { vestibule: "v1", alarm: "Duress" }];

test("a row says what, where, who and when in the site's time, with the record's number and hash", async () => {
  const [row] = await rowsOf(passed(at, "p1", "outer-entry"), { language: "zh" }, { names: { p1: "林静" } });
  expect(row?.slice(0, 11)).toEqual([
    ...[
      "1",
      "2026-03-01 09:00:00",
      "AccessGranted",
      "v1",
      "外门",
      "外门（进）",
      "林静",
      "p1",
      "1001",
      "",
      "",
    ],
  ]);
  expect(JSON.parse(row?.[11] ?? "")).toMatchObject({ mode: "card+face" });
  expect(row?.[12]).toMatch(/^[0-9a-f]{64}$/);
});

test("it has what the search finds, in its order, however many pages that is", async () => {
  const many = Array.from({ length: 803 }, (): Told => denied);
  const told = [...passed(at, "p1", "outer-entry"), ...many];
  const rows = await rowsOf(told, { search: { type: "AccessDenied", newestFirst: true } });
  expect(rows.map(([seq]) => Number(seq))).toEqual(many.map((_, index) => told.length - index));
  const late = await rowsOf(told, { search: { newestFirst: false, after: 804 } });
  expect(late.map(([seq]) => seq)).toEqual(["805"]);
});

test("A5: whoever does not see duress in the search gets none in the file, nor its count", async () => {
  const told = [denied, duress, raised];
  expect((await rowsOf(told)).map((row) => row[2])).toEqual([
    "AccessDenied",
    "DuressReported",
    "AlarmRaised",
  ]);
  const hidden = await tableOf(told, { seesDuress: false });
  expect(hidden.flat().join()).not.toMatch(/Duress/);
  expect(hidden).toContainEqual(expect.arrayContaining(["Rows", "1"]));
});

test("who may not see people gets their ids alone, behind the rows too", async () => {
  const table = await tableOf(
    passed(at, "p1", "outer-entry"),
    { seesPeople: false, search: { cardholder: "p1" } },
    { names: { p1: "林静" } },
  );
  expect(table.flat().join()).not.toContain("林静");
  expect(table[1]?.slice(6, 8)).toEqual(["", "p1"]);
});

test("behind the rows stands which search it was, of which position of the journal", async () => {
  const search = { types: ["AccessDenied", "AccessGranted"], reason: "noFace", door: "inner" };
  const table = await tableOf([denied], { search });
  expect(table).toContainEqual(
    expect.arrayContaining([
      "Only",
      "Events: AccessDenied AccessGranted, Door: Inner door, Reason: No face seen",
    ]),
  );
  expect(table).toContainEqual(expect.arrayContaining(["Journal position", "1"]));
  expect(new Set(table.map(({ length }) => length))).toEqual(new Set([13]));
});

test("T8: nothing in it is a formula to a spreadsheet", async () => {
  for (const text of hostileTexts) {
    const told: Told = [at, "CardholderAdded", { operator: text, card: text, cardholder: "p1" }];
    const [row] = await rowsOf([told], {}, { names: { p1: text } });
    for (const cell of row ?? []) expect(cell).not.toMatch(/^\s*[=+\-@]/);
    expect(row?.[10]?.replace(/^'/, "")).toBe(text.toWellFormed().replace(/^'/, ""));
  }
});

test("T41: of a record that was altered nothing is exported, and it is named", async () => {
  const altered: ReportSite["altered"] = (record) =>
    record.seq === 2 ? { ...record, payload: record.payload.replace("noFace", "wrongPin") } : record;
  expect(await exported([denied, denied, denied], {}, { altered })).toMatchObject({
    is: "unverified",
    seq: 2,
  });
});

test("more than fits is told, and nothing is cut off", async () => {
  const source = sourceOf([denied]);
  const [record] = source.records({ first: 1, last: 1 }, 1);
  if (record === undefined) throw new Error("it was just written");
  const order = { language: "en", search: {}, seesDuress: true, seesPeople: false, askedBy: "a" } as const;
  const endless = { ...source, search: () => Array.from({ length: 500 }, () => record) };
  const site = { id: "s", name: { en: "s", zh: "s" }, timeZone: "UTC" };
  expect(await exportEvents({ ...order, madeAt: wallTime(0), site }, endless, 1_500)).toEqual({
    ...{ is: "tooLarge", most: 1_500, of: "rows" },
  });
});
