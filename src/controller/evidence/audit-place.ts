/** Where a round of looking at all evidence has got to. */
export interface AuditPlace {
  readonly phase: "files" | "journal" | "over";
  /** The last hash, or sequence number, that was looked at. */
  readonly at: string;
  readonly files: number;
  readonly found: number;
  /** False in the first round of a site that was there before: what had been deleted until then has no record. */
  readonly isStrict: boolean;
}

export const newRound = (isStrict: boolean): AuditPlace => ({
  phase: "files",
  at: "",
  files: 0,
  found: 0,
  isStrict,
});

export const writtenPlace = (place: AuditPlace): string => JSON.stringify(place);

/** Undefined for anything that is no place: then the round begins anew. */
export function readPlace(text: string | undefined): AuditPlace | undefined {
  try {
    const { phase, at, files, found, isStrict } = JSON.parse(text ?? "null") as Partial<AuditPlace>; // looked at below
    if (phase !== "files" && phase !== "journal" && phase !== "over") return undefined;
    if (typeof at !== "string" || !/^[0-9a-f]{0,64}$/.test(at) || typeof isStrict !== "boolean")
      return undefined;
    if (!Number.isSafeInteger(files) || !Number.isSafeInteger(found)) return undefined;
    return { phase, at, files: files ?? 0, found: found ?? 0, isStrict };
  } catch {
    return undefined;
  }
}
