import { deflateSync } from "node:zlib";

/** Little is gained by more, and a year's report has hundreds of pages. */
const compression = { level: 4 };

/** A PDF 1.7 file, object after object (ISO 32000-1, 7.5). */
export class PdfFile {
  readonly #chunks: Uint8Array[] = [];
  /** By object number; 0 is not used. */
  readonly #offsets: number[] = [0];
  #length = 0;

  constructor() {
    // Four bytes over 127 tell programs that move files that this one is not text.
    this.#write(Buffer.concat([Buffer.from("%PDF-1.7\n%"), Buffer.from([0xe2, 0xe3, 0xcf, 0xd3, 0x0a])]));
  }

  /** A number for an object that others name before it is written. */
  reserve(): number {
    return this.#offsets.push(0) - 1;
  }

  add(content: string, number = this.reserve()): number {
    this.#offsets[number] = this.#length;
    this.#write(Buffer.from(`${number} 0 obj\n${content}\nendobj\n`, "latin1"));
    return number;
  }

  addStream(bytes: Buffer, entries = ""): number {
    const number = this.reserve();
    const packed = deflateSync(bytes, compression);
    this.#offsets[number] = this.#length;
    const head = `${number} 0 obj\n<< /Length ${packed.length} /Filter /FlateDecode ${entries} >>\nstream\n`;
    this.#write(Buffer.concat([Buffer.from(head, "latin1"), packed, Buffer.from("\nendstream\nendobj\n")]));
    return number;
  }

  /** Memory of its own, so that it can be handed over to another thread. */
  finish(catalog: number, information: number): readonly Uint8Array[] {
    const start = this.#length;
    const entries = this.#offsets.slice(1).map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`);
    const size = this.#offsets.length;
    this.#write(
      Buffer.from(
        `xref\n0 ${size}\n0000000000 65535 f \n${entries.join("")}trailer\n<< /Size ${size} /Root ${catalog} 0 R /Info ${information} 0 R >>\nstartxref\n${start}\n%%EOF\n`,
      ),
    );
    return [new Uint8Array(Buffer.concat(this.#chunks))];
  }

  #write(bytes: Buffer): void {
    this.#chunks.push(bytes);
    this.#length += bytes.length;
  }
}

/** A text of the file's own properties: UTF-16 with its mark. */
export const pdfText = (text: string): string =>
  `<feff${Buffer.from(text, "utf16le").swap16().toString("hex")}>`;
