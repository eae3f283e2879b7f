import type { ProcessEnd, RunningProcess } from "./confined-process.ts";
import { LineCutter, readDecoderLine } from "./decoder-messages.ts";
import { timeForDecoder, timeFromDecoder } from "./ffmpeg-command.ts";
import { type AssembledPicture, FrameAssembler } from "./frame-assembler.ts";
import type { ArrivedUnit } from "./group-of-pictures.ts";
import { matroskaHeader, matroskaUnit } from "./matroska-stream.ts";
import type { StreamDescription } from "./stream-units.ts";
import { matroskaName } from "./video-codec.ts";

/** A picture with the unit it was decoded from. */
export interface DecodedPicture extends AssembledPicture {
  readonly unit: ArrivedUnit;
}

/** Pictures announced but not yet through the pipe: the log may run ahead, but not by seconds. */
const mostAnnounced = 64;
/** Pictures that came before the log spoke of them: less than one fits into the pipe. */
const mostUnannounced = 8;
/** A decoder that is so far behind is given nothing more before the next entrance. */
const mostUnwritten = 4_000_000;
/** Units that a picture may still come of; decoders hold back sixteen at most. */
const mostInside = 512;

/** One run of the decoder: units in, pictures out, and the log that tells which is which. */
export class PictureDecoder {
  /** Number of the unit given last. */
  fed = -1;
  end: ProcessEnd | undefined;
  /** Why nothing it says can be believed any more. */
  failure: string | undefined;
  readonly #process: RunningProcess;
  readonly #assembler: FrameAssembler;
  readonly #lines = new LineCutter();
  readonly #pictures: AssembledPicture[] = [];
  readonly #announced: ArrivedUnit[] = [];
  /** By the time they were given. */
  readonly #inside = new Map<number, ArrivedUnit>();
  #isOverfull = false;
  #offset: number | undefined;

  constructor(process: RunningProcess, { codec, width, height }: StreamDescription, largest: Size) {
    this.#process = process;
    this.#assembler = new FrameAssembler(largest.width, largest.height);
    process.write(matroskaHeader(matroskaName(codec) ?? codec, width, height));
  }

  /** The first one must be an entrance. Where the decoder is too far behind, units up to the next entrance are dropped. */
  feed(unit: ArrivedUnit, isWanted: boolean): void {
    this.fed = unit.number;
    if (this.#process.unwritten > mostUnwritten) this.#isOverfull = true;
    else if (unit.isEntrance) this.#isOverfull = false;
    if (this.#isOverfull) return;
    const time = this.#timeOf(unit);
    this.#inside.set(time, unit);
    for (const oldest of this.#inside.keys()) {
      if (this.#inside.size <= mostInside) break;
      this.#inside.delete(oldest);
    }
    this.#process.write(matroskaUnit(unit.bytes, timeForDecoder(time, isWanted), unit.isKey));
  }

  /** Answers whether the log spoke of damage. */
  readLog(chunk: Buffer): boolean {
    let isDamaged = false;
    for (const line of this.#lines.push(chunk)) {
      const message = readDecoderLine(line);
      if (message?.kind === "damaged") isDamaged = true;
      if (message?.kind === "failed") this.failure ??= message.what;
      if (message?.kind === "taken") this.#announce(message.time);
    }
    return isDamaged;
  }

  readPictures(chunk: Buffer): void {
    const { pictures, garbage } = this.#assembler.push(chunk);
    this.#pictures.push(...pictures);
    if (garbage !== undefined) this.failure ??= `FFmpeg wrote ${garbage}`;
  }

  /** Pictures complete by now. */
  take(): DecodedPicture[] {
    const decoded: DecodedPicture[] = [];
    while (this.#pictures.length > 0 && this.#announced.length > 0) {
      const picture = this.#pictures.shift();
      const unit = this.#announced.shift();
      if (picture !== undefined && unit !== undefined) decoded.push({ ...picture, unit });
    }
    if (this.#announced.length > mostAnnounced || this.#pictures.length > mostUnannounced) {
      this.failure ??= "FFmpeg's pictures and log do not match";
    }
    return decoded;
  }

  kill(): void {
    this.#process.kill();
  }

  #announce(time: number | undefined): void {
    const unit = time === undefined ? undefined : this.#inside.get(timeFromDecoder(time));
    if (unit === undefined) this.failure ??= "FFmpeg showed a picture of a time it was not given";
    else this.#announced.push(unit);
  }

  /** Whole milliseconds of the stream's own time, from ten seconds on; no two units have the same. */
  #timeOf({ streamTime }: ArrivedUnit): number {
    this.#offset ??= 10_000 - streamTime;
    let time = Math.max(Math.round(streamTime + this.#offset), 0);
    while (this.#inside.has(time)) time += 1;
    return time;
  }
}

export interface Size {
  readonly width: number;
  readonly height: number;
}
