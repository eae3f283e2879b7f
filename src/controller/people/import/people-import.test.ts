import { beforeEach, describe, expect, test } from "vitest";
import { wallTime } from "../../../domain/time.ts";
import { StorageFault } from "../../../ports/journal.ts";
import type { ImportReport } from "../../../ports/services/people-services.ts";
import { MemoryDirectory } from "../../../simulation/memory-directory.ts";
import { MemoryJournal } from "../../../simulation/memory-journal.ts";
import { VirtualClock } from "../../../simulation/virtual-clock.ts";
import { PeopleImport } from "./people-import.ts";

const header = "name,number,groups,accessLevels,cards,validFrom,validUntil,kind,host\n";
let clock: VirtualClock;
let directory: MemoryDirectory;
let journal: MemoryJournal;
let lists: PeopleImport;

beforeEach(() => {
  clock = new VirtualClock();
  directory = new MemoryDirectory(clock);
  journal = new MemoryJournal(clock);
  lists = new PeopleImport({
    directory,
    clock,
    levels: () => ["staff", "vault"],
    timeZone: "Asia/Shanghai",
    record: (entries) => void journal.append(entries),
  });
});

const run = (file: string | Uint8Array, dryRun: boolean): Promise<ImportReport> =>
  lists.run(Buffer.from(file), dryRun, "clerk");
const imported = (file: string | Uint8Array) => run(file, false);
const tried = (file: string) => run(file, true);
const everybody = () => directory.list({ limit: 500 });
const faultsOf = ({ faults }: ImportReport) => faults.map(({ row, column, value }) => [row, column, value]);
const types = () => journal.query({ limit: 500 }).map(({ type }) => type);
/** On the clock's first day, soon. */
const tonight = new Date(wallTime(new VirtualClock().wall()) + 8 * 3_600_000).toISOString();
const overmorrow = new Date(wallTime(new VirtualClock().wall()) + 48 * 3_600_000).toISOString();

test("everybody in the file comes to be, with cards, groups, levels and dates in the site's time", async () => {
  const report = await imported(
    `${header}Anna Berger,0042,manager;custodian,staff;vault,1001:wiegand26;1002,2026-11-30,2026-12-31,staff,\n` +
      "Bo Lind,0043,,staff,,2026-11-30 08:30,2026-12-31T00:00:00Z,,\n",
  );
  expect(report).toMatchObject({ imported: true, people: 2, cards: 2, faults: [], moreFaults: false });
  const [anna, bo] = everybody();
  expect(anna).toMatchObject({
    name: "Anna Berger",
    number: "0042",
    kind: "staff",
    groups: ["manager", "custodian"],
    accessLevels: ["staff", "vault"],
    validFrom: Date.parse("2026-11-30T00:00+08:00"),
    validUntil: Date.parse("2027-01-01T00:00+08:00"),
    cards: [
      { number: "1001", format: "wiegand26", status: "active" },
      { number: "1002", format: "raw", status: "active" },
    ],
  });
  expect(bo).toMatchObject({
    validFrom: Date.parse("2026-11-30T08:30+08:00"),
    validUntil: Date.parse("2026-12-31T00:00Z"),
    cards: [],
  });
});

test("the journal has each by their id, and the list with its hash; no name, no personnel number", async () => {
  const { sha256 } = await imported(`${header}Anna Unmistakable,P-77231,,staff,1001,,,,\n`);
  const cardholder = everybody()[0]?.id;
  expect(types()).toEqual(["CardholderAdded", "CardIssued", "CardholdersImported"]);
  const records = journal.query({ limit: 9 });
  const by = { operator: "clerk", import: records[0]?.payload.import };
  expect(records.map(({ payload }) => payload)).toEqual([
    { ...by, cardholder, groups: [], accessLevels: ["staff"] },
    { ...by, cardholder, card: "1001", format: "raw" },
    { ...by, people: 1, cards: 1, sha256 },
  ]);
  expect(JSON.stringify(records)).not.toMatch(/Unmistakable|77231/);
});

test("a dry run says what would happen and changes nothing", async () => {
  const report = await tried(`${header}Anna,1,,staff,1001,,,,\n`);
  expect(report).toMatchObject({ imported: false, people: 1, cards: 1, faults: [] });
  expect([everybody(), types()]).toEqual([[], []]);
});

test("all or nothing: one fault, and nobody is imported", async () => {
  const report = await imported(`${header}Anna,1,,staff,,,,,\nBo,2,,nowhere,,,,,\n`);
  expect(report.imported).toBe(false);
  expect(faultsOf(report)).toEqual([[3, "accessLevels", "nowhere"]]);
  expect([everybody(), types()]).toEqual([[], []]);
});

