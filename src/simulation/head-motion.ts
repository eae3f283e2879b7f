import type { ChallengeAction } from "../domain/biometric/challenge.ts";
import type { Milliseconds } from "../domain/time.ts";
import { smoothStep } from "./face-relief.ts";
import type { Expression } from "./living-picture.ts";
import { SeededRandom } from "./seeded-random.ts";

const degrees = Math.PI / 180;

/** A swaying with its own beat: two waves whose periods have no common multiple within hours. */
interface Sway {
  readonly size: number;
  readonly period: Milliseconds;
  readonly phase: number;
  readonly otherPhase: number;
}

/** How long a lid takes to shut, stays shut, and takes to open. */
const blink = { shut: 60, closed: 220, open: 120 } as const;
const blinkLength: Milliseconds = blink.shut + blink.closed + blink.open;
/** Between two blinks; people blink 15 to 20 times a minute. */
const betweenBlinks = { least: 1_600, most: 3_600 } as const;

/** How far somebody goes who is asked to, and how long that takes there, stays, and takes back. */
const performed = { turn: 42 * degrees, there: 450, stays: 600, back: 450 } as const;
const performance: Milliseconds = performed.there + performed.stays + performed.back;

interface Performance {
  readonly action: ChallengeAction;
  readonly start: Milliseconds;
}

/** How one person's head moves while they stand before a camera: never still, never twice the same for a long while. */
export class HeadMotion {
  readonly #random: SeededRandom;
  readonly #sways: Readonly<Record<"yaw" | "pitch" | "roll" | "right" | "down" | "scale" | "breath", Sway>>;
  #nextBlink: Milliseconds;
  #performances: readonly Performance[] = [];

  /** The same seed moves the same way. */
  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
    const sway = (size: number, period: Milliseconds): Sway => ({
      size,
      period: period * (1 + this.#random.between(-150, 150) / 1_000),
      phase: this.#random.between(0, 6_283) / 1_000,
      otherPhase: this.#random.between(0, 6_283) / 1_000,
    });
    this.#sways = {
      yaw: sway(5 * degrees, 5_300),
      pitch: sway(2.5 * degrees, 6_700),
      roll: sway(1 * degrees, 7_900),
      right: sway(0.06, 4_700),
      down: sway(0.03, 5_900),
      scale: sway(0.012, 8_300),
      breath: sway(0.02, 3_700),
    };
    this.#nextBlink = this.#random.between(600, 2_000);
  }

  /** The person does what they are asked, beginning at `at`, and then goes on standing there. */
  perform(action: ChallengeAction, at: Milliseconds): void {
    this.#performances = [...this.#performances, { action, start: at }].slice(-4);
  }

  /** At so many milliseconds; never earlier than asked for before. */
  at(time: Milliseconds): Expression {
    const { yaw, pitch, roll, right, down, scale, breath } = this.#sways;
    this.#performances = this.#performances.filter(({ start }) => time < start + performance);
    const asked = this.#performances.find(({ start }) => time >= start);
    const share = asked === undefined ? 0 : performedShare(time - asked.start);
    // Whoever does something on purpose holds their head still meanwhile, and does not blink.
    const idle = 1 - share;
    const turn = asked?.action === "turnLeft" ? 1 : asked?.action === "turnRight" ? -1 : 0;
    return {
      yaw: at(yaw, time) * idle + turn * share * performed.turn,
      pitch: at(pitch, time) * idle,
      roll: at(roll, time),
      right: at(right, time),
      down: at(down, time),
      scale: 1 + at(scale, time),
      breath: at(breath, time),
      lids: asked?.action === "blink" ? share : this.#lids(time) * (asked === undefined ? 1 : 0),
      mouth: asked?.action === "openMouth" ? share : 0,
    };
  }

  #lids(time: Milliseconds): number {
    while (time >= this.#nextBlink + blinkLength) {
      this.#nextBlink += blinkLength + this.#random.between(betweenBlinks.least, betweenBlinks.most);
    }
    const since = time - this.#nextBlink;
    if (since < 0) return 0;
    return smoothStep(since, 0, blink.shut) * (1 - smoothStep(since, blink.shut + blink.closed, blinkLength));
  }
}

function at({ size, period, phase, otherPhase }: Sway, time: Milliseconds): number {
  const beat = (2 * Math.PI * time) / period;
  return size * (0.65 * Math.sin(beat + phase) + 0.35 * Math.sin(2.414 * beat + otherPhase));
}

function performedShare(time: Milliseconds): number {
  return (
    smoothStep(time, 0, performed.there) *
    (1 - smoothStep(time, performed.there + performed.stays, performance))
  );
}
