import {
  type AccessEvent,
  type AccessState,
  evolve,
  initialAccessState,
} from "../../domain/access/access.ts";
import { accessPointNames } from "../../domain/names.ts";
import { after, type Instant, type Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Journal, JournalRecord } from "../../ports/journal.ts";

/** No lock-out lasts longer, whatever the rules say. */
const longest: Milliseconds = 3_600_000;
/** Of each kind; more cards than that are not remembered either. */
const mostRead = 1_000;

export type LockOuts = Pick<AccessState, "cards" | "accessPoints">;

/**
 * A6, T25: what was locked when the controller before this one ended, for as long as it has left: who cuts the power
 * does not guess on. By the wall clock, since the other one may have begun anew; put back, it locks for no longer than
 * from the beginning.
 */
export function lockOutsBefore(
  journal: Pick<Journal, "query">,
  clock: Pick<Clock, "now" | "wall">,
  lockoutTime: Milliseconds,
): LockOuts {
  const [now, wall] = [clock.now(), clock.wall()];
  const newest = (type: string) => journal.query({ type, newestFirst: true, limit: mostRead });
  const locked = ["CardLockedOut", "RepeatedDenials"].flatMap(newest);
  const ended = new Map(
    ["CardLockoutEnded", "KeypadLockoutEnded"].flatMap(newest).map((one) => [keyOf(one), one.seq]),
  );
  return locked
    .filter((one) => wall - one.wall < longest && (ended.get(keyOf(one)) ?? 0) < one.seq)
    .toSorted((a, b) => a.seq - b.seq)
    .flatMap((one): readonly AccessEvent[] => {
      const { at, payload } = one;
      const given = typeof payload["until"] === "number" ? payload["until"] - at : 0;
      const left = Math.min(given - (wall - one.wall), given, lockoutTime);
      return left > 0 ? lockOf(one, now, after(now, left)) : [];
    })
    .reduce(evolve, initialAccessState);
}

/** As it stands in the record, locked anew. */
function lockOf({ type, payload }: JournalRecord, at: Instant, until: Instant): readonly AccessEvent[] {
  const { vestibule, accessPoint, card, failures } = payload;
  const place = accessPointNames.find((name) => name === accessPoint);
  if (typeof vestibule !== "string" || place === undefined || typeof failures !== "number") return [];
  const facts = { at, until, failures, vestibule, accessPoint: place };
  if (type === "RepeatedDenials") return [{ type, ...facts }];
  return typeof card === "string" ? [{ type: "CardLockedOut", card, ...facts }] : [];
}

const keyOf = ({ payload: { card, vestibule, accessPoint } }: JournalRecord): string =>
  JSON.stringify(typeof card === "string" ? [card] : [vestibule, accessPoint]);
