import type { Fact } from "./facts.ts";
import type { ColumnName, ReportRow, ReportTools } from "./report.ts";
import type { ReportWriter } from "./writer.ts";

/** The same table for a page to show: what is in it is what the file of the same report says. */
export class JsonWriter implements ReportWriter {
  readonly #columns: readonly { readonly name: ColumnName; readonly label: string }[];
  readonly #rows: ReportRow[] = [];

  constructor({ texts }: ReportTools, columns: readonly ColumnName[]) {
    this.#columns = columns.map((name) => ({ name, label: texts.columns[name] }));
  }

  row(row: ReportRow): void {
    this.#rows.push(row);
  }

  finish(facts: readonly Fact[], totals: readonly Fact[]): Promise<readonly Uint8Array[]> {
    const table = { columns: this.#columns, rows: this.#rows, totals, facts };
    return Promise.resolve([new TextEncoder().encode(JSON.stringify(table))]);
  }
}
