import { since } from "../../time.ts";
import { measured } from "./cue-figures.ts";
import type { SeenOfFace, TrackSample } from "./track.ts";

/** The same pixels again are the same look: a stream that stands still shows one, however often it is sent. */
export function seenIn(samples: readonly TrackSample[]): SeenOfFace {
  const [first, last] = [samples[0], samples.at(-1)];
  const prints = measured(samples, "fingerprint");
  return {
    looks: samples.length - (prints.length - new Set(prints).size),
    span: first === undefined || last === undefined ? 0 : since(first.at, last.at),
  };
}
