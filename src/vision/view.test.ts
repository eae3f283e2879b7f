import { describe, expect, test } from "vitest";
import { type Instant, instant } from "../domain/time.ts";
import type { CameraHealthEvent } from "../ports/vision-link.ts";
import { type CameraHealth, observeFrame, unknownHealth, verificationObstacle } from "./camera-health.ts";
import { cameraHealthDefaults as policy } from "./camera-health-policy.ts";
import { blockColumns, blockRows } from "./frame-measure.ts";

const [width, height] = [160, 90];

type Paint = (x: number, y: number) => number;

function randomFrom(seed: number): () => number {
  let bits = seed;
  return () => (bits = (Math.imul(bits, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** What a wall, a door, a floor reflect: from 0 to 1. */
function room(seed: number): Paint {
  const random = randomFrom(seed);
  const things = Array.from({ length: 30 }, () => ({
    x: random() * width,
    y: random() * height,
    width: 4 + random() * 50,
    height: 4 + random() * 40,
    shade: 0.15 + 0.7 * random(),
  }));
  return (x, y) => {
    const thing = things.findLast(
      (one) => x >= one.x && x < one.x + one.width && y >= one.y && y < one.y + one.height,
    );
    return thing?.shade ?? 0.5;
  };
}

/** Somebody close: head, body, clothes with folds. They sway a little. */
function person(behind: Paint, seed: number, sway = 0): Paint {
  const random = randomFrom(seed);
  const folds = Array.from({ length: 12 }, () => 0.1 + 0.8 * random());
  return (x, y) => {
    const [dx, dy] = [x - width / 2 - sway, y];
    const isHead = (dx / 22) ** 2 + ((dy - 26) / 26) ** 2 < 1;
    const isBody = dy > 48 && Math.abs(dx) < 36 + (dy - 48) * 0.4;
    if (!isHead && !isBody) return behind(x, y);
    return folds[Math.abs(Math.floor((dx + 2 * dy) / 12)) % folds.length] ?? 0.5;
  };
}

type Light = (x: number, y: number) => number;
const daylight: Light = () => 200;
/** From one lamp at the side, with the shadow of a beam. */
const lamp: Light = (x, y) => 40 + 150 * Math.exp(-x / 90) * (y > 60 && x > 70 ? 0.6 : 1);
const dusk =
  (share: number): Light =>
  (x) =>
    200 - 150 * share + (20 * share * x) / width;

const painted = new Map<Paint, Float32Array>();

/** What each block of a picture reflects, drawn once. */
function reflected(paint: Paint): Float32Array {
  const known = painted.get(paint);
  if (known !== undefined) return known;
  const shades = Float32Array.from({ length: blockColumns * blockRows }, (_, block) =>
    paint(2 * (block % blockColumns), 2 * Math.floor(block / blockColumns)),
  );
  painted.set(paint, shades);
  return shades;
}

class Watched {
  health: CameraHealth = unknownHealth;
  now: Instant = instant(1_000);
  readonly events: CameraHealthEvent[] = [];
  readonly #noise = randomFrom(99);
  #pictures = 0;

  /** A picture every few seconds: a long time, and few pictures to draw. */
  seeFor(
    seconds: number,
    paint: (second: number) => Paint,
    light: (second: number) => Light = () => daylight,
  ): this {
    for (let second = 0; second < seconds; second += 6) {
      this.now = instant(this.now + 6_000);
      this.#see(reflected(paint(second)), light(second));
    }
    return this;
  }

  #see(shades: Float32Array, light: Light): void {
    const blocks = shades.map(
      (shade, block) =>
        shade * light(2 * (block % blockColumns), 2 * Math.floor(block / blockColumns)) + this.#noise() - 0.5,
    );
    const mean = blocks.reduce((sum, value) => sum + value, 0) / blocks.length;
    // Sharp, and with as much to see as any room: neither is what is judged here.
    const measure = {
      at: this.now,
      blocks,
      mean,
      deviation: 30,
      sharpness: 60,
      fingerprint: this.#pictures++,
    };
    const { health, events } = observeFrame(this.health, measure, true, policy);
    this.health = health;
    this.events.push(...events);
  }

  get types(): string[] {
    return this.events.map(({ type }) => type);
  }
}

const here = room(1);
const elsewhere = room(2);
const learnt = () => new Watched().seeFor(180, () => here);

describe("T18 turned away", () => {
  test.each([2, 3, 4, 5, 6])("another view (%i) is an alarm after turnedAfter, and no sooner", (seed) => {
    const away = room(seed);
    const camera = learnt().seeFor(170, () => away);
    expect(camera.events).toEqual([]);
    expect(verificationObstacle(camera.health, camera.now, policy)).toBeUndefined();
    camera.seeFor(30, () => away);
    expect(camera.events).toMatchObject([
      { type: "CameraCovered", detail: expect.stringMatching(/turned away/) },
    ]);
    expect(verificationObstacle(camera.health, camera.now, policy)).toMatch(/turned away/);
  });

  test("turned by a tenth of the picture is another view", () => {
    const aside: Paint = (x, y) => here(x + width / 10, y);
    const camera = learnt().seeFor(200, () => aside);
    expect(camera.types).toEqual(["CameraCovered"]);
  });

  test("turned back, it is over at once", () => {
    const camera = learnt()
      .seeFor(200, () => elsewhere)
      .seeFor(6, () => here);
    expect(camera.types).toEqual(["CameraCovered", "CameraRestored"]);
  });

  test("a view that holds for viewAcceptedAfter is the camera's own from then on", () => {
    const camera = learnt().seeFor(3_590, () => elsewhere);
    expect(camera.types).toEqual(["CameraCovered"]);
    camera.seeFor(60, () => elsewhere);
    expect(camera.types).toEqual(["CameraCovered", "CameraRestored"]);
    camera.seeFor(200, () => here);
    expect(camera.types).toEqual(["CameraCovered", "CameraRestored", "CameraCovered"]);
  });

  test("what the camera sees first is no view of its own before it has been there for viewLearnedAfter", () => {
    const somebody = person(elsewhere, 1);
    const camera = new Watched().seeFor(100, () => somebody).seeFor(600, () => here);
    expect(camera.events).toEqual([]);
  });
});

describe("T18 not turned away", () => {
  test("lights switched on and off", () => {
    const camera = learnt();
    for (let turn = 0; turn < 4; turn++)
      camera.seeFor(
        240,
        () => here,
        () => (turn % 2 === 0 ? lamp : daylight),
      );
    expect(camera.events).toEqual([]);
  });

  test("somebody standing close, for a minute and for ten, swaying and stock-still", () => {
    const swaying = (seed: number) => [-3, 0, 2, 3].map((sway) => person(here, seed, sway));
    const [one, other] = [swaying(5), swaying(6)];
    const camera = learnt()
      .seeFor(60, (second) => one[(second / 6) % 4] ?? here)
      .seeFor(60, () => here)
      .seeFor(600, (second) => other[(second / 6) % 4] ?? here)
      .seeFor(60, () => here)
      .seeFor(600, () => one[0] ?? here);
    expect(camera.events).toEqual([]);
  });

  test("the day passing into dusk and back", () => {
    const camera = learnt().seeFor(
      1_800,
      () => here,
      (second) => dusk(Math.sin((second / 1_800) * Math.PI)),
    );
    expect(camera.events).toEqual([]);
  });

  test("people coming and going before the lens, hiding nearly everything", () => {
    const camera = learnt();
    for (let turn = 0; turn < 20; turn++) {
      const shoulder = room(100 + turn);
      camera
        .seeFor(40, () => (x, y) => (x < width * 0.9 ? shoulder(x, y) : here(x, y)))
        .seeFor(10, () => here);
    }
    expect(camera.events).toEqual([]);
  });
});
