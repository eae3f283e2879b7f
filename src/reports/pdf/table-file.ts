import type { Fact } from "../facts.ts";
import type { ReportRow } from "../report.ts";
import type { EmbeddedFont } from "./embedded-font.ts";
import { pageContent, pageSize } from "./page-content.ts";
import type { PageLine } from "./page-lines.ts";
import { PdfFile, pdfText } from "./pdf-file.ts";

export interface TableParts {
  readonly font: EmbeddedFont;
  readonly title: string;
  readonly author: string;
  readonly language: "en" | "zh";
  readonly heading: ReportRow;
  readonly widths: readonly number[];
  readonly pages: readonly (readonly PageLine[])[];
  /** At the foot of every page. */
  readonly facts: readonly Fact[];
  readonly pageOf: (page: number, of: number) => string;
}

/** A table over A4 pages as one file. */
export function tableFile({ font, pages, ...parts }: TableParts): readonly Uint8Array[] {
  const { title, heading, widths, facts, language, author, pageOf } = parts;
  const file = new PdfFile();
  const catalog = file.reserve();
  const tree = file.reserve();
  const fontObject = file.reserve();
  const numbers = pages.map((lines, index) => {
    const page = pageOf(index + 1, pages.length);
    const content = pageContent(font, { title, heading, widths, lines, facts, page });
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
  file.add(`<< /Type /Catalog /Pages ${tree} 0 R /Lang (${language === "zh" ? "zh-CN" : "en"}) >>`, catalog);
  const information = file.add(
    `<< /Title ${pdfText(title)} /Author ${pdfText(author)} /Creator ${pdfText("Vestibule")} >>`,
  );
  return file.finish(catalog, information);
}
