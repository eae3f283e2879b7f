import { randomBytes } from "node:crypto";
import type { AccessPointRef } from "../../domain/names.ts";
import type { Instant } from "../../domain/time.ts";
import type { ReaderSignal } from "../../ports/card-reader.ts";
import type { ReaderReports } from "../../ports/reader-reports.ts";
import type { BusMember } from "./bus.ts";
import { markOf, ReaderKeyFault, ReaderKeys } from "./installation.ts";
import {
  type Disturbance,
  disturbed,
  hasConflict,
  hasPlaintext,
  undisturbed,
  wantsChecksums,
} from "./line-watch.ts";
import type { OsdpSurroundings, OsdpWiring } from "./osdp-card-reader.ts";
import type { Identity } from "./replies.ts";
import { randomLength } from "./secure-channel.ts";
import { ordered, type Turn } from "./session.ts";
import {
  begunAgain,
  type SessionEvent,
  type SessionSettings,
  type SessionState,
  sessionAt,
  sessionDefaults,
} from "./session-state.ts";
import { ordersFor } from "./signals.ts";
import { lossText, onlyChecksums, replacedText } from "./words.ts";

/** The bits of a card, the first first, to what it is called; undefined where no format fits. */
export type DecodeCard = (bits: string) => { readonly number: string; readonly format: string } | undefined;

const mostKeysAtOnce = 16;

/** Everything about one reader that is not on the line: its keys, its health, and who is told what. */
export class ReaderDesk implements BusMember {
  readonly where: AccessPointRef;
  readonly settings: SessionSettings;
  state: SessionState;
  readonly #wiring: OsdpWiring;
  readonly #reports: ReaderReports;
  readonly #around: OsdpSurroundings;
  readonly #keys: ReaderKeys;
  #watch = undisturbed;
  #online = false;
  #lineGone = false;
  #identity: Identity | undefined;
  /** The first reader seen here, as it is marked in the key file. */
  #expected: string | undefined;
  #loss: string | undefined;
  #keyFault: string | undefined;
  #tampered: boolean | undefined;
  #readerTampered: boolean | undefined;
  #powerFault: boolean | undefined;
  #signal: ReaderSignal | undefined;

  constructor(wiring: OsdpWiring, reports: ReaderReports, around: OsdpSurroundings) {
    this.where = wiring.where;
    this.#wiring = wiring;
    this.#reports = reports;
    this.#around = around;
    this.#keys = new ReaderKeys(wiring.keyFile, around.clock);
    this.settings = {
      ...sessionDefaults,
      address: wiring.address,
      check: wiring.check,
      secureChannel: wiring.withoutSecureChannel === undefined ? "required" : "off",
    };
    this.state = sessionAt(around.clock.now());
  }

  /** Whether the reader is to be told now. The same signal again is not. */
  signal(signal: ReaderSignal): boolean {
    if (this.#signal === signal) return false;
    this.#signal = signal;
    if (!this.#online) return false;
    this.#order();
    return true;
  }

  turnAt(at: Instant): Turn {
    const random = randomBytes(randomLength);
    if (this.#online) this.#tell(at); // what was only held for a while is over
    return { at, random, ...this.#keysNow() };
  }

  onLine(present: boolean, reason: string): void {
    const at = this.#around.clock.now();
    this.state = begunAgain(this.state, at);
    this.#online = false;
    // The first reason says more than those of the attempts after it.
    const told = this.#lineGone;
    this.#lineGone = !present;
    if (present || told) return;
    this.#loss = `line ${this.#wiring.device}: ${reason}; see whether it is plugged in, and whether this user may open it`;
    this.#tell(at);
  }

  onDisturbance(what: Disturbance, at: Instant): void {
    this.#watch = disturbed(this.#watch, what, at);
    this.#around.onDisturbance?.(this.where, what);
    this.#tell(at);
  }

  onEvents(events: readonly SessionEvent[], at: Instant): void {
    for (const event of events) this.#onEvent(event, at);
  }

  #onEvent(event: SessionEvent, at: Instant): void {
    switch (event.type) {
      case "wentOnline":
        this.#online = true;
        this.#loss = undefined;
        this.#order();
        return this.#tell(at);
      case "wentLost":
        this.#online = false;
        this.#loss =
          event.loss.why === "silent" && this.#identity === undefined && wantsChecksums(this.#watch)
            ? onlyChecksums
            : lossText(event.loss);
        return this.#tell(at);
      case "channelDown":
        return;
      case "identified":
        return this.#onIdentified(event.identity, event.proven, at);
      case "channelUp":
        this.#onChannel(event.kind);
        if (event.kind !== "default") return;
        // Told, so that it is on record, however quickly it is over.
        this.#loss = "it is being given a key of its own";
        return this.#tell(at);
      case "keyRefused":
        return this.#keys.onRefused();
      case "keySent":
        return;
      case "card":
        return this.#onCard(event, at);
      case "formattedCard":
        this.#reports.card({ ...this.where, number: event.characters, format: "characters", at });
        return;
      case "keys":
        for (let from = 0; from < event.keys.length; from += mostKeysAtOnce)
          this.#reports.keys({ ...this.where, keys: event.keys.slice(from, from + mostKeysAtOnce), at });
        return;
      case "localStatus":
        this.#tampered = event.tampered;
        this.#powerFault = event.powerFault;
        return this.#tellOnline(at);
      case "readerTampered":
        this.#readerTampered = event.tampered;
        return this.#tellOnline(at);
      case "commandRefused":
        return; // not everything has to be there
      case "dropped":
        return this.onDisturbance(event.drop, at);
    }
  }

  #onCard({ bits, data }: Extract<SessionEvent, { type: "card" }>, at: Instant): void {
    const all = Array.from(data, (byte) => byte.toString(2).padStart(8, "0"))
      .join("")
      .slice(0, bits);
    const digits = BigInt(`0b${all}`)
      .toString(16)
      .toUpperCase()
      .padStart(Math.ceil(bits / 4), "0");
    // The channel, or CRC, saw to it that these are the card's bits: with another parity it is another kind of card.
    const card = this.#wiring.decodeCard(all) ?? { number: digits, format: `raw${bits}` };
    this.#reports.card({ ...this.where, ...card, at });
  }

  #onIdentified(identity: Identity, proven: boolean, at: Instant): void {
    const mark = markOf(identity);
    if (this.#identity !== undefined && proven && markOf(this.#identity) !== mark)
      this.onDisturbance("identityChanged", at);
    this.#identity = identity;
    if (this.#expected === undefined && (proven || this.settings.secureChannel === "off"))
      this.#expected = mark;
    this.#tellOnline(at);
  }

  #onChannel(kind: "site" | "pending" | "default"): void {
    this.#withKeyFiles(() => {
      this.#keys.onChannel(kind, this.#identity);
      if (kind === "pending") this.#expected = this.#identity && markOf(this.#identity);
      this.#expected ??= this.#keys.readerOfKey();
    });
  }

