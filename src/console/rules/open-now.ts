import type { ScheduleSpan } from "../../domain/access/access.ts";
import { minuteOf } from "./blocks.ts";
import type { WrittenSpan } from "./documents.ts";

/** As the rules themselves look at them. */
export const minuteSpans = (spans: readonly WrittenSpan[]): readonly ScheduleSpan[] =>
  spans.map(({ days, from, to }) => ({ days, from: minuteOf(from), to: minuteOf(to) }));
