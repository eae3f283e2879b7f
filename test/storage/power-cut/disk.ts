import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Operation } from "./recorded-writes.ts";

/** What is left on the disk of what it was told and not told to keep. */
export type Loss = "nothing" | "everything" | "some" | "torn";

type Change = Extract<Operation, { readonly kind: "write" | "truncate" }>;

interface StoredFile {
  /** What is sure to be there. */
  durable: Buffer;
  isThere: boolean;
  /** What may be there or not, in any order, in whole or in part. */
  pending: Change[];
  pendingThere: boolean | undefined;
}

const sector = 512;

/**
 * A disk that was told `operations` one after the other, and may lose power at any time. What was synced is there; of
 * all else any part may be, in any order, down to single sectors: more than real disks do.
 */
export class Disk {
  readonly #files = new Map<string, StoredFile>();

  apply(operation: Operation): void {
    switch (operation.kind) {
      case "said":
        return;
      case "syncFolder":
        for (const file of this.#files.values()) settleName(file);
        return;
      case "create":
        this.#file(operation.file).pendingThere = true;
        return;
      case "unlink":
        this.#file(operation.file).pendingThere = false;
        return;
      case "sync": {
        const file = this.#file(operation.file);
        file.durable = file.pending.reduce(changed, file.durable);
        file.pending = [];
        // As every journalling file system does: who syncs a new file finds it again.
        if (file.pendingThere === true) settleName(file);
        return;
      }
      case "write":
      case "truncate":
        this.#file(operation.file).pending.push(operation);
    }
  }

  /** What a power cut now leaves, written into a folder. */
  cut(folder: string, loss: Loss, random: () => number): void {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [name, { durable, isThere, pending, pendingThere }] of this.#files) {
      const keptName = loss === "nothing" || (loss !== "everything" && random() < 0.5);
      if (!(pendingThere !== undefined && keptName ? pendingThere : isThere)) continue;
      const kept = loss === "everything" ? [] : pending.flatMap((change) => survivors(change, loss, random));
      writeFileSync(join(folder, name), kept.reduce(changed, durable));
    }
  }

  #file(name: string): StoredFile {
    const file = this.#files.get(name) ?? {
      durable: Buffer.alloc(0),
      isThere: false,
      pending: [],
      pendingThere: undefined,
    };
    this.#files.set(name, file);
    return file;
  }
}

function settleName(file: StoredFile): void {
  if (file.pendingThere === undefined) return;
  file.isThere = file.pendingThere;
  file.pendingThere = undefined;
  if (file.isThere) return;
  file.durable = Buffer.alloc(0);
  file.pending = [];
}

function survivors(
  change: Change,
  loss: Exclude<Loss, "everything">,
  random: () => number,
): readonly Change[] {
  if (loss === "nothing") return [change];
  if (loss === "some" || change.kind === "truncate") return random() < 0.5 ? [change] : [];
  const { file, at, bytes } = change;
  const pieces: Change[] = [];
  for (let start = 0; start < bytes.length; start += sector) {
    if (random() < 0.5)
      pieces.push({ kind: "write", file, at: at + start, bytes: bytes.subarray(start, start + sector) });
  }
  return pieces;
}

function changed(content: Buffer, change: Change): Buffer {
  if (change.kind === "truncate") {
    return Buffer.concat([content, Buffer.alloc(Math.max(0, change.length - content.length))]).subarray(
      0,
      change.length,
    );
  }
  const end = change.at + change.bytes.length;
  // A copy: several images are made of one.
  const grown = Buffer.alloc(Math.max(content.length, end));
  content.copy(grown);
  change.bytes.copy(grown, change.at);
  return grown;
}
