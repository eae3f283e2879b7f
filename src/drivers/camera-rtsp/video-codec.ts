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
 */
export function isEntrance({ codec }: { readonly codec: string }, { bytes, isKey }: StreamUnit): boolean {
  if (!isKey) return false;
  if (codec === "h264") return holdsNal(bytes, (header) => (header & 0x1f) === 5);
  // IDR and BLA pictures, not CRA.
  if (codec === "hevc")
    return holdsNal(bytes, (header) => ((header >> 1) & 0x3f) >= 16 && ((header >> 1) & 0x3f) <= 20);
  return true;
}

function holdsNal(bytes: Uint8Array, isWanted: (header: number) => boolean): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = view.indexOf(startCode); at >= 0; at = view.indexOf(startCode, at + 3)) {
    if (isWanted(view[at + 3] ?? 0)) return true;
  }
  return false;
}

const startCode = Buffer.from([0, 0, 1]);
