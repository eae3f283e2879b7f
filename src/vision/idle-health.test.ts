import { describe, expect, test } from "vitest";
import { instant } from "../domain/time.ts";
import type { CameraHealthEvent } from "../ports/vision-link.ts";
import { type CameraHealth, observeFrame, unknownHealth } from "./camera-health.ts";
import { cameraHealthDefaults as policy } from "./camera-health-policy.ts";

// The figures are of a real encoder: neighbours of a quiet scene differ by 0.04, its key pictures by 0.45; one picture
// encoded again and again by 0.002 and 0.03.

interface Look {
  readonly noise: number;
  /** Equal numbers are equal pictures. */
  readonly picture?: number;
  readonly light?: number;
  readonly contrast?: number;
}

class Watched {
  health: CameraHealth = unknownHealth;
  now = instant(10_000);
  readonly events: { readonly type: string; readonly at: number }[] = [];
  #pictures = 0;

  seeFor(seconds: number, interval: number, look: (index: number) => Look): this {
    for (let index = 0; index < (seconds * 1000) / interval; index++) {
      this.now = instant(this.now + interval);
      this.#see(look(index));
    }
    return this;
  }

  #see({ noise, light = 90, contrast = 30, picture = 1_000_000 + this.#pictures++ }: Look): void {
    let bits = picture;
    const random = () => (bits = (Math.imul(bits, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 31 - 1;
    const blocks = Float32Array.from(
      { length: 240 },
      (_, block) => light + ((block % 3) - 1) * contrast + 1.5 * noise * random(),
    );
    const measure = {
      at: this.now,
      blocks,
      mean: light,
      deviation: contrast,
      sharpness: 60,
      fingerprint: picture,
    };
    const { health, events } = observeFrame(this.health, measure, true, policy);
    this.health = health;
    this.events.push(...events.map((event) => ({ type: nameOf(event), at: this.now })));
  }

  get types(): string[] {
    return this.events.map(({ type }) => type);
  }
}

const nameOf = (event: CameraHealthEvent): string =>
  event.type === "CameraRestored" ? `${event.type}:${event.from}` : event.type;

const quiet = () => ({ noise: 0.04 });
const quietKeys = () => ({ noise: 0.45 });

describe.each([900, 1_000, 2_000, 2_500])("a key picture every %i ms", (interval) => {
  test("a quiet door, idle and live in turns, raises nothing", () => {
    const camera = new Watched();
    for (let turn = 0; turn < 10; turn++) camera.seeFor(20, 200, quiet).seeFor(60, interval, quietKeys);
    expect(camera.events).toEqual([]);
  });

  test("T17 identical pictures are frozen after frozenAfter and at most two pictures more, and thaw", () => {
    const camera = new Watched().seeFor(60, interval, quietKeys);
    const last = camera.now;
    camera.seeFor(20, interval, () => ({ noise: 0.45, picture: 5 }));
    expect(camera.types).toEqual(["CameraFrozen"]);
    expect((camera.events[0]?.at ?? 0) - last).toBeLessThanOrEqual(policy.frozenAfter + 2 * interval);
    camera.seeFor(8 * (interval / 1000), interval, quietKeys);
    expect(camera.types).toEqual(["CameraFrozen", "CameraRestored:CameraFrozen"]);
  });

  test("T17 one picture encoded again and again is frozen by the habit of this pace", () => {
    const camera = new Watched().seeFor(20, 200, quiet).seeFor(60, interval, quietKeys);
    camera.seeFor(30, interval, () => ({ noise: 0.03 }));
    expect(camera.types).toEqual(["CameraFrozen"]);
    camera.seeFor(30, interval, quietKeys);
    expect(camera.types).toEqual(["CameraFrozen", "CameraRestored:CameraFrozen"]);
  });

  test("T17 a loop is recognised by its second round, and left when new pictures come", () => {
    const round = 8;
    const camera = new Watched().seeFor(60, interval, quietKeys);
    camera.seeFor((round * interval) / 1000, interval, (index) => ({ noise: 0.45, picture: index }));
    expect(camera.events).toEqual([]);
    const second = camera.now;
    camera.seeFor((round * interval) / 1000, interval, (index) => ({ noise: 0.45, picture: index }));
    expect(camera.types).toEqual(["CameraFrozen"]);
    expect((camera.events[0]?.at ?? 0) - second).toBeLessThanOrEqual(2_000 + 2 * interval);
    camera.seeFor(20, interval, quietKeys);
    expect(camera.types).toEqual(["CameraFrozen", "CameraRestored:CameraFrozen"]);
  });

  test("T18 dark for coveredAfter and at most two pictures more", () => {
    const camera = new Watched().seeFor(60, interval, quietKeys);
    const last = camera.now;
    camera.seeFor(20, interval, () => ({ noise: 0.1, light: 1, contrast: 0.2 }));
    expect(camera.types).toEqual(["CameraCovered"]);
    expect((camera.events[0]?.at ?? 0) - last).toBeLessThanOrEqual(policy.coveredAfter + 2 * interval);
  });
});

test("T17 a loop seen live at first, then idle: its rounds take the same time, whatever of them is seen", () => {
  const film = (index: number, step: number) => ({ noise: 0.45, picture: (index * step) % 200 });
  const camera = new Watched().seeFor(20, 200, quiet);
  camera.seeFor(40, 200, (index) => film(index, 1));
  expect(camera.events).toEqual([]);
  camera.seeFor(12, 2_000, (index) => film(index + 1, 10));
  expect(camera.types).toEqual(["CameraFrozen"]);
});
