import fc from "fast-check";
import { expect, test } from "vitest";
import { seeded } from "./frames-for-tests.ts";
import { addPowerSpectrum, spectrumColumns, spectrumSide, transform64 } from "./power-spectrum.ts";

test("the transform is the sum it stands for, whatever goes in", () => {
  const values = fc.array(fc.double({ min: -255, max: 255, noNaN: true }), { minLength: 64, maxLength: 64 });
  fc.assert(
    fc.property(values, values, (reals, imaginaries) => {
      const real = Float64Array.from(reals);
      const imaginary = Float64Array.from(imaginaries);
      transform64(real, imaginary);
      for (const frequency of [0, 1, 7, 32, 63]) {
        let [sumReal, sumImaginary] = [0, 0];
        for (let at = 0; at < 64; at += 1) {
          const angle = (-2 * Math.PI * frequency * at) / 64;
          sumReal += (reals[at] ?? 0) * Math.cos(angle) - (imaginaries[at] ?? 0) * Math.sin(angle);
          sumImaginary += (reals[at] ?? 0) * Math.sin(angle) + (imaginaries[at] ?? 0) * Math.cos(angle);
        }
        expect(real[frequency]).toBeCloseTo(sumReal, 6);
        expect(imaginary[frequency]).toBeCloseTo(sumImaginary, 6);
      }
    }),
    { numRuns: 30 },
  );
});

test.each([
  [9, 4],
  [3, -11],
  [0, 20],
  [32, 5],
])("a wave of %i cycles across and %i down is one point of the spectrum", (across, down) => {
  const power = new Float64Array(spectrumSide * spectrumColumns);
  const wave = (x: number, y: number): number => 50 * Math.cos((2 * Math.PI * (across * x + down * y)) / 64);
  addPowerSpectrum(wave, 0, 0, power);
  const highest = power.indexOf(Math.max(...power));
  const row = Math.floor(highest / spectrumColumns);
  const found = [highest % spectrumColumns, row > 32 ? row - 64 : row];
  // On the borders a wave and its mirror image are the same one.
  const alike = across % 32 === 0 ? [across, Math.abs(down)] : [across, down];
  expect(across % 32 === 0 ? [found[0], Math.abs(found[1] ?? 0)] : found).toEqual(alike);
});

test("blocks add up, and an even block has nothing at all", () => {
  const random = seeded(3);
  const noise = Float64Array.from({ length: 64 * 64 }, () => random() * 100);
  const read = (x: number, y: number): number => noise[y * 64 + x] ?? 0;
  const once = new Float64Array(spectrumSide * spectrumColumns);
  const twice = new Float64Array(spectrumSide * spectrumColumns);
  addPowerSpectrum(read, 0, 0, once);
  addPowerSpectrum(read, 0, 0, twice);
  addPowerSpectrum(read, 0, 0, twice);
  expect(twice[500]).toBeCloseTo(2 * (once[500] ?? 0), 6);
  const even = new Float64Array(spectrumSide * spectrumColumns);
  addPowerSpectrum(() => 128, 0, 0, even);
  expect(Math.max(...even)).toBeCloseTo(0, 9);
});
