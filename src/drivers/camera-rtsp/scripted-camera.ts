import type { Launch, ProcessEnd, ProcessEvents, RunningProcess } from "./confined-process.ts";
import type { FfmpegCommand } from "./ffmpeg-command.ts";

const width = 8;
const height = 4;
/** Parameter sets and an IDR slice, as far as anybody looks; and a slice that needs others. */
const entrance = [0, 0, 1, 0x67, 1, 0, 0, 1, 0x65, 2, 3];
const dependent = [0, 0, 1, 0x41, 4, 5];

/** A process played by the test. */
class ScriptedProcess implements RunningProcess {
  readonly command: FfmpegCommand;
  readonly signals: string[] = [];
  /** Ends when asked to, as FFmpeg does unless it hangs. */
  obedient = true;
  unwritten = 0;
  readonly events: ProcessEvents;
  readonly written: Buffer[] = [];
  #hasEnded = false;

  constructor(command: FfmpegCommand, events: ProcessEvents) {
    this.command = command;
    this.events = events;
  }

  get isReceiver(): boolean {
    return this.command.address !== undefined;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  write(bytes: Uint8Array): void {
    this.written.push(Buffer.from(bytes));
  }

  endInput(): void {
    this.signals.push("END");
  }

  log(line: string): void {
    this.events.onLog(Buffer.from(`${line}\n`));
  }

  end(end: Partial<ProcessEnd> = {}): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.events.onEnd({ code: 0, signal: null, ...end });
  }

  terminate(): void {
    if (this.#hasEnded) return;
    this.signals.push("TERM");
    if (this.obedient) this.end({ code: 255 });
  }

  kill(): void {
    if (this.#hasEnded) return;
    this.signals.push("KILL");
    this.end({ code: null, signal: "SIGKILL" });
  }
}

/** A receiver played by the test: what a camera says and sends. */
export class ScriptedReceiver extends ScriptedProcess {
  #units = 0;

  connect(): void {
    this.log("[tcp @ 0x1] [verbose] Successfully connected to cam port 554");
    this.log("[rtsp @ 0x1] [verbose] SDP:");
  }

  /** One access unit; `padding` makes it larger. */
  unit(streamTime: number, isKey = false, padding = 0): void {
    if (this.#units++ === 0) this.index("#tb 0: 1/1000\n#codec_id 0: h264\n#dimensions 0: 1280x720");
    const bytes = Buffer.concat([Buffer.from(isKey ? entrance : dependent), Buffer.alloc(padding, 7)]);
    this.events.onOutput(bytes);
    const time = Math.round(streamTime);
    this.index(`0, ${time}, ${time}, 66, ${bytes.length}, 0x00000000${isKey ? "" : ", F=0x0"}`);
  }

  index(text: string): void {
    this.events.onIndex(Buffer.from(`${text}\n`));
  }
}

/** A decoder played by the test: shows every picture asked for as soon as it is given its unit, unless told to wait. */
export class ScriptedDecoder extends ScriptedProcess {
  isWaiting = false;
  /** Times given, halved, in order; and those of them a picture was asked for. */
  readonly given: number[] = [];
  readonly asked: number[] = [];
  #pictures = 0;

  override write(bytes: Uint8Array): void {
    super.write(bytes);
    const time = timeOfCluster(Buffer.from(bytes));
    if (time === undefined || this.hasEnded) return;
    this.given.push(Math.floor(time / 2));
    if (time % 2 === 0) return;
    this.asked.push(Math.floor(time / 2));
    if (!this.isWaiting) this.picture(time);
  }

  /** A picture of the unit given at this time. */
  picture(time: number): void {
    this.log(`[showinfo@taken @ 0x1] [info] n: ${this.#pictures} pts: 0 pts_time:${time / 1000} iskey:0 `);
    this.events.onOutput(Buffer.from(`P6\n${width} ${height}\n255\n`));
    this.events.onOutput(Buffer.alloc(width * height * 3, this.#pictures++));
  }

  garbage(): void {
    this.events.onOutput(Buffer.from("garbage"));
  }
}

function timeOfCluster(bytes: Buffer): number | undefined {
  // Cluster and its size, then Timestamp and its size: 12 bytes, 9 bytes, the number.
  return bytes.readUInt32BE(0) === 0x1f43b675 ? Number(bytes.readBigUInt64BE(21)) : undefined;
}

/** Starts scripted processes, and keeps them in the order in which they were started. */
export function scripted(): { launch: Launch; receivers: ScriptedReceiver[]; decoders: ScriptedDecoder[] } {
  const receivers: ScriptedReceiver[] = [];
  const decoders: ScriptedDecoder[] = [];
  const launch: Launch = (command, events) => {
    if (command.address === undefined) {
      decoders.push(new ScriptedDecoder(command, events));
      return decoders.at(-1) as ScriptedDecoder; // just put there
    }
    receivers.push(new ScriptedReceiver(command, events));
    return receivers.at(-1) as ScriptedReceiver; // just put there
  };
  return { launch, receivers, decoders };
}
