import { wallTime } from "../domain/time.ts";
import { tellsOfDuress } from "../ports/duress-records.ts";
import type { JournalRecord } from "../ports/journal.ts";
import { type RecordView, recordView } from "../ports/record-view.ts";
import type { ReportSource, StoredRecord } from "../ports/report-source.ts";
import type { EventExportOrder, ReportResult } from "../ports/services/report-services.ts";
import { CsvWriter } from "./csv-writer.ts";
import { reportFacts } from "./facts.ts";
import { parsedPayload } from "./parsed-payload.ts";
import type { ColumnName, ReportRow } from "./report.ts";
import { SiteTime } from "./site-time.ts";
import { inWords, type ReportTexts, reportTexts } from "./texts.ts";
import { UnverifiedRecord, verifiedRecords } from "./verified-records.ts";

/** More than anybody reads; a search that finds more is narrowed. */
const mostRows = 100_000;
/** A search reads so many at once. */
const pageLength = 500;

const columns: readonly ColumnName[] = [
  ...(["seq", "time", "event", "vestibule", "door", "accessPoint", "person", "cardholder"] as const),
  ...(["card", "reason", "by", "details", "hash"] as const),
];

/** What an event search finds, row by row as the page shows it: each record compared with its hash before it is written. */
export async function exportEvents(
  order: EventExportOrder,
  source: ReportSource,
  most = mostRows,
): Promise<ReportResult> {
  const texts = reportTexts[order.language];
  const { from, to } = order.search;
  const time = new SiteTime(order.site.timeZone, from ?? order.madeAt);
  const writer = new CsvWriter({ texts }, columns);
  const nameOf = order.seesPeople ? namesFrom(source) : () => "";
  let rows = 0;
  let verified = 0;
  try {
    for (const record of found(order, source)) {
      const read = verifiedRecord(source, record);
      verified++;
      if (!order.seesDuress && tellsOfDuress(read)) continue;
      if (++rows > most) return { is: "tooLarge", most, of: "rows" };
      writer.row(rowOf(recordView(read), texts, time, nameOf));
    }
  } catch (error) {
    if (error instanceof UnverifiedRecord) return { is: "unverified", seq: error.seq, detail: error.message };
    throw error;
  }
  const { position } = source;
  const facts = reportFacts(
    { order: { ...order, from, to }, texts, time },
    { position, rows, verified },
    narrowedBy(order, texts, nameOf),
  );
  return { is: "made", position, rows, verified, content: await writer.finish(facts, []) };
}

/** Page by page, each going on where the last one ended. */
function* found({ search }: EventExportOrder, source: ReportSource): Generator<StoredRecord> {
  let { after } = search;
  for (;;) {
    const page = source.search({ ...search, limit: pageLength, ...(after === undefined ? {} : { after }) });
    yield* page;
    if (page.length < pageLength) return;
    after = page.at(-1)?.seq;
  }
}

function verifiedRecord(source: ReportSource, { seq }: StoredRecord): JournalRecord {
  for (const record of verifiedRecords(source, { first: seq, last: seq })) {
    const { boot, type, version, hash } = record;
    const payload = parsedPayload(record);
    const facts = { seq, boot, type, version, payload, at: record.at as JournalRecord["at"] };
    return { ...facts, wall: wallTime(record.wall), hash: Buffer.from(hash).toString("hex") };
  }
  throw new UnverifiedRecord(seq, `record ${seq} is missing`);
}

function namesFrom(source: ReportSource): (cardholder: string) => string {
  const names = new Map<string, string>();
  return (cardholder) => {
    const name = names.get(cardholder) ?? source.nameOf(cardholder) ?? "";
    names.set(cardholder, name);
    return name;
  };
}

/** What has a column of its own, or says nothing to a reader. */
const shown: ReadonlySet<string> = new Set([
  ...["schema", "seq", "time", "type", "vestibule", "door", "accessPoint", "cardholder", "card"],
  ...["reason", "operator", "hash"],
]);

function rowOf(
  view: RecordView,
  texts: ReportTexts,
  time: SiteTime,
  nameOf: (cardholder: string) => string,
): ReportRow {
  const { cardholder } = view;
  const details = Object.fromEntries(Object.entries(view).filter(([key]) => !shown.has(key)));
  return [
    String(view.seq),
    time.text(Date.parse(view.time)),
    view.type,
    view.vestibule ?? "",
    inWords(texts.doors, view.door),
    inWords(texts.accessPoints, view.accessPoint),
    cardholder === null ? "" : nameOf(cardholder),
    cardholder ?? "",
    textOf(view["card"]),
    inWords(texts.reasons, view.reason),
    textOf(view["operator"]),
    Object.keys(details).length === 0 ? "" : JSON.stringify(details),
    view.hash,
  ];
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function narrowedBy(
  { search }: EventExportOrder,
  texts: ReportTexts,
  nameOf: (cardholder: string) => string,
): readonly string[] {
  const { type, types, cardholder, card, vestibule, door, accessPoint, reason, operator, after } = search;
  const { columns: names, search: words } = texts;
  const said: readonly (readonly [string, string | undefined])[] = [
    [words.types, types?.join(" ") ?? type],
    [names.person, cardholder === undefined ? undefined : nameOf(cardholder) || cardholder],
    [names.card, card],
    [names.vestibule, vestibule],
    [names.door, door === undefined ? undefined : inWords(texts.doors, door)],
    [names.accessPoint, accessPoint === undefined ? undefined : inWords(texts.accessPoints, accessPoint)],
    [names.reason, reason === undefined ? undefined : inWords(texts.reasons, reason)],
    [names.by, operator],
    [search.newestFirst === true ? words.before : words.after, after?.toString()],
  ];
  return said.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
}
