import { ascent, descent, type Glyph, NotoGlyphs, unitsPerEm } from "./noto-glyphs.ts";
import type { PdfFile } from "./pdf-file.ts";
import { trueTypeFont } from "./true-type.ts";

/** A text as the font's glyph numbers. */
export interface ShownText {
  /** For `Tj`, without the brackets. */
  readonly hex: string;
  /** Of one em. */
  readonly width: number;
}

interface NumberedGlyph {
  readonly hex: string;
  readonly width: number;
}

/** Texts that come again and again; others are written letter by letter. */
const mostRemembered = 20_000;
const shortest = 3;

const fontName = "VSTBLE+NotoSansSC";

/** The characters that a document uses, and their outlines only. */
export class EmbeddedFont {
  readonly #source = new NotoGlyphs();
  /** Number 0 is the glyph of what has none. */
  readonly #glyphs: Glyph[] = [];
  readonly #characters: string[] = [];
  readonly #numbered = new Map<string, NumberedGlyph>();
  readonly #shown = new Map<string, ShownText>();

  constructor() {
    this.#number("\uFFFD");
  }

  show(text: string): ShownText {
    const known = this.#shown.get(text);
    if (known !== undefined) return known;
    let hex = "";
    let width = 0;
    for (const character of text) {
      const glyph = this.#numbered.get(character) ?? this.#number(character);
      hex += glyph.hex;
      width += glyph.width;
    }
    const shown = { hex, width };
    if (text.length > shortest && this.#shown.size < mostRemembered) this.#shown.set(text, shown);
    return shown;
  }

  /** Writes the font into the file as the object of that number, once everything has been shown. */
  embed(file: PdfFile, number: number): void {
    const program = trueTypeFont(this.#glyphs);
    const fontFile = file.addStream(program, `/Length1 ${program.length}`);
    const descriptor = file.add(
      `<< /Type /FontDescriptor /FontName /${fontName} /Flags 4 /FontBBox [-200 -300 1200 1100] /ItalicAngle 0
        /Ascent ${ascent} /Descent ${descent} /CapHeight 733 /StemV 80 /FontFile2 ${fontFile} 0 R >>`,
    );
    const widths = this.#glyphs.map(({ advance }) => Math.round((advance * 1000) / unitsPerEm)).join(" ");
    const descendant = file.add(
      `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${fontName} /FontDescriptor ${descriptor} 0 R
        /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /CIDToGIDMap /Identity /DW 1000
        /W [0 [${widths}]] >>`,
    );
    const toUnicode = file.addStream(Buffer.from(this.#characterMap(), "latin1"));
    file.add(
      `<< /Type /Font /Subtype /Type0 /BaseFont /${fontName} /Encoding /Identity-H
        /DescendantFonts [${descendant} 0 R] /ToUnicode ${toUnicode} 0 R >>`,
      number,
    );
  }

  #number(character: string): NumberedGlyph {
    const glyph = this.#source.glyphOf(character.codePointAt(0) ?? 0);
    // What the typeface has not is shown as such, and still copied and searched as what it is.
    const shown = glyph ?? this.#glyphs[0] ?? { advance: unitsPerEm, contours: [] };
    const numbered = {
      hex: this.#glyphs.length.toString(16).padStart(4, "0"),
      width: shown.advance / unitsPerEm,
    };
    this.#glyphs.push(shown);
    this.#characters.push(character);
    this.#numbered.set(character, numbered);
    return numbered;
  }

  /** What each glyph means, so that the text can be searched and copied (ISO 32000-1, 9.10.3). */
  #characterMap(): string {
    const blocks: string[] = [];
    for (let first = 0; first < this.#characters.length; first += 100) {
      const lines = this.#characters.slice(first, first + 100).map((character, index) => {
        const utf16 = Buffer.from(character, "utf16le").swap16().toString("hex");
        return `<${(first + index).toString(16).padStart(4, "0")}> <${utf16}>`;
      });
      blocks.push(`${lines.length} beginbfchar\n${lines.join("\n")}\nendbfchar`);
    }
    return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${blocks.join("\n")}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
  }
}