  #keysNow(): Pick<Turn, "key" | "newKey"> {
    const none = { key: undefined, newKey: undefined };
    const { name } = this.state.phase;
    if (name !== "toChallenge" && name !== "challenging" && name !== "installing") return none;
    this.#keyFault = undefined;
    return (
      this.#withKeyFiles(() =>
        name === "installing"
          ? {
              key: undefined,
              newKey: this.#keys.windowUntil() === undefined ? undefined : this.#keys.newKey(),
            }
          : { key: this.#keys.candidate(), newKey: undefined },
      ) ?? none
    );
  }

  /** A file that others may read, or a full disk, loses this reader and nothing else. */
  #withKeyFiles<T>(use: () => T): T | undefined {
    try {
      return use();
    } catch (error) {
      if (!(error instanceof ReaderKeyFault) && !(error instanceof Error && "code" in error)) throw error;
      this.#keyFault = error.message;
      return undefined;
    }
  }

  #order(): void {
    if (this.#signal === undefined) return;
    const orders = ordersFor(this.#signal, this.state.capabilities);
    this.state = ordered(this.state, orders, this.#around.clock.now());
  }

  /** What is learned on the way to a reader is told once it is there, or lost. */
  #tellOnline(at: Instant): void {
    if (this.#online) this.#tell(at);
  }

  #tell(at: Instant): void {
    const plaintext = hasPlaintext(this.#watch, at);
    const known = this.#tampered ?? this.#readerTampered;
    const tampered = plaintext || this.#tampered === true || this.#readerTampered === true;
    const state = this.#online ? "online" : "lost";
    // Until the first try has come to something nobody is told anything.
    if (state === "lost" && this.#loss === undefined) return;
    this.#reports.status({
      ...this.where,
      state,
      tampered: tampered || known !== undefined ? tampered : undefined,
      powerFault: this.#powerFault,
      detail: this.#detail(at, plaintext),
      at,
    });
  }

  #detail(at: Instant, plaintext: boolean): string | null {
    const until = this.#online ? undefined : this.#withKeyFiles(() => this.#keys.windowUntil());
    const off = this.#wiring.withoutSecureChannel;
    const replaced =
      this.#identity !== undefined &&
      this.#expected !== undefined &&
      markOf(this.#identity) !== this.#expected;
    const said = [
      this.#online ? undefined : (this.#keyFault ?? this.#loss),
      plaintext ? "somebody speaks outside its secure channel: look at the line and the reader" : undefined,
      replaced && this.#identity ? replacedText(this.#expected ?? "", this.#identity) : undefined,
      hasConflict(this.#watch, at)
        ? `two readers seem to have address ${this.#wiring.address}, or the line is disturbed`
        : undefined,
      until === undefined ? undefined : `a new reader is taken until ${new Date(until).toISOString()}`,
      off === undefined ? undefined : `without a secure channel: ${off}`,
    ].filter((part) => part !== undefined);
    return said.length === 0 ? null : said.join("; ");
  }
}
