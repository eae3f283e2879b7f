import type { CameraAddress } from "./camera-address.ts";
import type { RtspCameraSettings } from "./rtsp-camera-options.ts";

/**
 * How long FFmpeg studies the stream before it decodes. `instant` trusts the parameter sets of the stream's
 * description (first picture after about 0.1 s); `patient` waits for those inside the stream, for cameras
 * that describe none.
 */
export type Probing = "instant" | "patient";

export interface DecoderCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** What the decoder reads on descriptor 3: the address stays out of argv and of the environment. */
  readonly playlist: string;
}

/** A dead peer is noticed by our own watchdog; this only ends a decoder that nobody watches. Microseconds. */
const socketTimeout = 4_000_000;
/** Largest picture decoded: 9 megapixels covers 4K; a hostile header cannot ask for more. */
const largestPicture = 9_000_000;

const probingOptions: Readonly<Record<Probing, readonly (readonly [string, string])[]>> = {
  instant: [
    ["fpsprobesize", "0"],
    ["analyzeduration", "0"],
    ["probesize", "32"],
  ],
  patient: [["fpsprobesize", "0"]],
};

export function decoderCommand(
  program: string,
  address: CameraAddress,
  settings: RtspCameraSettings,
  probing: Probing,
): DecoderCommand {
  return {
    program,
    args: [
      ...["-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+verbose"],
      ...["-protocol_whitelist", "pipe,rtsp,rtp,tcp", "-f", "concat", "-safe", "0"],
      ...["-flags", "low_delay", "-threads", "1", "-max_pixels", String(largestPicture)],
      ...probingOptions[probing].flatMap(([name, value]) => [`-${name}`, value]),
      ...["-i", "pipe:3", "-map", "0:v:0", "-an", "-sn", "-dn"],
      ...["-vf", filterChain(settings), "-fps_mode", "passthrough", "-enc_time_base", "-1"],
      ...["-f", "image2pipe", "-c:v", "ppm", "-pix_fmt", "rgb24", "pipe:1"],
    ],
    playlist: playlist(address, probing),
  };
}

/**
 * `decoded` reports every picture (key pictures end a time of distrust), `taken` those that leave.
 * The first picture taken is a key picture: H.265 decoders show grey ones before it.
 * Size: fits the frame, never enlarged, square pixels, even. PPM then carries the size in each picture, so
 * nothing has to be guessed from logs, and a camera that changes its size cannot shift our view of the pipe.
 */
function filterChain({ maxWidth, maxHeight, framesPerSecond }: RtspCameraSettings): string {
  // A little under the interval, or jitter of a camera at exactly this rate would cost every other picture.
  const gap = (0.95 / framesPerSecond).toFixed(4);
  const width = `2*trunc(min(min(${maxWidth},${maxHeight}*dar),ih*dar)/2)`;
  const height = `2*trunc(min(min(${maxHeight},${maxWidth}/dar),ih)/2)`;
  return [
    "showinfo@decoded=checksum=0",
    `select='if(isnan(prev_selected_t),key,gte(t-prev_selected_t,${gap}))'`,
    `scale=w='${width}':h='${height}':flags=area`,
    "setsar=1",
    "showinfo@taken=checksum=0",
  ].join(",");
}

function playlist(address: CameraAddress, probing: Probing): string {
  const options: (readonly [string, string])[] = [
    ["rtsp_transport", "tcp"],
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
export function confined(command: DecoderCommand, tools: ConfinementTools): DecoderCommand {
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
