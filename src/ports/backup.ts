/** What a backup or a restore cannot go on from, in words for whoever has to put it right. */
export class BackupFault extends Error {
  override readonly name = "BackupFault";
  readonly code: BackupFaultCode;

  constructor(code: BackupFaultCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * `wrongKey`: it opens with another one. `damaged`: cut off or altered. `otherRelease`: made by one that this program
 * does not understand. `notEmpty`: a restore never writes over anything. `refused`: the disk, or a setting. `busy`: another
 * is being made.
 */
export type BackupFaultCode = "wrongKey" | "damaged" | "otherRelease" | "notEmpty" | "refused" | "busy";

/** A record of the journal that a backup ends with. */
export interface BackupPosition {
  /** The oldest record in it; 1 unless older ones were pruned. 0: there is none. */
  readonly first: number;
  readonly last: number;
  /** Hexadecimal SHA-256 of the last record. */
  readonly head: string;
}

/** A finished backup: one file, encrypted. */
export interface BackupMade {
  readonly file: string;
  readonly bytes: number;
  /** Of the encrypted file: who kept the record can tell that the file is the one that was made. */
  readonly sha256: string;
  readonly position: BackupPosition;
  /** Milliseconds it took. */
  readonly took: number;
}

/** A file of the backups' folder, by its name and size only: nothing on the box can open it. */
export interface BackupFile {
  readonly file: string;
  readonly bytes: number;
  readonly madeAt: string;
}

/** Makes backups aside: nothing that decides about doors waits for them. */
export interface BackupMaker {
  /** Rejects with a BackupFault; then nothing stands under the final name. */
  make(): Promise<BackupMade>;
  /** Newest first. Rejects with a BackupFault where the folder cannot be read. */
  list(): Promise<readonly BackupFile[]>;
}
