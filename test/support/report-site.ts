import { canonicalJson } from "../../src/domain/journal/canonical-json.ts";
import { genesisHash } from "../../src/domain/journal/chain.ts";
import { instant, wallTime } from "../../src/domain/time.ts";
import type { Cardholder } from "../../src/ports/directory.ts";
import type { JsonObject } from "../../src/ports/journal.ts";
import type { ReportSource, StoredRecord } from "../../src/ports/report-source.ts";
import type { ReportOrder, ReportResult } from "../../src/ports/services/report-services.ts";
import { makeReport } from "../../src/reports/make-report.ts";
import { MemoryJournal } from "../../src/simulation/memory-journal.ts";

/** A record: when, as ISO 8601, what, and what of it. */
export type Told = readonly [at: string, type: string, payload: JsonObject];

export interface ReportSite {
  readonly names?: Readonly<Record<string, string>>;
  readonly people?: readonly Cardholder[];
  /** What somebody with the disk in hands makes of a record. */
  readonly altered?: (record: StoredRecord) => StoredRecord;
  /** Up to where records were pruned. */
  readonly pruned?: number;
}

/** Makes a report from these records, as the thread does from a file. */
export async function reportOf(
  told: readonly Told[],
  asked: Partial<ReportOrder> & Pick<ReportOrder, "name">,
  site: ReportSite = {},
): Promise<ReportResult> {
  const order: ReportOrder = {
    format: "csv",
    language: "en",
    askedBy: "auditor",
    madeAt: wallTime(Date.parse("2026-12-31T00:00:00Z")),
    site: { id: "hz-01", name: { en: "West Lake branch", zh: "西湖支行" }, timeZone: "Asia/Shanghai" },
    levels: [],
    ...asked,
  };
  return await makeReport(order, sourceOf(told, site));
}

/** The lines of a report's table, without its heading and what stands behind it; each cell as it is to be read. */
export async function rowsOf(...of: Parameters<typeof reportOf>): Promise<readonly (readonly string[])[]> {
  const [, ...lines] = cellsOf(await contentOf(...of));
  return lines.slice(
    0,
    lines.findIndex(([first]) => first === ""),
  );
}

export async function contentOf(...of: Parameters<typeof reportOf>): Promise<Buffer> {
  const result = await reportOf(...of);
  if (result.is !== "made") throw new Error(`no report: ${JSON.stringify(result)}`);
  return Buffer.concat(result.content);
}

/** A reader of RFC 4180 of its own, so that what is written is not read by what wrote it. */
export function cellsOf(content: Buffer): readonly (readonly string[])[] {
  const text = content.toString("utf8").replace(/^\uFEFF/, "");
  const lines: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let match = cell.exec(text); match !== null; match = cell.exec(text)) {
    lines.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === "\r\n") lines.push([]);
  }
  lines.pop();
  return lines;
}

/** The journal that these records make. */
export function sourceOf(
  told: readonly Told[],
  { names = {}, people = [], altered, pruned = 0 }: ReportSite = {},
): ReportSource {
  let wall = 0;
  const journal = new MemoryJournal({ wall: () => wallTime(wall) });
  for (const [at, type, payload] of told) {
    wall = Date.parse(at);
    journal.append([{ type, at: instant(wall), payload }]);
  }
  const written = journal.query({ limit: 1_000 });
  const stored = written.map((record): StoredRecord => {
    const { hash, payload, input: _none, ...facts } = record;
    const row = { ...facts, payload: canonicalJson(payload), input: null, hash: Buffer.from(hash, "hex") };
    return altered?.(row) ?? row;
  });
  const newest = written.at(-1);
  const kept = (seq: number) => seq > pruned;
  return {
    position: { seq: newest?.seq ?? 0, hash: newest?.hash ?? genesisHash },
    first: pruned + 1,
    // As in the file of a site whose clock never went back.
    stretches: (from, to) => {
      const within = written.filter(
        (one) =>
          kept(one.seq) && (from === undefined || one.wall >= from) && (to === undefined || one.wall <= to),
      );
      const [first, last] = [within[0], within.at(-1)];
      return first === undefined || last === undefined ? [] : [{ first: first.seq, last: last.seq }];
    },
    hashBefore: (first) => (first === 1 ? genesisHash : kept(first) ? written[first - 2]?.hash : undefined),
    records: ({ first, last }, most) =>
      stored.slice(first - 1, Math.min(last, first - 1 + most)).filter(({ seq }) => kept(seq)),
    search: (query) =>
      journal
        .query(query)
        .flatMap(({ seq }) => stored[seq - 1] ?? [])
        .filter(({ seq }) => kept(seq)),
    newestOf: (type, before, most) =>
      stored
        .filter((one) => one.type === type && one.seq < before && kept(one.seq))
        .toReversed()
        .slice(0, most),
    nameOf: (id) => (Object.hasOwn(names, id) ? names[id] : undefined),
    people: (after, most) => people.filter(({ id }) => id > after).slice(0, most),
    person: (id) => people.find((one) => one.id === id),
  };
}

/** One passage of a person, from the card to the closed door. */
export function passed(
  at: string,
  cardholder: string,
  accessPoint: string,
  more: JsonObject = {},
): readonly Told[] {
  const passage = `${cardholder}-${at}`;
  const facts = { vestibule: "v1", accessPoint, cardholder, card: "1001", passage };
  return [
    [at, "AccessGranted", { ...facts, mode: "card+face", operator: null, lead: passage, people: 1, ...more }],
    [at, "AccessTaken", { ...facts, openFor: 2_500, lead: passage, groups: [] }],
  ];
}
