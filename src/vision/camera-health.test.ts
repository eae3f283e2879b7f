import { describe, expect, test } from "vitest";
import { instant } from "../domain/time.ts";
import type { CameraHealthEvent } from "../ports/vision-link.ts";
import {
  type CameraHealth,
  observeFrame,
  observeState,
  unknownHealth,
  verificationObstacle,
} from "./camera-health.ts";
import { cameraHealthDefaults as policy } from "./camera-health-policy.ts";
import type { FrameMeasure } from "./frame-measure.ts";

const interval = 200;

/** A deterministic source of noise, from -1 to 1. */
function noiseFrom(seed: number): () => number {
  let bits = seed;
  return () => {
    bits = (Math.imul(bits, 1_664_525) + 1_013_904_223) >>> 0;
    return bits / 2 ** 31 - 1;
  };
}

interface Look {
  readonly noise?: number;
  readonly light?: number;
  readonly contrast?: number;
  readonly sharpness?: number;
  /** Equal numbers are equal pictures. */
  readonly picture?: number;
}

/** One camera over time: shows looks, collects events. */
class Watched {
  health: CameraHealth = unknownHealth;
  now = instant(10_000);
  #pictures = 0;
  readonly events: CameraHealthEvent[] = [];

  measure(look: Look = {}): FrameMeasure {
    const { noise = 0.4, light = 90, contrast = 30, sharpness = 60 } = look;
    const picture = look.picture ?? 1_000_000 + this.#pictures++;
    const random = noiseFrom(picture);
    const blocks = Float32Array.from(
      { length: 240 },
      (_, block) => light + ((block % 3) - 1) * contrast + 1.5 * noise * random(),
    );
    return { at: this.now, blocks, mean: light, deviation: contrast, sharpness, fingerprint: picture };
  }

  see(look: Look = {}, intact = true): readonly CameraHealthEvent[] {
    this.now = instant(this.now + interval);
    const { health, events } = observeFrame(this.health, this.measure(look), intact, policy);
    this.health = health;
    this.events.push(...events);
    return events;
  }

  seeFor(seconds: number, look: Look | ((index: number) => Look) = {}): this {
    for (let index = 0; index < (seconds * 1000) / interval; index++) {
      this.see(typeof look === "function" ? look(index) : look);
    }
    return this;
  }

  get obstacle(): string | undefined {
    return verificationObstacle(this.health, this.now, policy);
  }

  get types(): string[] {
    return this.events.map((event) =>
      event.type === "CameraRestored" ? `${event.type}:${event.from}` : event.type,
    );
  }
}

test("a living camera raises nothing and may verify", () => {
  const camera = new Watched().seeFor(600);
  expect(camera.events).toEqual([]);
  expect(camera.obstacle).toBeUndefined();
});

describe("T17 stale by age and repetition", () => {
  test("without any picture, nobody is verified", () => {
    expect(verificationObstacle(unknownHealth, instant(0), policy)).toBe("no picture yet");
  });

  test("a picture older than frameMaxAge refuses verification", () => {
    const camera = new Watched().seeFor(10);
    expect(
      verificationObstacle(camera.health, instant(camera.now + policy.frameMaxAge), policy),
    ).toBeUndefined();
    expect(verificationObstacle(camera.health, instant(camera.now + policy.frameMaxAge + 1), policy)).toMatch(
      /old/,
    );
  });

  test("three repeats of a picture refuse verification at once, before any alarm", () => {
    const camera = new Watched().seeFor(10);
    for (let repeat = 0; repeat <= 2; repeat++) camera.see({ picture: 5 });
    expect(camera.obstacle).toBeUndefined();
    camera.see({ picture: 5 });
    expect(camera.obstacle).toMatch(/stands still/);
    expect(camera.events).toEqual([]);
    camera.see();
    expect(camera.obstacle).toBeUndefined();
  });

  test("identical pictures are frozen after frozenAfter, and no sooner", () => {
    const camera = new Watched().seeFor(10).seeFor(5, { picture: 5 });
    expect(camera.events).toEqual([]);
    camera.see({ picture: 5 });
    expect(camera.types).toEqual(["CameraFrozen"]);
  });

  test("frozen from the very start is noticed too", () => {
    const camera = new Watched().seeFor(6, { picture: 5 });
    expect(camera.types).toEqual(["CameraFrozen"]);
  });

  test("a picture that moves again as a sensor's does is believed after thawedAfter, and no sooner", () => {
    const camera = new Watched().seeFor(30).seeFor(8, { picture: 7 }).seeFor(1.8);
    expect(camera.types).toEqual(["CameraFrozen"]);
    expect(camera.obstacle).toBeDefined();
    camera.seeFor(0.6);
    expect(camera.types).toEqual(["CameraFrozen", "CameraRestored:CameraFrozen"]);
    camera.seeFor(20);
    expect(camera.types).toHaveLength(2);
    expect(camera.obstacle).toBeUndefined();
  });

  test.each([
    ["the same picture encoded again", () => ({ noise: 0.02 })],
    ["two pictures in turns", (index: number) => ({ picture: 7 + (index % 2) })],
    ["one new picture among equal ones", (index: number) => (index % 5 === 0 ? {} : { picture: 7 })],
  ])("after it stood still, %s is no living picture", (_name, look) => {
    const camera = new Watched().seeFor(30).seeFor(8, { picture: 7 }).seeFor(20, look);
    expect(camera.obstacle).toBeDefined();
  });

  test("one picture encoded again and again is frozen by the camera's own habit", () => {
    const camera = new Watched().seeFor(20, { noise: 0.43 }).seeFor(10, { noise: 0.09 });
    expect(camera.types).toEqual(["CameraFrozen"]);
    expect(camera.obstacle).toMatch(/not even noise/);
    camera.seeFor(6, { noise: 0.43 });
    expect(camera.types).toEqual(["CameraFrozen", "CameraRestored:CameraFrozen"]);
    expect(camera.obstacle).toBeUndefined();
  });

  test("a camera whose encoder smooths the noise away is not frozen by that", () => {
    expect(new Watched().seeFor(60, { noise: 0.06 }).events).toEqual([]);
  });

  test("people walking past, then an empty room, are no frozen picture", () => {
    const camera = new Watched()
      .seeFor(60, (index) => ({ noise: 3 + (index % 4) }))
      .seeFor(120, { noise: 0.05 })
      .seeFor(300, (index) => ({ noise: 3 + (index % 4) }))
      .seeFor(60, { noise: 0.05 });
    expect(camera.events).toEqual([]);
  });

  test("somebody fidgeting, then an empty room, is no frozen picture", () => {
    const camera = new Watched()
      .seeFor(30, (index) => ({ noise: index % 5 < 2 ? 0.06 : 0.9 }))
      .seeFor(60, { noise: 0.06 });
    expect(camera.events).toEqual([]);
  });

  test("night's noise, then a lamp and day's calm, are no frozen picture", () => {
    const camera = new Watched()
      .seeFor(60, { noise: 0.9, light: 30 })
      .seeFor(60, { noise: 0.08, light: 110 });
    expect(camera.events).toEqual([]);
  });

  test("a loop is recognised by its second round, and left when new pictures come", () => {
    const camera = new Watched().seeFor(20);
    camera.seeFor(8, (index) => ({ picture: index }));
    expect(camera.events).toEqual([]);
    camera.seeFor(3, (index) => ({ picture: index }));
    expect(camera.types).toEqual(["CameraFrozen"]);
    expect(camera.obstacle).toMatch(/again and again/);
    // A single new picture, say a dropped one, does not end it.
    camera.see();
    camera.seeFor(20, (index) => ({ picture: (15 + index) % 40 }));
    expect(camera.types).toEqual(["CameraFrozen"]);
    camera.seeFor(8);
    expect(camera.types).toEqual(["CameraFrozen", "CameraRestored:CameraFrozen"]);
  });

  test("what is remembered is bounded", () => {
    const camera = new Watched().seeFor(900);
    expect(camera.health.stillness.loop.history.length).toBe(policy.loopMemory);
    expect(camera.health.stillness.differences.length).toBeLessThan(60);
  });
});

