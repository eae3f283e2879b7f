/** Excel takes a file for UTF-8, and so reads Chinese, by this mark alone. */
export const byteOrderMark = "\uFEFF";

/**
 * T8: a cell that a spreadsheet would take for a formula gets an apostrophe before it, which makes it text; what follows
 * white space is no exception, and neither are the full-width signs that some take for the same.
 */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u;

const needsQuotes = /[",\r\n]|^\s|\s$/u;

/** One line of RFC 4180, its end included. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;

function csvCell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
