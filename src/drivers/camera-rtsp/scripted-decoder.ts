import type { DecoderEnd, DecoderEvents } from "./decoder-process.ts";
import type { DecoderCommand } from "./ffmpeg-command.ts";

const width = 8;
const height = 4;

/** A decoder played by the test. */
export class ScriptedDecoder {
  readonly command: DecoderCommand;
  readonly #events: DecoderEvents;
  readonly signals: string[] = [];
  /** Ends when asked to, as FFmpeg does unless it hangs. */
  obedient = true;
  #pictures = 0;
  #ended = false;

  constructor(command: DecoderCommand, events: DecoderEvents) {
    this.command = command;
    this.#events = events;
  }

  log(line: string): void {
    this.#events.onLog(Buffer.from(`${line}\n`));
  }

  connect(): void {
    this.log("[tcp @ 0x1] [verbose] Successfully connected to cam port 554");
    this.log("[rtsp @ 0x1] [verbose] SDP:");
  }

  picture(streamTime: number, isKey = false): void {
    this.decode(isKey);
    this.log(
      `[showinfo@taken @ 0x1] [info] n: ${this.#pictures} pts: 0 pts_time:${streamTime / 1000} iskey:0 `,
    );
    this.#events.onPictures(Buffer.from(`P6\n${width} ${height}\n255\n`));
    this.#events.onPictures(Buffer.alloc(width * height * 3, this.#pictures++));
  }

  decode(isKey: boolean): void {
    this.log(`[showinfo@decoded @ 0x1] [info] n: ${this.#pictures} pts_time:0 iskey:${isKey ? 1 : 0} `);
  }

  garbage(): void {
    this.#events.onPictures(Buffer.from("garbage"));
  }

  end(end: Partial<DecoderEnd> = {}): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#events.onEnd({ code: 0, signal: null, ...end });
  }

  terminate(): void {
    if (this.#ended) return;
    this.signals.push("TERM");
    if (this.obedient) this.end({ code: 255 });
  }

  kill(): void {
    if (this.#ended) return;
    this.signals.push("KILL");
    this.end({ code: null, signal: "SIGKILL" });
  }
}
