import type { WallTime } from "../domain/time.ts";
import { StorageFault } from "./journal.ts";

export type EvidenceMedia = "image/jpeg" | "video/mp4";

/** Pictures and clips kept as evidence: content-addressed by the SHA-256 of their bytes, encrypted at rest. */
export interface EvidenceStore extends Disposable {
  /**
   * The hexadecimal SHA-256 of `jpeg`, once it is durable; writing the same picture twice is one file. Throws StorageFault.
   * However long the disk takes, the caller's loop does not wait with it.
   */
  put(jpeg: Uint8Array): Promise<string>;
  /** A picture or a small clip, whole. Undefined where there is none; throws StorageFault where it was altered. */
  get(hash: string): Uint8Array | undefined;
  /** For what is too large to be written at once. Throws StorageFault. */
  receive(announced: AnnouncedEvidence): EvidenceReceiver;
  /** Undefined where there is none; throws EvidenceAltered, or StorageFault where it cannot be read now. */
  open(hash: string): OpenedEvidence | undefined;
  /** Oldest first. */
  list(): readonly StoredEvidence[];
  has(hash: string): boolean;
  /** Those that are not there are no fault. Throws StorageFault. */
  remove(hashes: readonly string[]): void;
  readonly limits: EvidenceLimits;
  /** Where whoever walks through all of it has got to; survives a restart, and may be lost. */
  readonly bookmark: { get(): string | undefined; set(place: string): void };
}

export interface EvidenceLimits {
  readonly mostFiles: number;
  readonly mostBytes: number;
}

export interface StoredEvidence {
  readonly hash: string;
  /** As it lies on the disk. */
  readonly bytes: number;
  readonly keptAt: WallTime;
}

export interface AnnouncedEvidence {
  readonly hash: string;
  readonly size: number;
  readonly media: EvidenceMedia;
}

/** Disposed of before `finish`, nothing of it stays. */
export interface EvidenceReceiver extends AsyncDisposable {
  /** In order. Throws StorageFault. */
  add(piece: Uint8Array): Promise<void>;
  /** Durable from then on. Throws StorageFault, also where it is not what was announced. */
  finish(): Promise<void>;
}

export interface OpenedEvidence {
  readonly media: EvidenceMedia;
  readonly size: number;
  /** Bytes from `from` up to, not including, `until`. Throws EvidenceAltered. */
  read(from: number, until: number): Promise<Uint8Array>;
}

/** What is there under this name is not what was kept: never shown. */
export class EvidenceAltered extends StorageFault {}