describe("every fault is told, by row and column, in both languages", () => {
  const eleven = Array.from({ length: 11 }, (_, n) => n + 1).join(";");
  test.each([
    [",1,,,,,,,", "name", null],
    [`${"x".repeat(121)},1,,,,,,,`, "name", `${"x".repeat(79)}…`],
    ['"a\nb",1,,,,,,,', "name", "a�b"],
    ["Anna,P 1,,,,,,,", "number", "P 1"],
    ["Anna,,Managers,,,,,,", "groups", "Managers"],
    ["Anna,,,vault;nowhere,,,,,", "accessLevels", "nowhere"],
    ["Anna,,,,10 01,,,,", "cards", "10 01"],
    ["Anna,,,,1001:Wiegand:26,,,,", "cards", "1001:Wiegand:26"],
    [`Anna,,,,${eleven},,,,`, "cards", null],
    ["Anna,1.23457E+15,,,,,,,", "number", "1.23457E+15"],
    ["Anna,,,,1002;1.23457E+15:wiegand37,,,,", "cards", "1.23457E+15:wiegand37"],
    ["Anna,,,,,2026/13/5,,,", "validFrom", "2026/13/5"],
    ["Anna,,,,,2026/12/5 24:01,,,", "validFrom", "2026/12/5 24:01"],
    ["Anna,,,,,30.11.2026,,,", "validFrom", "30.11.2026"],
    ["Anna,,,,,,2026-02-30,,", "validUntil", "2026-02-30"],
    ["Anna,,,,,2026-12-02,2026-12-01,,", "validUntil", "2026-12-01"],
    ["Anna,,,,,,,boss,", "kind", "boss"],
    ["Anna,,,,,,,constructor,", "kind", "constructor"],
    ["Anna,,,,,,,staff,0042", "host", "0042"],
    [`Anna,,,,,,${tonight},visitor,`, "host", null],
    ["Anna,,,,,,,visitor,0099", "validUntil", null],
    [`Anna,,,,,,${overmorrow},visitor,0099`, "validUntil", overmorrow],
    [`Anna,,,,,,${tonight},visitor,0098`, "host", "0098"],
    ["Anna,0099,,,,,,,", "number", "0099"],
    ["Anna,,,,9901,,,,", "cards", "9901"],
  ])("%j", async (row, column, value) => {
    const known = directory.add({ name: "Known", number: "0099", groups: [], accessLevels: [] });
    directory.issueCard(known.id, "9901", "raw");
    const report = await tried(`${header}Bo,,,,,,,,\n${row}\n`);
    expect(faultsOf(report)).toEqual([[3, column, value]]);
    for (const { message } of report.faults) {
      expect(message.en).toMatch(/[a-z]/);
      expect(message.zh).toMatch(/\p{Script=Han}/u);
    }
  });

  test("what is twice in the file is told at the second", async () => {
    const report = await tried(`${header}A,1,,,11;12,,,,\nB,1,,,12,,,,\n`);
    expect(faultsOf(report)).toEqual([
      [3, "number", "1"],
      [3, "cards", "12"],
    ]);
  });

  test("several in one row, and in one file", async () => {
    const report = await tried(`${header},P 1,,,,,,,\n\n,,NO,,,,,,\n`);
    expect(faultsOf(report)).toEqual([
      [2, "name", null],
      [2, "number", "P 1"],
      [4, "name", null],
      [4, "groups", "NO"],
    ]);
  });

  test("a thousand are listed, and that there are more is said", async () => {
    const report = await tried(header + ",,,,,,,,x\n".repeat(1_500));
    expect(report.faults).toHaveLength(1_000);
    expect(report.moreFaults).toBe(true);
  });
});

