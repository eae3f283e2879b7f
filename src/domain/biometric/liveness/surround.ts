import { between, measured, silentCue } from "./cue-figures.ts";
import type { CueResult, TrackSample } from "./track.ts";

/** Frames in which the face had moved far enough; one is a coincidence, or a door behind that moved. */
const fewest = 2;
/** Blocks of the surround that moved with the face, over the whole track; by chance two did before living people. */
const carriedBlocks = { begins: 8, sure: 30 } as const;
/** Their share of all telling blocks: a phone leaves most of the room in view, a bystander carries some. */
const carriedShare = { begins: 0.05, sure: 0.2 } as const;

/**
 * A camera on a wall sees a still room. What moves with a face, out to four eye distances beside and above it, is the
 * sheet or the screen it is on. Silent while the face hardly moves, and before a bare wall.
 */
export function surroundCue(samples: readonly TrackSample[]): CueResult {
  const carried = measured(samples, "carriedBlocks");
  const still = measured(samples, "stillBlocks");
  if (carried.length < fewest) return silentCue("surround", {});
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const blocks = sum(carried);
  const share = blocks / Math.max(1, blocks + sum(still));
  const frames = carried.filter((count) => count >= 2).length;
  const figures = {
    carriedBlocks: blocks,
    stillBlocks: sum(still),
    carriedShare: share,
    carriedFrames: frames,
  };
  const sure = Math.min(
    between(blocks, carriedBlocks.begins, carriedBlocks.sure),
    between(share, carriedShare.begins, carriedShare.sure),
  );
  if (sure <= 0 || frames < fewest) return silentCue("surround", figures);
  return { cue: "surround", says: "attack", score: -(0.4 + 0.55 * sure), figures };
}
