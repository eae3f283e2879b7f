import { byteOrderMark, csvLine } from "./csv.ts";
import type { Fact } from "./facts.ts";
import type { ColumnName, ReportRow, ReportTools } from "./report.ts";
import type { ReportWriter } from "./writer.ts";

const chunkLength = 256 * 1024;

/**
 * RFC 4180: the first line has the columns' names. Behind the rows, after an empty line, the totals and what the report
 * was made from, a name and a value each; a program that reads rows stops at the first line whose first cell is empty.
 */
export class CsvWriter implements ReportWriter {
  readonly #width: number;
  readonly #chunks: Uint8Array[] = [];
  #text: string;

  constructor({ texts }: Pick<ReportTools, "texts">, columns: readonly ColumnName[]) {
    this.#width = columns.length;
    this.#text = byteOrderMark + csvLine(columns.map((column) => texts.columns[column]));
  }

  row(row: ReportRow): void {
    this.#text += csvLine(row);
    if (this.#text.length > chunkLength) this.#flush();
  }

  finish(facts: readonly Fact[], totals: readonly Fact[]): Promise<readonly Uint8Array[]> {
    for (const cells of [[], ...totals, [], ...facts]) this.row(this.#padded(cells));
    this.#flush();
    return Promise.resolve(this.#chunks);
  }

  /** Every line has as many cells as the first. */
  #padded(cells: readonly string[]): ReportRow {
    return [...cells, ...Array<string>(this.#width - cells.length).fill("")];
  }

  #flush(): void {
    // Its own memory, so that it can be handed over to another thread.
    this.#chunks.push(new TextEncoder().encode(this.#text));
    this.#text = "";
  }
}
