import type { Fact } from "../facts.ts";
import type { ColumnName, ReportRow, ReportTools } from "../report.ts";
import type { ReportWriter } from "../writer.ts";
import { columnWidths } from "./column-widths.ts";
import { EmbeddedFont } from "./embedded-font.ts";
import { inner } from "./page-content.ts";
import { layOutTable } from "./page-lines.ts";
import { tableFile } from "./table-file.ts";

/** A table over A4 pages, each of which says what it belongs to; everything it was made from stands behind the rows. */
export class PdfWriter implements ReportWriter {
  readonly #tools: ReportTools;
  readonly #heading: ReportRow;
  readonly #rows: ReportRow[] = [];

  constructor(tools: ReportTools, columns: readonly ColumnName[]) {
    this.#tools = tools;
    this.#heading = columns.map((column) => tools.texts.columns[column]);
  }

  row(row: ReportRow): void {
    this.#rows.push(row);
  }

  finish(facts: readonly Fact[], totals: readonly Fact[]): Promise<readonly Uint8Array[]> {
    const { order, texts } = this.#tools;
    const font = new EmbeddedFont();
    const widths = columnWidths(font, [this.#heading, ...this.#rows], inner.width);
    const pages = layOutTable(this.#rows, [...totals, ...facts]);
    const title = `${texts.titles[order.name]} – ${order.site.name[order.language]}`;
    const { language, askedBy: author } = order;
    const { pageOf } = texts;
    const heading = this.#heading;
    return Promise.resolve(
      tableFile({ font, title, author, language, heading, widths, pages, facts, pageOf }),
    );
  }
}
