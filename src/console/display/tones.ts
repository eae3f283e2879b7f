import type { Tone } from "./shown.ts";

/** One note: when it begins, how long and how high. Seconds and hertz. */
type Note = readonly [from: number, length: number, pitch: number];

/** Rising is yes, falling is no, level is wait: known after a day without looking, and apart for whoever hears high notes badly. */
const melodies: Readonly<Record<Tone, readonly Note[]>> = {
  look: [[0, 0.12, 740]],
  next: [
    [0, 0.1, 660],
    [0.16, 0.1, 660],
  ],
  granted: [
    [0, 0.14, 523],
    [0.15, 0.14, 659],
    [0.3, 0.28, 784],
  ],
  refused: [
    [0, 0.22, 392],
    [0.24, 0.36, 262],
  ],
  wait: [[0, 0.5, 330]],
  warning: [0, 0.2, 0.4].map((from): Note => [from, 0.12, 988]),
};

/** Without, loudspeakers click. Seconds. */
const edge = 0.012;

/** Made here of sine and time: a box without internet has no sound files to fetch. */
export class Tones {
  #context: AudioContext | undefined;

  /** `volume`: percent. Where the browser lets no page sound by itself nothing is heard, and nothing waits to be. */
  play(tone: Tone, volume: number): void {
    if (volume <= 0) return;
    const context = (this.#context ??= new AudioContext());
    if (context.state !== "running") {
      void context.resume();
      return;
    }
    // Loudness is heard by its square.
    for (const note of melodies[tone]) sound(context, note, (volume / 100) ** 2 * 0.6);
  }
}

function sound(context: AudioContext, [from, length, pitch]: Note, loudness: number): void {
  const start = context.currentTime + 0.02 + from;
  const oscillator = new OscillatorNode(context, { frequency: pitch, type: "triangle" });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(loudness, start + edge);
  gain.gain.setValueAtTime(loudness, start + length - edge);
  gain.gain.linearRampToValueAtTime(0, start + length);
  oscillator.connect(gain).connect(context.destination);
  oscillator.addEventListener("ended", () => {
    oscillator.disconnect();
    gain.disconnect();
  });
  oscillator.start(start);
  oscillator.stop(start + length);
}