describe("a file as spreadsheets write it", () => {
  test("with a Chinese header, CRLF, and a byte order mark", async () => {
    await imported(
      "\uFEFF姓名,工号,组,权限组,卡号,生效日期,失效日期,类型,被访人\r\n" +
        "王小明,0042,manager,staff,1001:wiegand26,2026/11/30,,员工,\r\n",
    );
    expect(everybody()).toMatchObject([
      { name: "王小明", number: "0042", groups: ["manager"], accessLevels: ["staff"], kind: "staff" },
    ]);
  });

  test("in GB18030", async () => {
    const header = [0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xb9, 0xa4, 0xba, 0xc5, 0x0d, 0x0a]; // 姓名,工号
    const row = [0xcd, 0xf5, 0xd0, 0xa1, 0xc3, 0xf7, 0x2c, 0x34, 0x32, 0x0d, 0x0a]; // 王小明,42
    await imported(Uint8Array.from([...header, ...row]));
    expect(everybody()).toMatchObject([{ name: "王小明", number: "42" }]);
  });

  test.each([
    ["2026/12/5", "2026-12-05T00:00+08:00", "2026-12-06T00:00+08:00"],
    ["2026年12月5日", "2026-12-05T00:00+08:00", "2026-12-06T00:00+08:00"],
    ["2026/12/5 8:05", "2026-12-05T08:05+08:00", "2026-12-05T08:05+08:00"],
    ["2026/12/05 18:05:30", "2026-12-05T18:05:30+08:00", "2026-12-05T18:05:30+08:00"],
  ])("with dates as spreadsheets write them back: %s", async (text, from, until) => {
    await imported(`name,validFrom,validUntil\nAnna,${text},\nBo,,${text}\n`);
    expect(everybody().map(({ validFrom, validUntil }) => validFrom ?? validUntil)).toEqual([
      Date.parse(from),
      Date.parse(until),
    ]);
  });

  test("with quotes, doubled quotes, commas and empty lines, columns in any order, spaces around", async () => {
    await imported('number , Access Levels,NAME\n\n 1 ,staff,"Berger, Anna ""Nan"""\n,,\n2,,Bo\n\n');
    expect(everybody().map(({ name, number, accessLevels }) => [name, number, accessLevels])).toEqual([
      ['Berger, Anna "Nan"', "1", ["staff"]],
      ["Bo", "2", []],
    ]);
  });

  test.each([
    ["nothing", "", [1, null, null]],
    ["a header alone", header, [1, null, null]],
    ["no name", "number\n1\n", [1, "name", null]],
    ["a column nobody knows", "name,shoe size\nAnna,42\n", [1, null, "shoe size"]],
    ["__proto__", "name,__proto__\nAnna,42\n", [1, null, "__proto__"]],
    ["a column twice", "name,姓名\nAnna,B\n", [1, "name", "姓名"]],
    ["more cells than columns", "name\nAnna,42\n", [2, null, null]],
    ["a quote that never closes", 'name\n"Anna\nBo\n', [2, null, null]],
    ["a quote amid a word", 'name\nAn"na\n', [2, null, null]],
  ])("that has %s is told what is wrong", async (_, text, fault) => {
    const report = await imported(text);
    expect(faultsOf(report)[0]).toEqual(fault);
    expect(report.imported).toBe(false);
    expect(everybody()).toEqual([]);
  });

  test.each([
    ["bytes that are no text", [0x6e, 0xff, 0xff, 0x0a]],
    ["a spreadsheet's own format", [0x50, 0x4b, 0x03, 0x04, 0xff, 0x00, 0x81]],
  ])("%s: refused", async (_, file) => {
    const report = await imported(Uint8Array.from(file));
    expect(report.imported).toBe(false);
    expect(report.faults.length).toBeGreaterThan(0);
  });

  test("too large, or with too many rows, it is refused as a whole", async () => {
    const rows = (count: number) => `name\n${"A\n".repeat(count)}`;
    expect((await tried(rows(10_000))).faults).toEqual([]);
    expect(faultsOf(await tried(rows(10_001)))).toEqual([[10_002, null, null]]);
    expect(faultsOf(await tried("x".repeat(5 * 1024 * 1024 + 1)))).toEqual([[1, null, null]]);
  });
});

test("A7: a visitor's host is somebody known, or of the same file, wherever they stand in it", async () => {
  const known = directory.add({ name: "Known", number: "0099", groups: [], accessLevels: [] });
  const visit = `,,,,,,${tonight}`;
  const rows = `Vi${visit},visitor,0042\nWu${visit},访客,0099\nAnna,0042,,,,,,,\n`;
  expect((await imported(header + rows)).faults).toEqual([]);
  const named = new Map(everybody().map((one) => [one.name, one]));
  expect(named.get("Vi")?.host).toBe(named.get("Anna")?.id);
  expect(named.get("Wu")).toMatchObject({
    kind: "visitor",
    host: known.id,
    validUntil: Date.parse(tonight),
  });
});

describe("what goes wrong half way leaves nobody", () => {
  const rows = header + Array.from({ length: 100 }, (_, n) => `P${n},${n},,,c${n},,,,`).join("\n");

  test("a disk that fails", async () => {
    const failing = new PeopleImport({
      directory,
      clock,
      levels: () => [],
      timeZone: "Asia/Shanghai",
      record: (entries) => {
        if (journal.last() > 100) throw new StorageFault("simulated: the disk failed");
        journal.append(entries);
      },
    });
    await expect(failing.run(Buffer.from(rows), false, "clerk")).rejects.toThrow(StorageFault);
    expect(everybody()).toEqual([]);
    expect((await imported(rows)).imported).toBe(true);
  });

  test("a number that was given away meanwhile", async () => {
    const under = imported(rows);
    const taking = (): void => {
      if (journal.last() === 0) setImmediate(taking);
      else directory.issueCard(directory.add({ name: "Bo", groups: [], accessLevels: [] }).id, "c99", "raw");
    };
    setImmediate(taking);
    const report = await under;
    expect(report.imported).toBe(false);
    expect(report.faults.map(({ message }) => message.en)).toEqual([
      expect.stringContaining("nothing was imported"),
    ]);
    expect(everybody().map(({ name }) => name)).toEqual(["Bo"]);
    expect(types().at(-1)).toBe("CardholderImportAbandoned");
  });
});

test("one list at a time", async () => {
  const first = imported(`${header}Anna,,,,,,,,\n`);
  await expect(imported(`${header}Bo,,,,,,,,\n`)).rejects.toThrow("another list");
  await first;
  expect((await imported(`${header}Bo,,,,,,,,\n`)).imported).toBe(true);
});
