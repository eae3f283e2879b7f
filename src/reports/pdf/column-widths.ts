import type { ReportRow } from "../report.ts";
import type { EmbeddedFont } from "./embedded-font.ts";
import { cellPadding, fontSize } from "./page-content.ts";

/** Rows that are measured: of more, as many spread over all. */
const measured = 2_000;

/** As wide as what stands in them, and where that is too much together the widest give way; in points. */
export function columnWidths(
  font: EmbeddedFont,
  rows: readonly ReportRow[],
  available: number,
): readonly number[] {
  const step = Math.max(1, Math.floor(rows.length / measured));
  const wanted = (rows[0] ?? []).map((_, column) => {
    let widest = 0;
    for (let at = 0; at < rows.length; at += step) {
      widest = Math.max(widest, font.show(rows[at]?.[column] ?? "").width);
    }
    return widest * fontSize + cellPadding + 1;
  });
  const most = widestAllowed(wanted, available);
  return wanted.map((width) => Math.min(width, most));
}

/** The width at which columns have to be cut so that all fit. */
function widestAllowed(wanted: readonly number[], available: number): number {
  let left = available;
  const rising = wanted.toSorted((one, other) => one - other);
  for (const [index, width] of rising.entries()) {
    const share = left / (rising.length - index);
    if (width > share) return share;
    left -= width;
  }
  return Number.POSITIVE_INFINITY;
}
