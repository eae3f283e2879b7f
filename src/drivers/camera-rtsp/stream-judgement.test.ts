import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant } from "../../domain/time.ts";
import { retryDelay } from "./reconnect-backoff.ts";
import { observeLag, type StreamLag } from "./stream-lag.ts";
import { afterDamage, afterPicture, fullTrust, isTrusted } from "./stream-trust.ts";

describe("back-off", () => {
  const limits = { first: 250, longest: 30_000 };

  test("doubles, and stays at the longest", () => {
    const delays = [1, 2, 3, 4, 8, 9, 1_000, Number.POSITIVE_INFINITY].map((n) =>
      retryDelay(n, limits, 0.999_999),
    );
    expect(delays.map(Math.round)).toEqual([250, 500, 1_000, 2_000, 30_000, 30_000, 30_000, 30_000]);
  });

  test("half of it is chance, and it is never nothing", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (failures, random) => {
          const delay = retryDelay(failures, limits, random);
          expect(delay).toBeGreaterThanOrEqual(125);
          expect(delay).toBeLessThanOrEqual(30_000);
          expect(delay / retryDelay(failures, limits, 0)).toBeCloseTo(1 + random, 6);
        },
      ),
    );
  });
});

describe("trust after damage", () => {
  test("returns with the second key picture, when a whole group has passed", () => {
    const trust = afterDamage(fullTrust, 4, instant(1));
    expect([3, 4, 5, 6].map((group) => isTrusted(trust, group))).toEqual([false, false, false, true]);
  });

  test("undamaged, it does not wait for key pictures", () => {
    expect(isTrusted(fullTrust, 0)).toBe(true);
  });

  test("how long it lasts is counted from the first damage to the first picture that is trusted again", () => {
    let trust = afterDamage(afterDamage(fullTrust, 4, instant(1)), 5, instant(9));
    trust = afterPicture(trust, 6);
    expect(trust.since).toBe(1);
    expect(afterPicture(trust, 7).since).toBeUndefined();
  });
});

describe("lag", () => {
  const seen = (times: readonly (readonly [arrival: number, stream: number])[]) =>
    times.reduce<StreamLag | undefined>(
      (lag, [at, stream]) => observeLag(lag, instant(at), stream),
      undefined,
    );

  test("a steady stream has none, whatever its own clock says", () => {
    expect(
      seen([
        [1_000, 900_000],
        [1_200, 900_200],
        [1_400, 900_400],
      ])?.lag,
    ).toBe(0);
  });

  test("a backlog shows in full, and passes", () => {
    expect(
      seen([
        [1_000, 0],
        [4_200, 200],
      ])?.lag,
    ).toBeCloseTo(3_000, -2);
    expect(
      seen([
        [1_000, 0],
        [4_200, 200],
        [4_210, 3_200],
      ])?.lag,
    ).toBeLessThan(20);
  });

  test("a first picture that came late itself does not hide the delay of later ones", () => {
    expect(
      seen([
        [1_000, 0],
        [1_010, 500],
        [3_000, 1_000],
      ])?.lag,
    ).toBeGreaterThan(1_400);
  });

  test("a camera's clock that is off by a thousandth is no backlog, even after a day", () => {
    let lag: StreamLag | undefined;
    for (let second = 0; second < 86_400; second++)
      lag = observeLag(lag, instant(second * 1000), second * 999);
    expect(lag?.lag).toBeLessThan(1);
  });
});
