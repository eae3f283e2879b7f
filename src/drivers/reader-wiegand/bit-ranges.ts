/** Places in a frame as installers write them, the first bit to arrive being 1: `2-9`, `1-13,20`, in that order. */
export function placesOf(ranges: string): readonly number[] {
  return ranges.split(",").flatMap((range) => {
    const [from = "", to = from] = range.split("-");
    const first = Number(from);
    return Array.from({ length: Number(to) - first + 1 }, (_, index) => first + index);
  });
}

/** The number that these places of a frame spell, the most significant bit first. */
export function numberAt(bits: string, places: readonly number[]): bigint {
  let value = 0n;
  for (const place of places) value = value * 2n + (bits[place - 1] === "1" ? 1n : 0n);
  return value;
}
