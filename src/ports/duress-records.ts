import type { JournalRecord } from "./journal.ts";

/**
 * A5: whether a record tells that somebody acted under duress. Whoever may not know that is shown everything but these:
 * a passage under duress has records like any other besides.
 */
export const tellsOfDuress = ({ type, payload }: Pick<JournalRecord, "type" | "payload">): boolean =>
  type.startsWith("Duress") || payload["alarm"] === "Duress";
