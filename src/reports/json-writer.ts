import type { Fact } from "./facts.ts";
import type { ColumnName, ReportRow, ReportTools } from "./report.ts";
import type { ReportWriter } from "./writer.ts";

/** The same table for a page to show: what is in it is what the file of the same report says. */
export class JsonWriter implements ReportWriter {
  readonly #columns: readonly { readonly name: ColumnName; readonly label: string }[];
  readonly #rows: ReportRow[] = [];
  readonly #texts: ReportTools["texts"]["facts"];

  constructor({ texts }: ReportTools, columns: readonly ColumnName[]) {
    this.#texts = texts.facts;
    this.#columns = columns.map((name) => ({ name, label: texts.columns[name] }));
  }

  row(row: ReportRow): void {
    this.#rows.push(row);
  }

  finish(facts: readonly Fact[], totals: readonly Fact[]): Promise<readonly Uint8Array[]> {
    const fact = (label: string): string => facts.find(([name]) => name === label)?.[1] ?? "";
    const position = { seq: Number(fact(this.#texts.position)), hash: fact(this.#texts.hash) };
    const table = { columns: this.#columns, rows: this.#rows, totals, facts, position };
    return Promise.resolve([new TextEncoder().encode(JSON.stringify(table))]);
  }
}
