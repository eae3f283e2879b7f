import { after, type Milliseconds, since } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { KeptUnit } from "./clip-buffer.ts";
import { type Launch, launchConfined } from "./confined-process.ts";
import type { FfmpegCommand } from "./ffmpeg-command.ts";
import { matroskaHeader, matroskaUnit } from "./matroska-stream.ts";
import { matroskaName } from "./video-codec.ts";

export interface ClipFileOptions {
  readonly program: string;
  readonly clock: Clock;
  readonly launch?: Launch;
  /** Of pictures that no browser plays as a film. */
  readonly asH264?: boolean;
}

export type ClipFile = { readonly mp4: Uint8Array } | { readonly problem: string };

/** It copies some megabytes; one that takes this long hangs. */
const patience: Milliseconds = 10_000;
/** Given to FFmpeg and not taken yet: more would be in memory twice. */
const mostUnwritten = 1_000_000;
const shortPause: Milliseconds = 5;
/** An MP4 is hardly larger than what is in it; one that grows without end is stopped. */
const mostAdded = 4_000_000;

/**
 * Puts units into MP4 as they came: nothing is decoded. `frag_custom` asks for fragments and never for one to end, so
 * that the whole index comes before the pictures, as a browser wants it, though FFmpeg writes to a pipe.
 */
function clipCommand(program: string, codec: string, video: readonly string[]): FfmpegCommand {
  return {
    program,
    args: [
      ...["-hide_banner", "-nostats", "-loglevel", "error", "-protocol_whitelist", "pipe"],
      ...["-f", "matroska", "-i", "pipe:0", "-map", "0:v:0", "-an", "-sn", "-dn", ...video],
      // What Apple's players want H.265 to be called.
      ...(codec === "hevc" ? ["-tag:v", "hvc1"] : []),
      ...["-map_metadata", "-1", "-video_track_timescale", "90000"],
      ...["-movflags", "frag_custom", "-f", "mp4", "pipe:1"],
    ],
  };
}

const copied = ["-c", "copy"];
const encoded = [
  ...["-c:v", "libx264", "-preset", "ultrafast", "-crf", "28", "-pix_fmt", "yuv420p", "-threads", "1"],
  ...["-fps_mode", "vfr"],
];

/** Of one kind of video, in order; the first is a key picture. Never rejects. */
export async function clipFileOf(
  units: readonly KeptUnit[],
  { program, clock, launch = launchConfined, asH264 = false }: ClipFileOptions,
): Promise<ClipFile> {
  const [first] = units;
  const name = first && matroskaName(first.description.codec);
  if (first === undefined || name === undefined) return { problem: "nothing that can be kept as a clip" };
  const { codec, width, height } = first.description;
  const chunks: Buffer[] = [];
  let size = 0;
  let log = "";
  let isOver = false;
  const limit = units.reduce((sum, { bytes }) => sum + bytes.length, mostAdded);
  const { promise, resolve } = Promise.withResolvers<ClipFile>();
  const process = launch(clipCommand(program, codec, asH264 ? encoded : copied), {
    onOutput: (chunk) => {
      size += chunk.length;
      if (size > limit) process.kill();
      else chunks.push(chunk);
    },
    onLog: (chunk) => {
      log = (log + chunk.toString("latin1")).slice(0, 300);
    },
    onIndex: () => undefined,
    onEnd: ({ code, signal, problem }) => {
      isOver = true;
      if (code === 0 && size > 0) resolve({ mp4: Buffer.concat(chunks) });
      else resolve({ problem: problem ?? `FFmpeg ended with ${signal ?? code}: ${log.trim()}` });
    },
  });
  using _limit = clock.wakeAt(after(clock.now(), patience), () => process.kill());
  process.write(matroskaHeader(name, width, height));
  for (const { unit, time } of placed(units)) {
    process.write(matroskaUnit(unit.bytes, time, unit.isKey));
    while (process.unwritten > mostUnwritten && !isOver) await paused(clock);
    if (isOver) break;
  }
  process.endInput();
  return await promise;
}

const paused = (clock: Clock): Promise<void> =>
  new Promise((resolve) => void clock.wakeAt(after(clock.now(), shortPause), resolve));

/** A camera's own time that jumps by more than this says nothing about when it was. */
const largestStep: Milliseconds = 10_000;
/** Pictures are shown in another order than they are sent, by less than this. */
const largestReordering: Milliseconds = 1_000;

/**
 * Whole milliseconds from the first unit on. Within a connection by the camera's own clock, which does not tremble with
 * the network; between connections, and where that clock jumps, by when they came.
 */
export function placed(units: readonly KeptUnit[]): { readonly unit: KeptUnit; readonly time: number }[] {
  const [first] = units;
  if (first === undefined) return [];
  let base = { unit: first, time: 0 };
  let before = first;
  const times = units.map((unit) => {
    const step = unit.streamTime - before.streamTime;
    const isOther = unit.connection !== before.connection || step > largestStep || step < -largestReordering;
    if (isOther) base = { unit, time: since(first.at, unit.at) };
    before = unit;
    return { unit, time: base.time + unit.streamTime - base.unit.streamTime };
  });
  // Pictures that are shown before the key picture they were sent after.
  const earliest = Math.min(0, ...times.map(({ time }) => time));
  return times.map(({ unit, time }) => ({ unit, time: Math.round(time - earliest) }));
}
