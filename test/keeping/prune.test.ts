import BetterSqlite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SiteStorage } from "../../src/composition/open-site-storage.ts";
import { append, clock, KeptSite } from "./kept-site.ts";

let kept: KeptSite;
let site: SiteStorage;
beforeEach(() => {
  kept = new KeptSite();
  site = kept.open();
});
afterEach(() => {
  site[Symbol.dispose]();
  kept[Symbol.dispose]();
});

const numbers = (query: Parameters<SiteStorage["journal"]["query"]>[0]) =>
  site.journal.query(query).map(({ seq }) => seq);

function pruneTo(upTo: number): number {
  while (site.journal.pruneStretch(upTo) !== undefined);
  return site.journal.first();
}

test("records go by whole stretches, oldest first, under a signed checkpoint only, and never the newest", () => {
  append(site, 1_000);
  expect(pruneTo(1_000)).toBe(1); // nothing is signed yet
  site.journal.checkpointNow();
  append(site, 500);
  expect(pruneTo(600)).toBe(513);
  expect(pruneTo(1_500)).toBe(769); // 1,000 are signed
});

test("what is left verifies, is searched, and goes on, over a restart too", () => {
  append(site, 1_200);
  site.journal.append([
    { type: "CardPresented", at: clock.now(), payload: { card: "1001", cardholder: "c1" } },
  ]);
  site.journal.checkpointNow();
  expect(pruneTo(700)).toBe(513);
  const look = (): void => {
    expect(site.journal.verify()).toMatchObject({ intact: true, first: 513, last: 1_201, records: 689 });
    expect(numbers({ limit: 2 })).toEqual([513, 514]);
    expect(numbers({ limit: 2, after: 100 })).toEqual([513, 514]);
    expect(numbers({ limit: 1, type: "DoorOpened", door: "inner" })).toEqual([514]);
    expect(numbers({ limit: 1, from: 0 as never })).toEqual([513]);
    expect(numbers({ limit: 9, card: "1001" })).toEqual([1_201]);
  };
  look();
  site[Symbol.dispose]();
  site = kept.open();
  look();
  append(site, 300);
  site.journal.checkpointNow();
  expect(pruneTo(1_300)).toBe(1_281);
  expect(numbers({ limit: 9, card: "1001" })).toEqual([]);
  expect(site.journal.verify()).toMatchObject({ intact: true, first: 1_281, last: 1_501 });
});

test("the tree still proves what is left, and how it grew", () => {
  append(site, 600);
  const before = site.journal.checkpointNow();
  append(site, 600);
  const now = site.journal.checkpointNow();
  const proof = site.journal.proveInclusion(900, 1_200);
  expect(pruneTo(512)).toBe(513);
  expect(site.journal.proveInclusion(900, 1_200)).toEqual(proof);
  expect(() => site.journal.proveInclusion(100, 1_200)).toThrow("pruned");
  expect(site.journal.proveConsistency(before?.size ?? 0, now?.size ?? 0).proof.length).toBeGreaterThan(0);
});

test("nothing of what a pruned record said is left in the file, and the file does not grow by what takes its room", () => {
  site.journal.append([
    { type: "Noted", at: clock.now(), payload: { what: "a word that nobody else says" } },
  ]);
  append(site, 2_000);
  site.journal.checkpointNow();
  const file = new BetterSqlite(`${kept.data}/journal.db`);
  const pages = (): number => Number(file.pragma("page_count", { simple: true }));
  const before = pages();
  pruneTo(1_000);
  append(site, 700);
  expect(pages()).toBeLessThanOrEqual(before + 12);
  expect(file.prepare("SELECT count(*) FROM journal WHERE payload LIKE '%nobody else%'").pluck().get()).toBe(
    0,
  );
  expect(file.prepare("SELECT min(seq) FROM search_by_kind").pluck().get()).toBe(769);
  expect(
    file
      .prepare("SELECT count(*) FROM journal_chunks WHERE gone IS NOT NULL AND secret IS NOT NULL")
      .pluck()
      .get(),
  ).toBe(0);
  file.close();
});

test("the file itself refuses to lose what is not signed, whoever asks (T41)", () => {
  append(site, 600);
  site.journal.checkpointNow();
  append(site, 600);
  const file = new BetterSqlite(`${kept.data}/journal.db`);
  expect(() => file.exec("DELETE FROM journal WHERE seq = 1")).toThrow("append-only");
  const beyond =
    "UPDATE journal_chunks SET gone = (SELECT hash FROM journal WHERE seq = (chunk + 1) * 256) WHERE chunk = 2";
  expect(() => file.exec(beyond)).toThrow("only records under a signed checkpoint may go");
  file.close();
});
