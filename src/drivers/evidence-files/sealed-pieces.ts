import { type Cipher, SealBroken } from "../../ports/cipher.ts";
import type { AnnouncedEvidence, EvidenceMedia } from "../../ports/evidence-store.ts";

/**
 * The form of a file too large to be sealed in one go: a header, then pieces that are sealed one by one, so that a part
 * of it can be opened without the rest. Each is bound to the hash of the whole, to the whole's size and kind, and to its
 * place: none can be left out, doubled, moved, or come from another file.
 *
 * Header: "VEVD", a byte for the form, one for the kind, two for what sealing adds to a piece, eight for the size.
 */
export const headerLength = 16;
/** Of the plain text. */
export const pieceLength = 64 * 1024;

const magic = Buffer.from("VEVD");
const form = 1;
const kinds: readonly EvidenceMedia[] = ["image/jpeg", "video/mp4"];
/** A clip is at most some ten megabytes; a header that says more is none of ours. */
export const largestWhole = 256 * 1024 * 1024;

export interface PieceHeader {
  readonly size: number;
  readonly media: EvidenceMedia;
  /** Bytes that sealing adds to each piece. */
  readonly added: number;
}

export const isInPieces = (start: Uint8Array): boolean => magic.equals(start.subarray(0, magic.length));

export function writeHeader({ size, media, added }: PieceHeader): Buffer {
  const header = Buffer.alloc(headerLength);
  magic.copy(header);
  header[4] = form;
  header[5] = kinds.indexOf(media);
  header.writeUInt16BE(added, 6);
  header.writeBigUInt64BE(BigInt(size), 8);
  return header;
}

/** Throws SealBroken. What it says is believed only once a piece has opened under it. */
export function readHeader(start: Buffer): PieceHeader {
  const media = kinds[start[5] ?? kinds.length];
  if (start.length < headerLength || !isInPieces(start) || start[4] !== form || media === undefined)
    throw new SealBroken("not a sealed form");
  const size = start.readBigUInt64BE(8);
  if (size > BigInt(largestWhole)) throw new SealBroken("not a sealed form");
  return { size: Number(size), media, added: start.readUInt16BE(6) };
}

export const pieceCount = (size: number): number => Math.ceil(size / pieceLength);

/** Where the sealed piece lies in the file. */
export function placeOfPiece(
  { size, added }: PieceHeader,
  index: number,
): { readonly start: number; readonly length: number } {
  const plain = Math.min(pieceLength, size - index * pieceLength);
  return { start: headerLength + index * (pieceLength + added), length: plain + added };
}

export const fileLength = (header: PieceHeader): number =>
  headerLength + header.size + pieceCount(header.size) * header.added;

type Whole = AnnouncedEvidence;

/** As wide for the first piece as for the last, so that sealing adds the same to each. */
const bindingOf = ({ hash, size, media }: Whole, index: number): readonly string[] => [
  ...["evidence piece", hash, media, String(size)],
  String(index).padStart(6, "0"),
];

export const sealPiece = (cipher: Cipher, whole: Whole, index: number, plain: Uint8Array): Uint8Array =>
  cipher.seal(plain, bindingOf(whole, index));

export const openPiece = (cipher: Cipher, whole: Whole, index: number, sealed: Uint8Array): Uint8Array =>
  cipher.open(sealed, bindingOf(whole, index));

/** What sealing adds. */
export const addedBy = (cipher: Cipher, whole: Whole): number =>
  sealPiece(cipher, whole, 0, new Uint8Array(0)).length;
