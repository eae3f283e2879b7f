import { areEqual } from "./bytes.ts";
import { type Checkpoint, checkSignature, parseCheckpoint, type VerifyEd25519 } from "./checkpoint.ts";
import { CompactRange } from "./compact-range.ts";
import { type KeyChange, trustedKeys } from "./key-trust.ts";
import type { Hash, Sha256 } from "./merkle.ts";
import { NoteFault, type NoteKey, parseNote, parseSignatures, type SignedNote } from "./signed-note.ts";

export interface AuditOptions {
  readonly sha256: Sha256;
  readonly verify: VerifyEd25519;
  /** The journal's, as the auditor knows them from elsewhere. None: signatures cannot be judged. */
  readonly keys: readonly NoteKey[];
  readonly witnesses: readonly NoteKey[];
  /** A checkpoint that was kept elsewhere: the journal must contain it. */
  readonly kept?: string | undefined;
}

export interface AuditFault {
  /** The first record that is not what was signed. */
  readonly seq: number;
  readonly fault: "gap" | "tree" | "signature";
  readonly detail: string;
}

/** What can be said for the journal beyond its agreeing with itself. */
export interface AuditFinding {
  /** The newest checkpoint with a good signature: how many records it is over. */
  readonly signed: number;
  /** The newest that a witness signed, and when it did. */
  readonly witnessed: { readonly size: number; readonly posixSeconds: number } | undefined;
  readonly kept: "contained" | "beforeWhatIsKept" | undefined;
}

interface FoundCheckpoint {
  readonly size: number;
  readonly note: SignedNote;
  readonly cosignatures: string | null;
}

/**
 * Builds the tree anew, leaf after leaf, and holds it against every checkpoint on the way. Keys are judged at the end,
 * when every change of them has been read. Needs as much memory as there are checkpoints.
 */
export class TreeAudit {
  readonly #options: AuditOptions;
  readonly #range: CompactRange;
  readonly #base: number;
  readonly #found: FoundCheckpoint[] = [];
  readonly #changes: KeyChange[] = [];
  readonly #kept: { readonly note: SignedNote; readonly checkpoint: Checkpoint } | undefined;
  #keptRoot: Hash | undefined;
  #agreed: number;
  #origin: string | undefined;

  /** Begins behind what was pruned. Throws NoteFault where the checkpoint that was kept elsewhere is none. */
  constructor(options: AuditOptions, base: { readonly size: number; readonly peaks: readonly Hash[] }) {
    this.#options = options;
    this.#range = new CompactRange(options.sha256, base.size, base.peaks);
    this.#base = base.size;
    this.#agreed = base.size;
    if (options.kept === undefined) return;
    const note = parseNote(options.kept);
    this.#kept = { note, checkpoint: parseCheckpoint(note.text) };
    this.#rememberKept();
  }

  get size(): number {
    return this.#range.size;
  }

  add(leaf: Hash): void {
    this.#range.append(leaf);
    this.#rememberKept();
  }

  keyChanged(change: KeyChange): void {
    this.#changes.push(change);
  }

