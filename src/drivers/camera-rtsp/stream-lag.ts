import type { Instant, Milliseconds } from "../../domain/time.ts";

/**
 * How far pictures are behind the camera. The stream's own time has an unknown offset to ours, so the smallest
 * offset seen stands for "no delay": a decoder too slow for its stream, or a backlog after a pause, shows as
 * growth. Without this, a picture of ten seconds ago would pass for the person at the door.
 */
export interface StreamLag {
  /** Smallest arrival minus stream time, let up slowly for the drift of the camera's clock. */
  readonly offset: Milliseconds;
  readonly at: Instant;
  readonly lag: Milliseconds;
}

/** Cheap cameras' clocks are off by less than this; a backlog grows far quicker. */
const largestDrift = 0.005;

export function observeLag(
  previous: StreamLag | undefined,
  at: Instant,
  streamTime: Milliseconds,
): StreamLag {
  const offset = at - streamTime;
  if (previous === undefined) return { offset, at, lag: 0 };
  const allowed = previous.offset + largestDrift * (at - previous.at);
  const smallest = Math.min(offset, allowed);
  return { offset: smallest, at, lag: offset - smallest };
}
