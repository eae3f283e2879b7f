import type { AccessEvent } from "../../domain/access/access.ts";
import { type Display, displayAfter } from "../../domain/access/display.ts";
import { challengeActions } from "../../domain/biometric/challenge.ts";
import type { InterlockEvent } from "../../domain/interlock/interlock.ts";
import {
  type AccessPointName,
  type AccessPointRef,
  accessPointNames,
  type DoorName,
  doorNames,
  doorOf,
  leadsInwards,
  type VestibuleId,
} from "../../domain/names.ts";
import { after, type Instant, type Milliseconds, since } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DisplayView } from "../../ports/controller-services.ts";
import type { VestibuleReport } from "../../ports/interlock-link.ts";
import { isFreed, isLockedDown } from "../vestibule-mode.ts";

/** Long enough to read, short enough that the next person is not told about the last one. */
const shownFor: Milliseconds = 4_000;
const shownAtMost: Milliseconds = 30_000;

const asking: ReadonlySet<Display["text"]> = new Set([
  ...challengeActions,
  "enterPin",
  "nextPerson",
  "waitForHost",
  "waitForStaff",
] as const);
const isAsking = (text: Display["text"]): boolean => asking.has(text);

interface Shown {
  readonly display: Display;
  readonly until: Instant;
  /** Who is welcomed, where one person alone is. */
  readonly welcomed: string | null;
  /** A8: of a release that was taken back; that nobody went through then is no news. */
  readonly withdrawn: string | null;
}

/** Those who are verified and wait for others. */
interface Waiting {
  readonly display: Display;
  readonly until: Instant;
  readonly passages: readonly string[];
}

/** What each access point's display shows. */
export class Displays {
  readonly #clock: Clock;
  readonly #shown = new Map<string, Shown>();
  /** A1: whom those who are verified wait for, whatever is said to somebody else meanwhile. */
  readonly #waitedFor = new Map<string, Waiting>();
  /** Doors whoever comes by should close. */
  readonly #heldOpen = new Set<string>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  onAccess(event: AccessEvent): void {
    const display = displayAfter(event);
    if (display === undefined || !("accessPoint" in event)) return;
    this.#followParty(event, display);
    const key = `${event.vestibule}/${event.accessPoint}`;
    if (event.type === "AccessNotTaken" && this.#shown.get(key)?.withdrawn === event.lead) return;
    this.#shown.set(key, {
      display,
      until: after(this.#clock.now(), this.#lengthOf(event, display)),
      welcomed: event.type === "AccessGranted" && event.people === 1 ? event.cardholder : null,
      withdrawn: event.type === "AccessWithdrawn" ? event.lead : null,
    });
  }

  onInterlock(vestibule: VestibuleId, event: InterlockEvent): void {
    if (event.type === "DoorHeldOpenWarning") this.#askToClose(vestibule, event.door);
    if (event.type === "DoorClosed") this.#heldOpen.delete(`${vestibule}/${event.door}`);
  }

  /** Whether a door is still open nobody can say any more. */
  onInterlockLost(): void {
    this.#heldOpen.clear();
  }

  /**
   * A door that a fire or operators hold released says so before anything else: whoever is inside must not wait, and
   * nobody is invited towards what others leave, by that door or the one behind it.
   */
  view(
    vestibule: VestibuleId,
    accessPoint: AccessPointName,
    report: VestibuleReport | undefined,
  ): DisplayView {
    if (leadsInwards(accessPoint)) {
      if (doorNames.some((door) => isFreed(report, door)))
        return { text: "keepClear", hint: null, until: null };
    } else if (isFreed(report, doorOf(accessPoint))) return { text: "doorOpen", hint: null, until: null };
    if (isLockedDown(report?.condition)) return { text: "closed", hint: null, until: null };
    const now = this.#clock.now();
    const key = `${vestibule}/${accessPoint}`;
    const shown = [this.#shown.get(key), this.#waitedFor.get(key)].find(
      (one) => one !== undefined && one.until > now,
    );
    if (shown !== undefined) return { ...shown.display, until: shown.until };
    const text = this.#heldOpen.has(`${vestibule}/${doorOf(accessPoint)}`) ? "closeDoor" : "ready";
    return { text, hint: null, until: null };
  }

  /** Who is welcomed there now; null where nobody is, or several pass together. */
  welcomed({ vestibule, accessPoint }: AccessPointRef): string | null {
    const shown = this.#shown.get(`${vestibule}/${accessPoint}`);
    return shown !== undefined && shown.until > this.#clock.now() ? shown.welcomed : null;
  }

  /** When something shown goes away by itself. */
  nextChange(): Instant | undefined {
    const now = this.#clock.now();
    const pending = [...this.#shown.values(), ...this.#waitedFor.values()]
      .map(({ until }) => until)
      .filter((until) => until > now);
    return pending.length === 0 ? undefined : pending.reduce((a, b) => (b < a ? b : a));
  }

  /** Somebody who is refused beside them does not end the waiting: the next person is asked for again. */
  #followParty(event: AccessEvent & AccessPointRef, display: Display): void {
    const key = `${event.vestibule}/${event.accessPoint}`;
    const waiting = this.#waitedFor.get(key);
    if (event.type === "PersonVerified") {
      const passages = [...(waiting?.passages ?? []), event.passage];
      this.#waitedFor.set(key, { display, until: event.until, passages });
    }
    const ended = event.type === "AccessDenied" && event.reason === "multiPersonIncomplete";
    if (event.type === "AccessGranted" || ended) this.#waitedFor.delete(key);
    else if (event.type === "AccessDenied" && waiting?.passages.includes(event.passage) === true)
      this.#leave(key, waiting, event.passage);
  }

  /** A8: one who waited may not pass any more; whoever is left is one fewer. */
  #leave(key: string, waiting: Waiting, passage: string): void {
    const passages = waiting.passages.filter((one) => one !== passage);
    if (passages.length === 0) return void this.#waitedFor.delete(key);
    const { progress } = waiting.display;
    const display =
      progress === undefined
        ? waiting.display
        : { ...waiting.display, progress: { ...progress, step: Math.min(progress.step, passages.length) } };
    this.#waitedFor.set(key, { ...waiting, display, passages });
  }

  /** R6: the local warning, on both sides of the door, until it is closed. */
  #askToClose(vestibule: VestibuleId, door: DoorName): void {
    this.#heldOpen.add(`${vestibule}/${door}`);
    for (const accessPoint of accessPointNames)
      if (doorOf(accessPoint) === door) this.#shown.delete(`${vestibule}/${accessPoint}`);
  }

  #lengthOf(event: AccessEvent, { text }: Display): Milliseconds {
    // What somebody is asked for is said for as long as it is waited for.
    if ("until" in event && isAsking(text)) return since(this.#clock.now(), event.until);
    // A release ends with a record of its own; the rest is read and gone.
    return text === "welcome" || text === "look" ? shownAtMost : shownFor;
  }
}