describe("T18 black, covered, blurred", () => {
  const cases = [
    { look: { light: 1, contrast: 0.2, sharpness: 1 }, detail: /black/ },
    { look: { light: 7, contrast: 2, sharpness: 3 }, detail: /covered/ },
    { look: { light: 220, contrast: 2, sharpness: 3 }, detail: /covered/ },
    { look: { sharpness: 10 }, detail: /blurred/ },
    { look: { sharpness: 20 }, detail: /blurred/ },
  ];
  test.each(cases)(
    "$detail: refused at once, an alarm after coveredAfter, restored the same way",
    ({ look, detail }) => {
      const camera = new Watched().seeFor(10);
      camera.see(look);
      expect(camera.obstacle).toMatch(detail);
      expect(camera.events).toEqual([]);
      camera.seeFor(2, look);
      expect(camera.events).toEqual([{ type: "CameraCovered", detail: expect.stringMatching(detail) }]);
      camera.seeFor(60, look);
      camera.seeFor(1);
      expect(camera.obstacle).toMatch(detail);
      camera.seeFor(2);
      expect(camera.types).toEqual(["CameraCovered", "CameraRestored:CameraCovered"]);
      expect(camera.obstacle).toBeUndefined();
    },
  );

  test("a black picture that never changes is covered, not frozen as well", () => {
    const black = { picture: 3, light: 0, contrast: 0, sharpness: 0 };
    expect(new Watched().seeFor(10).seeFor(60, black).types).toEqual(["CameraCovered"]);
  });
});

describe("lost and damaged", () => {
  const lost = {
    phase: "lost",
    fault: "stalled",
    detail: "no picture for 2.0 s",
    since: instant(1),
    attempts: 1,
    nextAttemptAt: instant(2),
  } as const;

  test("a loss is said once, refuses verification, and ends with the first intact picture", () => {
    const camera = new Watched().seeFor(10);
    const first = observeState(camera.health, lost);
    expect(first.events).toEqual([{ type: "CameraLost", detail: lost.detail }]);
    expect(verificationObstacle(first.health, camera.now, policy)).toBe(lost.detail);
    const again = observeState(first.health, { ...lost, attempts: 2 });
    expect(again.events).toEqual([]);
    const live = { phase: "live", width: 640, height: 360, since: instant(3) } as const;
    camera.health = observeState(again.health, live).health;
    expect(camera.see({}, false)).toEqual([]);
    expect(camera.obstacle).toBe(lost.detail);
    expect(camera.see()).toEqual([{ type: "CameraRestored", from: "CameraLost" }]);
    expect(camera.obstacle).toBeUndefined();
    expect(camera.see()).toEqual([]);
  });

  test("a damaged picture refuses verification and teaches nothing", () => {
    const camera = new Watched().seeFor(10);
    for (let index = 0; index < 100; index++) camera.see({ picture: 5 }, false);
    expect(camera.events).toEqual([]);
    expect(camera.obstacle).toMatch(/damaged/);
    camera.see();
    expect(camera.obstacle).toBeUndefined();
  });
});
