import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { instant } from "../domain/time.ts";
import { clipPieceSize } from "../ports/vision-link.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { ReadyClips } from "./ready-clips.ts";

const taken = (mp4: Uint8Array) =>
  ({ kept: true, mp4, from: instant(1), until: instant(2), cut: "a pause" }) as const;

function kept(ready: ReadyClips, mp4: Uint8Array) {
  const outcome = ready.keep(taken(mp4));
  if (!outcome.kept) throw new Error(outcome.detail);
  return outcome;
}

test("a clip is taken piece by piece, is what its hash says, and is let go with the last", () => {
  using ready = new ReadyClips(new VirtualClock());
  const mp4 = Buffer.alloc(2 * clipPieceSize + 7, "clip");
  const { clip, size, hash, cut } = kept(ready, mp4);
  expect({ size, hash, cut }).toEqual({
    ...{ size: mp4.length, cut: "a pause" },
    hash: createHash("sha256").update(mp4).digest("hex"),
  });
  const pieces = [0, 1, 2].map((n) => ready.take(clip, n * clipPieceSize) ?? new Uint8Array());
  expect(pieces.map(({ length }) => length)).toEqual([clipPieceSize, clipPieceSize, 7]);
  expect(Buffer.concat(pieces).equals(mp4)).toBe(true);
  expect(ready.take(clip, 0)).toBeUndefined();
});

test("what nobody takes is let go; what is being taken is not", () => {
  const clock = new VirtualClock();
  using ready = new ReadyClips(clock);
  const [one, other] = [kept(ready, new Uint8Array(200_000)), kept(ready, new Uint8Array(200_000))];
  clock.advance(20_000);
  expect(ready.take(one.clip, 0)).toHaveLength(clipPieceSize);
  clock.advance(20_000);
  expect(ready.take(other.clip, 0)).toBeUndefined();
  expect(ready.take(one.clip, clipPieceSize)).toHaveLength(clipPieceSize);
});

test("no more wait than memory allows, and a camera that kept none says why", () => {
  using ready = new ReadyClips(new VirtualClock());
  const large = new Uint8Array(50_000_000);
  for (let n = 0; n < 2; n++) expect(ready.keep(taken(large)).kept).toBe(true);
  expect(ready.keep(taken(large))).toMatchObject({ kept: false, detail: expect.stringMatching(/too many/) });
  expect(ready.keep({ kept: false, detail: "dark" })).toEqual({ kept: false, detail: "dark" });
});
