import { hash } from "node:crypto";
import { chainedText } from "../../domain/journal/chain.ts";
import { type WallTime, wallTime } from "../../domain/time.ts";
import type { RecordStretch, ReportSource, StoredRecord } from "../../ports/report-source.ts";
import { cameraFaults, type FigureOrder, type FigureResult } from "../../ports/services/figure-services.ts";
import { parsedPayload } from "../parsed-payload.ts";
import { SiteTime } from "../site-time.ts";
import { UnverifiedRecord, verifiedRecords } from "../verified-records.ts";
import { alarmTimes } from "./alarm-times.ts";
import { cameraHistory } from "./camera-history.ts";
import { denialCounts } from "./denial-counts.ts";
import type { Folding } from "./folding.ts";
import { passageCounts } from "./passage-counts.ts";
import { scoreDistributions } from "./scores.ts";
import { stepsOf } from "./steps.ts";
import { waitingTimes } from "./waiting.ts";

/** Between a decision and the end of its passage lie fewer, however busy the doors are. */
const lookBack = 500;

/** What was so when the period began is told by one of these, of each type: cameras that failed, alarms that waited. */
const mostEarlier = 200;
const earlierTypes = [...cameraFaults, "CameraRestored", "AlarmRaised", "AlarmAcknowledged"] as const;

/** All figures of a period in one reading of its records; of what is found altered none are made. */
export function makeFigures(
  order: FigureOrder,
  source: ReportSource,
): Extract<FigureResult, { readonly is: "made" | "unverified" }> {
  const period = { from: order.from, to: Math.min(order.to ?? order.madeAt, order.madeAt) };
  const time = new SiteTime(order.timeZone, order.from);
  const steps = stepsOf(period, time);
  const passages = passageCounts(order, period, steps, time);
  const denials = denialCounts(order, period);
  const waiting = waitingTimes(order, period);
  const scores = scoreDistributions(order, period);
  const cameras = cameraHistory(order.cameras, period);
  const alarms = alarmTimes(order, period);
  const foldings = byType([passages, denials, waiting, scores, cameras, alarms]);
  let verified = 0;
  try {
    for (const record of recordsOf(order, source)) {
      verified++;
      const takers = foldings.get(record.type);
      if (takers === undefined) continue;
      const { type, wall, at, boot } = record;
      const folded = { type, wall, at, boot, payload: parsedPayload(record) };
      for (const taker of takers) taker.take(folded);
    }
  } catch (error) {
    if (error instanceof UnverifiedRecord) return { is: "unverified", seq: error.seq, detail: error.message };
    throw error;
  }
  return {
    is: "made",
    figures: {
      position: source.position,
      verified,
      madeAt: order.madeAt,
      from: order.from,
      to: wallTime(period.to),
      timeZone: order.timeZone,
      step: steps.step,
      steps: steps.begins,
      passages: passages.figure(),
      denials: denials.figure(),
      waiting: waiting.figure(),
      scores: scores.figure(),
      cameras: cameras.figure(),
      alarms: alarms.figure(),
    },
  };
}

type Taker = Pick<Folding<unknown>, "types" | "take">;

function byType(foldings: readonly Taker[]): ReadonlyMap<string, readonly Taker[]> {
  const types = new Set(foldings.flatMap((folding) => [...folding.types]));
  return new Map([...types].map((type) => [type, foldings.filter((folding) => folding.types.has(type))]));
}

function* recordsOf({ from, to }: FigureOrder, source: ReportSource): Generator<StoredRecord> {
  const stretches = source.stretches(from, to);
  const first = firstOf(stretches[0], from, source);
  const earlier = earlierTypes
    .flatMap((type) => source.newestOf(type, first, mostEarlier))
    .toSorted((a, b) => a.seq - b.seq);
  for (const record of earlier) yield verifiedAlone(record, source);
  for (const [at, stretch] of stretches.entries()) {
    yield* verifiedRecords(source, at === 0 ? { first, last: stretch.last } : stretch);
  }
}

function firstOf(stretch: RecordStretch | undefined, from: WallTime, source: ReportSource): number {
  if (stretch !== undefined) return Math.max(source.first, stretch.first - lookBack);
  // Nothing happened in the period; what was so before it may have lasted.
  return (source.stretches(undefined, from).at(-1)?.last ?? 0) + 1;
}

/** A record out of the middle: its own content is checked, the chain before it is not read. */
function verifiedAlone(record: StoredRecord, source: ReportSource): StoredRecord {
  const before = source.hashBefore(record.seq);
  if (before !== undefined && hash("sha256", chainedText(before, record), "buffer").equals(record.hash)) {
    return record;
  }
  throw new UnverifiedRecord(record.seq, `record ${record.seq}: the content does not match its hash`);
}
