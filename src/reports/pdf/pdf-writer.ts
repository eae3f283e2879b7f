import type { Fact } from "../facts.ts";
import type { ColumnName, ReportRow, ReportTools } from "../report.ts";
import type { ReportWriter } from "../writer.ts";
import { columnWidths } from "./column-widths.ts";
import { EmbeddedFont } from "./embedded-font.ts";
import { inner, pageContent, pageSize } from "./page-content.ts";
import { layOutTable } from "./page-lines.ts";
import { PdfFile, pdfText } from "./pdf-file.ts";

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
    const file = new PdfFile();
    const catalog = file.reserve();
    const tree = file.reserve();
    const fontObject = file.reserve();
    const title = `${texts.titles[order.name]} – ${order.site.name[order.language]}`;
    const numbers = pages.map((lines, index) => {
      const content = pageContent(font, {
        title,
        heading: this.#heading,
        widths,
        lines,
        facts,
        page: texts.pageOf(index + 1, pages.length),
      });
      const stream = file.addStream(Buffer.from(content, "latin1"));
      return file.add(`<< /Type /Page /Parent ${tree} 0 R /Contents ${stream} 0 R >>`);
    });
    const kids = numbers.map((number) => `${number} 0 R`).join(" ");
    file.add(
      `<< /Type /Pages /Kids [${kids}] /Count ${numbers.length} /MediaBox [0 0 ${pageSize.width} ${pageSize.height}]
        /Resources << /Font << /F1 ${fontObject} 0 R >> >> >>`,
      tree,
    );
    font.embed(file, fontObject);
    file.add(
      `<< /Type /Catalog /Pages ${tree} 0 R /Lang (${order.language === "zh" ? "zh-CN" : "en"}) >>`,
      catalog,
    );
    const information = file.add(
      `<< /Title ${pdfText(title)} /Author ${pdfText(order.askedBy)} /Creator ${pdfText("Vestibule")} >>`,
    );
    return Promise.resolve(file.finish(catalog, information));
  }
}
