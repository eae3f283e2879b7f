import type { Tone } from "./sound-policy.ts";

/** One note: when it begins, how long and how high. Seconds and hertz. */
type Note = readonly [from: number, length: number, pitch: number];

/** Each can be told from the others without seeing the page; the more urgent, the higher and the quicker. */
const melodies: Readonly<Record<Tone, readonly Note[]>> = {
  // A siren that rises and falls: like nothing else in the room.
  duress: [0, 0.45, 0.9, 1.35].flatMap((from): Note[] => [
    [from, 0.22, 620],
    [from + 0.22, 0.22, 930],
  ]),
  // Ten quick notes in two groups, as IEC 60601-1-8 has them for what cannot wait.
  critical: [0, 0.18, 0.36, 0.66, 0.84].flatMap((from): Note[] => [
    [from, 0.13, 784],
    [from + 1.2, 0.13, 784],
  ]),
  high: [
    [0, 0.18, 660],
    [0.25, 0.18, 660],
    [0.5, 0.26, 550],
  ],
  lower: [[0, 0.3, 440]],
};

/** How soft a note begins and ends: without, loudspeakers click. Seconds. */
const edge = 0.015;
const loudness = 0.35;

/** Made here, of nothing but sine and time: a box without internet has no sound files to fetch. */
export class Tones {
  readonly #context = new AudioContext();
  #playing = 0;

  /** Whether the browser lets the page sound; it does once somebody has pressed or clicked anything. */
  get isHeld(): boolean {
    return this.#context.state !== "running";
  }

  onChange(listener: () => void): () => void {
    this.#context.addEventListener("statechange", listener);
    return () => this.#context.removeEventListener("statechange", listener);
  }

  async allow(): Promise<void> {
    await this.#context.resume();
  }

  /** One at a time: whatever comes while one sounds is heard the next time. */
  play(tone: Tone): void {
    if (this.isHeld || this.#playing > 0) return;
    for (const note of melodies[tone]) this.#sound(note);
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  #sound([from, length, pitch]: Note): void {
    const start = this.#context.currentTime + from;
    const oscillator = new OscillatorNode(this.#context, { frequency: pitch });
    const gain = new GainNode(this.#context, { gain: 0 });
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(loudness, start + edge);
    gain.gain.setValueAtTime(loudness, start + length - edge);
    gain.gain.linearRampToValueAtTime(0, start + length);
    oscillator.connect(gain).connect(this.#context.destination);
    this.#playing += 1;
    oscillator.addEventListener("ended", () => {
      // A page that is open for a month plays a million notes: none of them stays.
      oscillator.disconnect();
      gain.disconnect();
      this.#playing -= 1;
    });
    oscillator.start(start);
    oscillator.stop(start + length);
  }
}
