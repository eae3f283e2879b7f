import type { CameraAddress } from "./camera-address.ts";
import type { RtspCameraSettings } from "./rtsp-camera-options.ts";

/**
 * How long FFmpeg studies the stream before it hands it over. `instant` trusts the parameter sets of the stream's
 * description (first unit after about 0.1 s); `patient` waits for those inside the stream, for cameras
 * that describe none.
 */
export type Probing = "instant" | "patient";

export interface FfmpegCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** What it reads on descriptor 3: the camera's address stays out of argv and of the environment. */
  readonly address?: string;
}

/** A dead peer is noticed by our own watchdog; this only ends a receiver that nobody watches. Microseconds. */
const socketTimeout = 4_000_000;
/** Largest picture decoded: 9 megapixels covers 4K; a hostile header cannot ask for more. */
const largestPicture = 9_000_000;

type Transport = RtspCameraSettings["transport"];

/** Never UDP: it loses packets even on loopback. */
const protocols: Readonly<Record<Transport, string>> = {
  tcp: "pipe,rtsp,rtp,tcp",
  http: "pipe,rtsp,rtp,tcp,http",
};

const common = ["-hide_banner", "-nostats", "-loglevel", "level+verbose"];

const probingOptions: Readonly<Record<Probing, readonly (readonly [string, string])[]>> = {
  instant: [
    ["fpsprobesize", "0"],
    ["analyzeduration", "0"],
    ["probesize", "32"],
  ],
  patient: [["fpsprobesize", "0"]],
};

/**
 * Talks to the camera and decodes nothing: the stream's units go to descriptor 1 as they came, a line about each to
 * descriptor 4. Parameter sets that stand in the stream's description only are put before each key picture.
 */
export function receiverCommand(
  program: string,
  address: CameraAddress,
  probing: Probing,
  transport: Transport,
): FfmpegCommand {
  const copy = ["-map", "0:v:0", "-c", "copy", "-bsf:v", "dump_extra", "-flush_packets", "1"];
  return {
    program,
    args: [
      ...common,
      ...["-nostdin", "-protocol_whitelist", protocols[transport], "-f", "concat", "-safe", "0"],
      ...["-max_pixels", String(largestPicture)],
      ...probingOptions[probing].flatMap(([name, value]) => [`-${name}`, value]),
      ...["-i", "pipe:3", ...copy, "-f", "data", "pipe:1", ...copy, "-f", "framecrc", "pipe:4"],
    ],
    address: playlist(address, probing, transport),
  };
}

/** Decodes what it is given on descriptor 0 and can reach nothing else. */
export function decoderCommand(program: string, settings: RtspCameraSettings): FfmpegCommand {
  return {
    program,
    args: [
      ...common,
      ...["-protocol_whitelist", "pipe", "-copyts", "-f", "matroska"],
      ...["-flags", "low_delay", "-threads", "1", "-max_pixels", String(largestPicture)],
      ...probingOptions.instant.flatMap(([name, value]) => [`-${name}`, value]),
      ...["-i", "pipe:0", "-map", "0:v:0", "-an", "-sn", "-dn"],
      ...["-vf", filterChain(settings), "-fps_mode", "passthrough", "-enc_time_base", "-1"],
      ...["-f", "image2pipe", "-c:v", "ppm", "-pix_fmt", "rgb24", "pipe:1"],
    ],
  };
}

/**
 * Whether a picture is wanted, or only decoded for the sake of those after it, travels in its time: wanted ones are odd.
 * Pictures leave a decoder in another order than units went in, but each keeps its own time.
 */
export const timeForDecoder = (time: number, isWanted: boolean): number => 2 * time + (isWanted ? 1 : 0);

/** What was given to `timeForDecoder`. */
export const timeFromDecoder = (time: number): number => Math.floor(Math.round(time) / 2);

/**
 * Size: fits the frame, never enlarged, square pixels, even. PPM then carries the size in each picture, so
 * nothing has to be guessed from logs, and a camera that changes its size cannot shift our view of the pipe.
 */
function filterChain({ maxWidth, maxHeight }: RtspCameraSettings): string {
  const width = `2*trunc(min(min(${maxWidth},${maxHeight}*dar),ih*dar)/2)`;
  const height = `2*trunc(min(min(${maxHeight},${maxWidth}/dar),ih)/2)`;
  return [
    "select='mod(round(t*1000),2)'",
    `scale=w='${width}':h='${height}':flags=area`,
    "setsar=1",
    "showinfo@taken=checksum=0",
  ].join(",");
}

function playlist(address: CameraAddress, probing: Probing, transport: Transport): string {
  const options: (readonly [string, string])[] = [
    ["rtsp_transport", transport],
    ["allowed_media_types", "video"],
    ["timeout", String(socketTimeout)],
    ...probingOptions[probing],
  ];
  const lines = ["ffconcat version 1.0", `file '${address.secretUrl}'`];
  return [...lines, ...options.map(([name, value]) => `option ${name} ${value}`), ""].join("\n");
}

/** What the machine offers to lock a decoder in. Paths; undefined where it is missing. */
export interface ConfinementTools {
  readonly prlimit: string | undefined;
  readonly nice: string | undefined;
  readonly setpriv: string | undefined;
  readonly isRoot: boolean;
}

/**
 * The same command with fewer rights: no new privileges, an own user where we are root, no files written, no
 * core dump (it would hold the password), bounded memory, lower priority, and dead when we die.
 */
export function confined(command: FfmpegCommand, tools: ConfinementTools): FfmpegCommand {
  const wrappers: string[] = [];
  if (tools.prlimit !== undefined) {
    wrappers.push(tools.prlimit, "--core=0", "--fsize=0", "--nofile=64", `--as=${1024 ** 3}`);
  }
  if (tools.nice !== undefined) wrappers.push(tools.nice, "-n", "5");
  if (tools.setpriv !== undefined) {
    wrappers.push(tools.setpriv, "--no-new-privs", "--pdeathsig", "KILL");
    if (tools.isRoot) wrappers.push("--reuid=nobody", "--regid=nogroup", "--clear-groups");
  }
  const [program, ...args] = [...wrappers, command.program, ...command.args];
  return { ...command, program: program ?? command.program, args };
}
