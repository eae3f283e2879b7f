import { type Instant, type Milliseconds, since } from "../../domain/time.ts";
import type { ReaderStatus } from "../../ports/card-reader.ts";

const hour: Milliseconds = 3_600_000;
/** A reader, or whoever speaks for it, can make up new conditions for ever; the journal takes so many of one an hour. */
const mostInAnHour = 12;

/**
 * Which conditions of a reader are put on record: installation modes, readers that were replaced, channels that are off,
 * conflicts. Losing it and finding it are records of their own.
 */
export class ReaderConditions {
  readonly #noted = new Map<string, readonly Instant[]>();

  isNews(status: ReaderStatus, before: ReaderStatus | undefined): boolean {
    const { vestibule, accessPoint, state, detail, at } = status;
    if (detail === null || detail === before?.detail) return false;
    if (state === "lost" && before?.state !== "lost") return false;
    const key = `${vestibule}/${accessPoint}`;
    const recent = (this.#noted.get(key) ?? []).filter((then) => since(then, at) < hour);
    if (recent.length >= mostInAnHour) return false;
    this.#noted.set(key, [...recent, at]);
    return true;
  }
}
