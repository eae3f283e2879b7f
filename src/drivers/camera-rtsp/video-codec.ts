import type { StreamUnit } from "./stream-units.ts";

/** The kinds of video whose units can be handed over undecoded, and what Matroska calls them. */
const matroskaNames: Readonly<Record<string, string>> = {
  h264: "V_MPEG4/ISO/AVC",
  hevc: "V_MPEGH/ISO/HEVC",
  mjpeg: "V_MJPEG",
  mpeg4: "V_MPEG4/ISO/ASP",
};

/** FFmpeg's name of a codec to Matroska's; undefined for one that no camera of this kind should send. */
export const matroskaName = (codec: string): string | undefined => matroskaNames[codec];

/**
 * Whether a decoder that skipped everything since the last such unit can go on here. FFmpeg's flag alone is not enough:
 * it also marks pictures from which a decoder merely recovers, and open groups, whose next pictures need earlier ones.
 * `hasLeading`: this stream was seen to send such pictures.
 */
export function isEntrance(codec: string, { bytes, isKey }: StreamUnit, hasLeading: boolean): boolean {
  if (!isKey) return false;
  if (codec === "h264") return holdsNal(bytes, (header) => (header & 0x1f) === 5);
  if (codec !== "hevc") return true;
  const last = hasLeading ? idrWithoutLeading : openGroup;
  return holdsNal(bytes, (header) => hevcType(header) >= 16 && hevcType(header) <= last);
}

/** Whether the unit's picture is shown before the key picture it follows, and may need what came before that. */
export function isLeading(codec: string, { bytes }: StreamUnit): boolean {
  return codec === "hevc" && holdsNal(bytes, (header) => hevcType(header) >= 6 && hevcType(header) <= 9);
}

/** Types 16 to 20 of H.265 begin a group that stands for itself, 21 (CRA) one that may reach back. */
const idrWithoutLeading = 20;
const openGroup = 21;
const hevcType = (header: number): number => (header >> 1) & 0x3f;

function holdsNal(bytes: Uint8Array, isWanted: (header: number) => boolean): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = view.indexOf(startCode); at >= 0; at = view.indexOf(startCode, at + 3)) {
    if (isWanted(view[at + 3] ?? 0)) return true;
  }
  return false;
}

const startCode = Buffer.from([0, 0, 1]);
