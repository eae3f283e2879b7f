import type { AccessEvent } from "../../domain/access/access.ts";
import type { PassageFacts } from "../../domain/access/event.ts";
import type { AccessPointRef } from "../../domain/names.ts";
import { after, type Instant, type Milliseconds } from "../../domain/time.ts";

interface Refused {
  readonly facts: PassageFacts;
  readonly until: Instant;
}

/**
 * Who was refused last at each access point, for as long as a PIN would have been waited for: somebody who is forced
 * presses the duress PIN before a door that a robber keeps open, or whose contact chatters, as before any other (A5).
 */
export class RefusedPeople {
  readonly #last = new Map<string, Refused>();

  note(event: AccessEvent, pinTimeout: Milliseconds): void {
    if (event.type === "AccessGranted") this.#last.delete(keyOf(event));
    if (event.type !== "AccessDenied") return;
    const { vestibule, accessPoint, passage, card, cardholder } = event;
    const facts = { vestibule, accessPoint, passage, card, cardholder };
    this.#last.set(keyOf(event), { facts, until: after(event.at, pinTimeout) });
  }

  /** Undefined where it was nobody who is known, or too long ago. */
  at(where: AccessPointRef, now: Instant): string | undefined {
    const last = this.#last.get(keyOf(where));
    return last === undefined || last.facts.cardholder === null || last.until <= now
      ? undefined
      : last.facts.passage;
  }

  /** One entry each: no keypad is a place to try PINs at. */
  take(passage: string): PassageFacts | undefined {
    for (const [key, { facts }] of this.#last) {
      if (facts.passage !== passage) continue;
      this.#last.delete(key);
      return facts;
    }
    return undefined;
  }
}

const keyOf = ({ vestibule, accessPoint }: AccessPointRef): string => `${vestibule}/${accessPoint}`;