  /** Of the tree as it is now; one of an earlier size only where records of that time are gone. */
  checkpoint(size: number, text: string, cosignatures: string | null): AuditFault | undefined {
    try {
      const note = parseNote(text);
      const { origin, root, ...said } = parseCheckpoint(note.text);
      if (said.size !== size)
        return this.#fault("signature", `a checkpoint of ${said.size} stands for one of ${size}`);
      this.#origin ??= origin;
      if (origin !== this.#origin)
        return this.#fault("signature", `a checkpoint of another journal, ${origin}`);
      if (size === this.size && !areEqual(root, this.#range.root()))
        return this.#fault("tree", `records ${this.#agreed + 1} to ${size} are not those that were signed`);
      this.#found.push({ size, note, cosignatures });
      if (size === this.size) this.#agreed = size;
      return undefined;
    } catch (error) {
      if (!(error instanceof NoteFault)) throw error;
      return { seq: size, fault: "signature", detail: `the checkpoint of ${size} records: ${error.message}` };
    }
  }

  finish(): AuditFault | AuditFinding {
    const keys = trustedKeys(this.#options, this.#changes, this.#found);
    let witnessed: AuditFinding["witnessed"];
    for (const found of this.#found) {
      const fault = this.#options.keys.length > 0 ? this.#unsigned(found, keys) : undefined;
      if (fault !== undefined) return fault;
      const cosigned = this.#cosigned(found);
      if (cosigned !== undefined && "fault" in cosigned) return cosigned;
      witnessed = cosigned ?? witnessed;
    }
    const kept = this.#judgeKept(keys);
    if (kept !== undefined && typeof kept !== "string") return kept;
    const signed = this.#options.keys.length > 0 ? (this.#found.at(-1)?.size ?? 0) : 0;
    return { signed, witnessed, kept };
  }

  #unsigned({ size, note }: FoundCheckpoint, keys: readonly NoteKey[]): AuditFault | undefined {
    const findings = note.signatures.map((one) => checkSignature(this.#options.verify, note, one, keys).is);
    if (findings.length > 0 && findings.every((is) => is === "good")) return undefined;
    const why = findings.includes("bad")
      ? "its signature is wrong"
      : "it is signed by a key that is neither given nor announced";
    return { seq: size, fault: "signature", detail: `the checkpoint of ${size} records: ${why}` };
  }

  #cosigned({ size, note, cosignatures }: FoundCheckpoint): AuditFault | AuditFinding["witnessed"] {
    if (cosignatures === null) return undefined;
    const { verify, witnesses } = this.#options;
    const wrong = (why: string): AuditFault => ({
      seq: size,
      fault: "signature",
      detail: `the witness's signature on ${size} records: ${why}`,
    });
    try {
      let witnessed: AuditFinding["witnessed"];
      for (const line of parseSignatures(cosignatures)) {
        const finding = checkSignature(verify, note, line, witnesses);
        if (finding.is === "bad") return wrong("it is wrong");
        if (finding.is === "unknown" && witnesses.length > 0) return wrong("it is by another witness");
        if (finding.is === "good" && finding.posixSeconds !== undefined)
          witnessed = { size, posixSeconds: finding.posixSeconds };
      }
      return witnessed;
    } catch (error) {
      if (!(error instanceof NoteFault)) throw error;
      return wrong(error.message);
    }
  }

  #judgeKept(keys: readonly NoteKey[]): AuditFault | AuditFinding["kept"] {
    if (this.#kept === undefined) return undefined;
    const { note, checkpoint } = this.#kept;
    const { size, origin, root } = checkpoint;
    const isOurs = note.signatures.some(
      (one) => checkSignature(this.#options.verify, note, one, keys).is === "good",
    );
    if (!isOurs || (this.#origin ?? origin) !== origin)
      return {
        seq: 0,
        fault: "signature",
        detail: "the checkpoint kept elsewhere is not this journal's, or of a key that came after its end",
      };
    if (size > this.size) {
      const detail = `it ends with record ${this.size}, but ${size} were signed: cut off, or put back to an older state`;
      return { seq: this.size + 1, fault: "gap", detail };
    }
    if (size < this.#base) return "beforeWhatIsKept";
    if (this.#keptRoot !== undefined && areEqual(root, this.#keptRoot)) return "contained";
    const detail = `records up to ${size} are others than those of the checkpoint kept elsewhere: a fork`;
    return { seq: size, fault: "tree", detail };
  }

  #fault(fault: AuditFault["fault"], detail: string): AuditFault {
    return { seq: this.#agreed + 1, fault, detail };
  }

  #rememberKept(): void {
    if (this.#kept?.checkpoint.size === this.size) this.#keptRoot = this.#range.root();
  }
}
