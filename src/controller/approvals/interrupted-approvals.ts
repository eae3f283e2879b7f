import type { Journal, JsonObject } from "../../ports/journal.ts";
import { journalRecords } from "../journal-reading.ts";

const ends = ["ApprovalConfirmed", "ApprovalRejected", "ApprovalLapsed", "ApprovalFailed"];

/** What was proposed and never decided, as the journal has it: for the record that it lapsed. */
export function interruptedApprovals(journal: Pick<Journal, "query">): readonly JsonObject[] {
  const open = new Map<unknown, JsonObject>();
  for (const { type, payload } of journalRecords(journal, ["ApprovalRequested", ...ends])) {
    const { approval, operator, before: _before, after: _after, ...facts } = payload;
    if (approval === undefined) continue;
    if (type === "ApprovalRequested")
      open.set(approval, { ...facts, approval, proposedBy: operator ?? null });
    else open.delete(approval);
  }
  return [...open.values()];
}
