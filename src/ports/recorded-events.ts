import type { AccessEvent, FaceFacts } from "../domain/access/access.ts";
import type { InterlockEvent } from "../domain/interlock/interlock.ts";
import type { VestibuleId } from "../domain/names.ts";
import type { JournalEntry, JsonObject } from "./journal.ts";

/** The domain's events as they stand in the journal: flat, plain data, the same names. */

export function interlockEntry(vestibule: VestibuleId, event: InterlockEvent): JournalEntry {
  const { type, at, ...facts } = event;
  if (!("grant" in facts)) return { type, at, payload: { vestibule, ...facts } };
  const { grant, ...rest } = facts;
  return {
    type,
    at,
    payload: {
      ...{ vestibule, ...rest, passage: grant.id, grant: grant.kind, enters: grant.enters },
      // Of a group; one person's record is what it always was.
      ...(grant.people === undefined || grant.people === 1 ? {} : { people: grant.people }),
    },
  };
}

export function accessEntry(event: AccessEvent): JournalEntry {
  const { type, at, ...facts } = event;
  if (!("face" in facts)) return { type, at, payload: facts };
  const { face, ...rest } = facts;
  return {
    type,
    at,
    payload: { ...rest, ...(face === null ? {} : { face: faceFigures(face), evidence: face.evidence }) },
  };
}

function faceFigures({ evidence: _besideIt, liveness, ...figures }: FaceFacts): JsonObject {
  return { ...figures, liveness: liveness === null ? null : livenessFigures(liveness) };
}

function livenessFigures({ cues, seen, ...facts }: NonNullable<FaceFacts["liveness"]>): JsonObject {
  return { ...facts, cues: cues.map((cue) => ({ ...cue })), ...(seen && { seen: { ...seen } }) };
}
