import type { CameraFault } from "../../ports/frame-source.ts";

/** What a line of FFmpeg's log means to us. */
export type DecoderMessage =
  /** The camera's address accepted a connection. */
  | { readonly kind: "connected" }
  /** The camera described its stream. */
  | { readonly kind: "described" }
  /** A picture is about to be written; the time of its unit as the decoder was given it. */
  | { readonly kind: "taken"; readonly time: number | undefined }
  | { readonly kind: "damaged" }
  /** Why it will not work; `what` is for people and holds nothing the camera could choose freely. */
  | { readonly kind: "failed"; readonly fault: CameraFault; readonly what: string };

const failures: readonly (readonly [RegExp, CameraFault, string])[] = [
  [/ failed: 401 | returned 401 /, "unauthorised", "the camera refuses this user name or password (401)"],
  [/ failed: 403 | returned 403 /, "unauthorised", "this user may not see the stream (403)"],
  [/ failed: 404 | returned 404 /, "notFound", "the camera answers, but has no stream of this name (404)"],
  [/ failed: 4\d\d | returned 4\d\d /, "notFound", "the camera answers, but refuses this stream"],
  [/ failed: 5\d\d | returned 5\d\d /, "notFound", "the camera answers, but cannot serve this stream now"],
  [
    / failed: Connection refused$/,
    "unreachable",
    "the connection is refused: nothing listens at this address and port",
  ],
  [
    / failed: (?:No route to host|Network is unreachable)$/,
    "unreachable",
    "there is no route to this address",
  ],
  [/ failed: Connection timed out$/, "unreachable", "nobody answers at this address"],
  [/Failed to resolve hostname/, "unreachable", "the host name is unknown"],
  [/matches no streams/, "undecodable", "the stream holds no video"],
  [
    /pixels? (?:count )?(?:exceeds|too large)|exceeds.*max_pixels|Picture size .* is invalid/i,
    "undecodable",
    "the picture is too large to decode",
  ],
  [/Decoder .*not found|no decoder found/i, "undecodable", "FFmpeg cannot decode this kind of video"],
  [
    /Unrecognized option|Option .* not found|No such filter|Unknown encoder/,
    "decoderFailed",
    "this FFmpeg is too old or built without what is needed; version 5 or newer is required",
  ],
  [/Cannot allocate memory/, "decoderFailed", "FFmpeg ran out of memory"],
];

const damage =
  /corrupt decoded frame|error while decoding|RTP: missed \d+ packets|concealing \d+ |Could not find ref|non-existing PPS|Invalid NAL unit|Missing reference picture|decode_slice_header error|no frame!|Error (?:while decoding|submitting packet)|bad cseq|left block unavailable|top block unavailable/i;

/** Meaning of one line; undefined for all the lines that mean nothing here. */
export function readDecoderLine(line: string): DecoderMessage | undefined {
  if (line.startsWith("[showinfo@")) return readPictureLine(line);
  if (line.startsWith("[tcp @") && line.includes("Successfully connected")) return { kind: "connected" };
  if (line.startsWith("[rtsp @") && line.endsWith("SDP:")) return { kind: "described" };
  // Levels below warning are news of the filters; only complaints can be faults.
  if (!/\[(?:warning|error|fatal|panic)\]/.test(line)) return undefined;
  for (const [pattern, fault, what] of failures) {
    if (pattern.test(line)) return { kind: "failed", fault, what };
  }
  return damage.test(line) ? { kind: "damaged" } : undefined;
}

function readPictureLine(line: string): DecoderMessage | undefined {
  if (!/ n: *\d+ /.test(line)) return undefined; // configuration and side data
  const seconds = / pts_time:(-?[\d.]+(?:e[+-]?\d+)?) /.exec(line)?.[1];
  const time = seconds === undefined ? Number.NaN : Number(seconds) * 1000;
  return { kind: "taken", time: Number.isFinite(time) ? time : undefined };
}

/** Cuts a byte stream into lines. A line longer than `longest` is cut there and its rest dropped. */
export class LineCutter {
  readonly #longest: number;
  #pending = "";

  constructor(longest = 2_000) {
    this.#longest = longest;
  }

  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    // Latin-1: every byte is one character, so a character cut in two chunks cannot confuse anything.
    const parts = chunk.toString("latin1").split("\n");
    for (const [index, part] of parts.entries()) {
      if (index > 0) {
        lines.push(this.#pending);
        this.#pending = "";
      }
      const room = this.#longest - this.#pending.length;
      if (room > 0) this.#pending += part.slice(0, room);
    }
    return lines;
  }
}
