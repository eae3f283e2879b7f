import type { AlarmView } from "../api/site.ts";
import {
  heardAgain,
  type SoundState,
  silenced,
  silenceFor,
  soundTurn,
  type Tone,
  unheard,
} from "./sound-policy.ts";
import { Tones } from "./tones.ts";

/** What there is to be said of the sound. */
export interface Sound {
  /** `held`: the browser waits for somebody to touch the page before it lets it sound. */
  readonly is: "on" | "held" | "silenced";
  /** The last that was heard, for as long as what caused it demands attention. */
  readonly tone: Tone | null;
  /** ISO 8601; null where nobody asked for silence. */
  readonly silentUntil: string | null;
}

const touches = ["pointerdown", "keydown"] as const;
/** Opening the machine's sound stops a page for as long as drawing it takes: it is drawn first. */
const drawnFirst = 500;

/** Plays what is due, and knows when to be asked again. */
export class Sounder {
  #tones: Tones | null = null;
  #alarms: readonly AlarmView[] = [];
  #state: SoundState = unheard;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sound: Sound = { is: "held", tone: null, silentUntil: null };
  readonly #closing = new Set<() => void>();
  readonly #listeners = new Set<() => void>();

  readonly sound = (): Sound => this.#sound;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  open(): void {
    const touched = (): void => this.#touch();
    for (const touch of touches) {
      addEventListener(touch, touched);
      this.#closing.add(() => removeEventListener(touch, touched));
    }
    const begin = setTimeout(() => this.#begin(), drawnFirst);
    this.#closing.add(() => clearTimeout(begin));
  }

  #begin(): Tones {
    if (this.#tones !== null) return this.#tones;
    const tones = new Tones();
    this.#tones = tones;
    this.#closing.add(tones.onChange(() => this.#turn()));
    this.#closing.add(() => void tones.close());
    this.#turn();
    return tones;
  }

  #touch(): void {
    const tones = this.#begin();
    if (tones.isHeld) void tones.allow();
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const end of this.#closing) end();
    this.#closing.clear();
    this.#tones = null;
  }

  hear(alarms: readonly AlarmView[]): void {
    this.#alarms = alarms;
    this.#turn();
  }

  readonly allow = (): void => this.#touch();

  /** On, or off again. */
  readonly silence = (): void => {
    const { silence } = this.#state;
    this.#state =
      silence === null ? silenced(this.#state, this.#alarms, performance.now()) : heardAgain(this.#state);
    const until = silence === null ? new Date(Date.now() + silenceFor).toISOString() : null;
    this.#say({ ...this.#sound, silentUntil: until });
    this.#turn();
  };

  #turn(): void {
    clearTimeout(this.#timer);
    if (this.#tones === null) return;
    // What could not be heard is heard once it can.
    if (this.#tones.isHeld) return this.#say({ ...this.#sound, is: "held" });
    const now = performance.now();
    const { state, tone, next } = soundTurn(this.#state, this.#alarms, now);
    this.#state = state;
    if (tone !== null) this.#tones.play(tone);
    const isQuiet = Object.keys(state.heard).length === 0;
    this.#say({
      is: state.silence === null ? "on" : "silenced",
      tone: tone ?? (isQuiet ? null : this.#sound.tone),
      silentUntil: state.silence === null ? null : this.#sound.silentUntil,
    });
    const wake = Math.min(next ?? Number.POSITIVE_INFINITY, state.silence?.until ?? Number.POSITIVE_INFINITY);
    if (Number.isFinite(wake)) this.#timer = setTimeout(() => this.#turn(), Math.max(wake - now, 0));
  }

  #say(sound: Sound): void {
    const { is, tone, silentUntil } = this.#sound;
    if (sound.is === is && sound.tone === tone && sound.silentUntil === silentUntil) return;
    this.#sound = sound;
    for (const listener of this.#listeners) listener();
  }
}
