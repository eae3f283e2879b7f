import { after, type Instant, instant, type Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { longestFrame, scanFrames } from "./frame.ts";
import type { Disturbance } from "./line-watch.ts";
import type { OpenSerialLine, SerialLine } from "./serial-line.ts";
import { type Turn, takeTurn, timeOut } from "./session.ts";
import { receive } from "./session-replies.ts";
import type { SessionEvent, SessionSettings, SessionState } from "./session-state.ts";

/** A reader on the bus, as the bus sees it. */
export interface BusMember {
  readonly settings: SessionSettings;
  state: SessionState;
  /** Keys and chance for its turn. */
  turnAt(at: Instant): Turn;
  onEvents(events: readonly SessionEvent[], at: Instant): void;
  onDisturbance(what: Disturbance, at: Instant): void;
  onLine(present: boolean, reason: string): void;
}

export interface BusLine {
  readonly device: string;
  readonly baudRate: number;
}

export interface BusSurroundings {
  readonly clock: Clock;
  readonly openLine: OpenSerialLine;
}

/** How long a reader has to begin its reply (IEC 60839-11-5). */
const replyTimeout: Milliseconds = 200;
/** Bytes of one frame follow each other closer than this, adapters' own delays included. */
const byteTimeout: Milliseconds = 50;
/** Between the end of a reply and the next command, so that the reader lets go of the line: two characters or more. */
const leastGap: Milliseconds = 2;
/** A wake that comes so late was held up with everything else: what has come in meanwhile is heard first. */
const heldUp: Milliseconds = 20;
/** How long a reader that is not there may be put off for those that are. */
const longestPutOff: Milliseconds = 200;
const bitsPerByte = 10;
const firstReopen: Milliseconds = 1_000;
const longestReopen: Milliseconds = 10_000;

/** Nobody knows whether it is there: what it was asked last had no answer, and asking takes as long as a reply may. */
const isSought = ({ state: { failures, phase, pending } }: BusMember): boolean =>
  (pending?.attempts ?? 0) > 0 ||
  (failures > 0 && (phase.name === "waiting" || phase.name === "identifying"));

const earliest = (members: readonly BusMember[]): BusMember | undefined =>
  members.reduce<BusMember | undefined>(
    (one, other) => (one === undefined || other.state.dueAt < one.state.dueAt ? other : one),
    undefined,
  );

/** One serial line: gives each reader its turn, brings it what came back, and says when nothing did. */
export class OsdpBus implements AsyncDisposable {
  readonly #where: BusLine;
  readonly #members: readonly BusMember[];
  readonly #around: BusSurroundings;
  #line: SerialLine | undefined;
  #opening: Promise<void> | undefined;
  #wake: Disposable | undefined;
  #speaking:
    | { readonly member: BusMember; until: Instant; readonly latest: Instant; spared: boolean }
    | undefined;
  /** Who was spoken to last: what nobody can read afterwards was most likely said to that. */
  #last: BusMember | undefined;
  #rest: Uint8Array = new Uint8Array(0);
  #freeAt: Instant = instant(0);
  #reopens = 0;
  #disposed = false;

  constructor(where: BusLine, members: readonly BusMember[], around: BusSurroundings) {
    this.#where = where;
    this.#members = members;
    this.#around = around;
  }

  /** Opens the line, and again whenever it is gone. */
  open(): void {
    if (!this.#disposed) this.#opening = this.#open();
  }

  /** A member has something to say sooner than it did. */
  stir(): void {
    if (this.#line !== undefined && this.#speaking === undefined) this.#next();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#wake?.[Symbol.dispose]();
    await this.#opening;
    const line = this.#line;
    this.#line = undefined;
    await line?.close();
  }

  async #open(): Promise<void> {
    const { device, baudRate } = this.#where;
    let gone: string | undefined;
    try {
      const line = await this.#around.openLine(device, baudRate, {
        onBytes: (bytes) => this.#onBytes(bytes),
        onGone: (reason) => {
          gone = reason;
          if (this.#line !== undefined) this.#lose(reason);
        },
      });
      if (this.#disposed) return await line.close();
      if (gone !== undefined) return this.#lose(gone);
      this.#line = line;
      this.#reopens = 0;
      for (const member of this.#members) member.onLine(true, "");
      this.#next();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#lose(error.message);
    }
  }

  #lose(reason: string): void {
    if (this.#disposed) return;
    this.#line = undefined;
    this.#speaking = undefined;
    this.#rest = new Uint8Array(0);
    this.#wake?.[Symbol.dispose]();
    for (const member of this.#members) member.onLine(false, reason);
    const pause = Math.min(firstReopen * 2 ** Math.min(this.#reopens++, 10), longestReopen);
    this.#wake = this.#around.clock.wakeAt(after(this.#around.clock.now(), pause), () => this.open());
  }

  #next(): void {
    this.#wake?.[Symbol.dispose]();
    const member = this.#whoIsNext();
    if (member === undefined || this.#line === undefined) return;
    const at = member.state.dueAt > this.#freeAt ? member.state.dueAt : this.#freeAt;
    this.#wake = this.#around.clock.wakeAt(at, () => this.#speak(member));
  }

  /**
   * Whoever has waited longest beyond its time; but who is there is not kept waiting by several in a row that are not, or
   * nobody would be read for seconds on a bus of which a part is cut off.
   */
  #whoIsNext(): BusMember | undefined {
    const longest = earliest(this.#members);
    if (longest === undefined || !isSought(longest)) return longest;
    const now = this.#around.clock.now();
    const waited =
      this.#last === undefined || !isSought(this.#last) ? longestPutOff : Number.POSITIVE_INFINITY;
    if (now - longest.state.dueAt > waited) return longest;
    const present = earliest(this.#members.filter((member) => !isSought(member)));
    return present !== undefined && present.state.dueAt <= now ? present : longest;
  }

  #speak(member: BusMember): void {
    const now = this.#around.clock.now();
    // What came since the last reply is nobody's answer to what is said now.
    this.#hear(new Uint8Array(0), now, true);
    const { state, events, bytes } = takeTurn(member.state, member.turnAt(now), member.settings);
    member.state = state;
    member.onEvents(events, now);
    if (bytes === undefined) return this.#next();
    this.#last = member;
    this.#line?.write(bytes);
    const spoken = after(now, this.#timeOf(bytes.length));
    const until = after(spoken, replyTimeout);
    this.#speaking = { member, until, latest: after(until, this.#timeOf(longestFrame)), spared: false };
    this.#await(until);
  }

  #await(until: Instant): void {
    this.#wake?.[Symbol.dispose]();
    this.#wake = this.#around.clock.wakeAt(until, () => this.#onSilence());
  }

  #onSilence(): void {
    const now = this.#around.clock.now();
    const speaking = this.#speaking;
    if (speaking !== undefined && !speaking.spared && now - speaking.until > heldUp) {
      speaking.spared = true;
      return this.#await(after(now, heldUp));
    }
    if (this.#hear(new Uint8Array(0), now, true)) return;
    this.#speaking = undefined;
    if (speaking !== undefined) {
      const { member } = speaking;
      const { state, events } = timeOut(member.state, now, member.settings);
      member.state = state;
      member.onEvents(events, now);
    }
    this.#freeAt = after(now, leastGap);
    this.#next();
  }

  #onBytes(bytes: Uint8Array): void {
    if (this.#disposed || this.#line === undefined) return;
    const now = this.#around.clock.now();
    if (this.#hear(bytes, now, false)) return;
    const speaking = this.#speaking;
    if (speaking === undefined) return;
    // A reply has begun: it may take as long as it needs, within what a frame can need.
    const needed = after(now, byteTimeout);
    if (needed > speaking.until) speaking.until = needed < speaking.latest ? needed : speaking.latest;
    this.#await(speaking.until);
  }

  /** Whether the answer was among it. */
  #hear(bytes: Uint8Array, now: Instant, quiet: boolean): boolean {
    const asked = this.#speaking?.member;
    const allowChecksum = this.#members.some(({ settings }) => settings.check === "checksum");
    const { frames, faults, rest } = scanFrames(Buffer.concat([this.#rest, bytes]), { quiet, allowChecksum });
    this.#rest = rest;
    // Noise is thousands of faults a second: each kind counts once for all that came together.
    for (const fault of new Set(faults)) this.#last?.onDisturbance(fault, now);
    let answered = false;
    for (const frame of frames) {
      const member =
        answered || asked === undefined
          ? this.#members.find(({ settings }) => settings.address === frame.address)
          : asked;
      if (member === undefined || (frame.check === "checksum" && member.settings.check === "crc")) {
        this.#last?.onDisturbance(member === undefined ? "otherAddress" : "weakCheck", now);
        continue;
      }
      const step = receive(member.state, frame, now, member.settings);
      member.state = step.state;
      if (step.answered) {
        answered = true;
        this.#speaking = undefined;
      }
      member.onEvents(step.events, now);
    }
    if (!answered) return false;
    this.#freeAt = after(now, Math.max(leastGap, this.#timeOf(2)));
    this.#next();
    return true;
  }

  #timeOf(bytes: number): Milliseconds {
    return (bytes * bitsPerByte * 1000) / this.#where.baudRate;
  }
}
