import { wallTime } from "../domain/time.ts";
import type { RecordStretch, ReportSource } from "../ports/report-source.ts";
import type {
  ReportFormat,
  ReportName,
  ReportOrder,
  ReportResult,
} from "../ports/services/report-services.ts";
import { attendanceReport } from "./attendance.ts";
import { CsvWriter } from "./csv-writer.ts";
import { denialsReport } from "./denials.ts";
import { narrowedTo, reportFacts } from "./facts.ts";
import { insideReport } from "./inside.ts";
import { JsonWriter } from "./json-writer.ts";
import { parsedPayload } from "./parsed-payload.ts";
import { passagesReport } from "./passages.ts";
import { PdfWriter } from "./pdf/pdf-writer.ts";
import type { LookBack, RecordReport, ReportRow, ReportTools } from "./report.ts";
import { rightsColumns, rightsRows } from "./rights.ts";
import { SiteTime } from "./site-time.ts";
import { reportTexts } from "./texts.ts";
import { UnverifiedRecord, verifiedRecords } from "./verified-records.ts";
import type { ReportWriter } from "./writer.ts";

/** What a spreadsheet opens at most, what somebody leafs through, what a page shows; more is asked for in shorter periods. */
const mostRows: Readonly<Record<ReportFormat, number>> = { csv: 1_000_000, pdf: 150_000, json: 5_000 };
const mostBytes = 256 * 1024 * 1024;

/** How much of the journal's end a report of the directory looks at, to say at which position it was made. */
const recordsForPosition = 1_000;

const day = 86_400_000;

class TooLarge extends Error {
  override readonly name = "TooLarge";
}

/** Reads what the report is about, and writes it. What is found altered is not reported on. */
export async function makeReport(order: ReportOrder, source: ReportSource): Promise<ReportResult> {
  const texts = reportTexts[order.language];
  const time = new SiteTime(order.site.timeZone, order.from ?? order.madeAt);
  const tools: ReportTools = { order, texts, time, nameOf: namesFrom(source) };
  const most = mostRows[order.format];
  const report = order.name === "rights" ? undefined : reports[order.name](tools);
  const writer = writerFor(tools, report?.columns ?? rightsColumns);
  let rows = 0;
  const emit = (row: ReportRow): void => {
    if (++rows > most) throw new TooLarge();
    writer.row(row);
  };
  try {
    const verified =
      report === undefined ? fromDirectory(tools, source, emit) : fromJournal(tools, source, report, emit);
    const facts = reportFacts(tools, { position: source.position, rows, verified }, narrowedTo(tools));
    const content = await writer.finish(facts, report?.totals() ?? []);
    const bytes = content.reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (bytes > mostBytes) return { is: "tooLarge", most: mostBytes, of: "bytes" };
    return { is: "made", position: source.position, rows, verified, content };
  } catch (error) {
    if (error instanceof TooLarge) return { is: "tooLarge", most, of: "rows" };
    if (error instanceof UnverifiedRecord) return { is: "unverified", seq: error.seq, detail: error.message };
    throw error;
  }
}

const reports: Readonly<Record<Exclude<ReportName, "rights">, (tools: ReportTools) => RecordReport>> = {
  passages: passagesReport,
  denials: denialsReport,
  inside: insideReport,
  attendance: attendanceReport,
};

function writerFor(
  tools: ReportTools,
  columns: readonly (keyof ReportTools["texts"]["columns"])[],
): ReportWriter {
  switch (tools.order.format) {
    case "csv":
      return new CsvWriter(tools, columns);
    case "pdf":
      return new PdfWriter(tools, columns);
    case "json":
      return new JsonWriter(tools, columns);
  }
}

/** Each name is looked up once. */
function namesFrom(source: ReportSource): (cardholder: string) => string {
  const names = new Map<string, string>();
  return (cardholder) => {
    const known = names.get(cardholder);
    if (known !== undefined) return known;
    const name = source.nameOf(cardholder) ?? cardholder;
    names.set(cardholder, name);
    return name;
  };
}

/** How many records were read, and so verified. */
function fromJournal(
  { order }: ReportTools,
  source: ReportSource,
  report: RecordReport,
  emit: (row: ReportRow) => void,
): number {
  let verified = 0;
  for (const stretch of stretchesToRead(order, source, report.lookBack)) {
    for (const record of verifiedRecords(source, stretch)) {
      verified++;
      if (!report.types.has(record.type)) continue;
      report.take({ ...record, wall: wallTime(record.wall), payload: parsedPayload(record) }, emit);
    }
  }
  report.finish(emit);
  return verified;
}

function stretchesToRead(
  { from, to }: ReportOrder,
  source: ReportSource,
  lookBack: LookBack,
): readonly RecordStretch[] {
  const asked = source.stretches(from, to);
  const last = asked.at(-1)?.last;
  if (lookBack === "everything") {
    const end = source.stretches(undefined, to).at(-1)?.last ?? 0;
    return end === 0 ? [] : [{ first: source.first, last: end }];
  }
  if ("days" in lookBack) {
    const earlier = from === undefined ? undefined : wallTime(from - lookBack.days * day);
    return source.stretches(earlier, to);
  }
  const [first, ...others] = asked;
  if (first === undefined || last === undefined) return [];
  return [{ first: Math.max(source.first, first.first - lookBack.records), last: first.last }, ...others];
}

function fromDirectory(tools: ReportTools, source: ReportSource, emit: (row: ReportRow) => void): number {
  let verified = 0;
  const { seq } = source.position;
  const stretch = { first: Math.max(source.first, seq - recordsForPosition + 1), last: seq };
  if (seq > 0) for (const _ of verifiedRecords(source, stretch)) verified++;
  for (const row of rightsRows(tools, source)) emit(row);
  return verified;
}
