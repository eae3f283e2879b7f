import type { Frame, FrameSourceState } from "../../ports/frame-source.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import type { DecoderEnd, DecoderEvents } from "./decoder-process.ts";
import type { DecoderCommand } from "./ffmpeg-command.ts";
import type { RtspCameraOptions } from "./rtsp-camera-options.ts";
import { openRtspCamera } from "./rtsp-frame-source.ts";

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

/** A camera with its decoders in the test's hands, on virtual time. */
export function opened(options: Partial<RtspCameraOptions> = {}) {
  const clock = new VirtualClock();
  const decoders: ScriptedDecoder[] = [];
  const launch = (command: DecoderCommand, events: DecoderEvents) => {
    const decoder = new ScriptedDecoder(command, events);
    decoders.push(decoder);
    return decoder;
  };
  const source = openRtspCamera(
    // Any program that exists: it is never run.
    {
      cameraId: "c1",
      url: "rtsp://cam/live",
      username: "u",
      password: "s3cret",
      ffmpegPath: "/bin/sh",
      ...options,
    },
    { clock, random: () => 0, launch },
  );
  const frames: Frame[] = [];
  const states: FrameSourceState[] = [];
  source.listen({ onFrame: (frame) => void frames.push(frame), onState: (state) => void states.push(state) });
  const last = (): ScriptedDecoder => {
    const decoder = decoders.at(-1);
    if (decoder === undefined) throw new Error("no decoder was started");
    return decoder;
  };
  /** Pictures at their due time for this long. */
  const play = (length: number, lag = 0) => {
    for (let passed = 0; passed < length; passed += 200) {
      clock.advance(200);
      last().picture(clock.now() - lag, passed % 1_000 === 0);
    }
  };
  return { clock, decoders, source, frames, states, last, play };
}
