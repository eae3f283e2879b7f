import { type RefObject, useEffect, useState } from "react";
import { type LookAtPictureData, lookAtPicture } from "../../api/client.ts";
import { ApiError } from "../../api/http.ts";
import { frameOf } from "./frame.ts";

export type GuideState =
  | { readonly is: "waiting" | "doorsFirst" | "noAnswer" }
  | { readonly is: "seen"; readonly look: LookAtPictureData };

const betweenLooksMs = 500;
/** After an answer that says so, or none. */
const restMs = 1_500;
const lookTimeoutMs = 4_000;
const guideWidth = 640;
const guideQuality = 0.8;

/** Sends a frame about twice a second while it is on, and says what was seen on the last one. */
export function useGuide(video: RefObject<HTMLVideoElement | null>, on: boolean): GuideState {
  const [state, setState] = useState<GuideState>({ is: "waiting" });
  useEffect(() => {
    if (!on) return;
    const abort = new AbortController();
    const look = async (): Promise<number> => {
      const frame = video.current && (await frameOf(video.current, guideWidth, guideQuality));
      if (frame === null || frame === undefined) return betweenLooksMs;
      try {
        const seen = await lookAtPicture(frame, { signal: abort.signal, timeoutMs: lookTimeoutMs });
        if (!abort.signal.aborted) setState({ is: "seen", look: seen });
        return betweenLooksMs;
      } catch (error) {
        if (abort.signal.aborted) return 0;
        const code = error instanceof ApiError ? error.code : null;
        // Another page of the same operator looks: this one goes on with what it has.
        if (code !== "too-many-looks") setState({ is: code === "doors-first" ? "doorsFirst" : "noAnswer" });
        return restMs;
      }
    };
    const goOn = async (): Promise<void> => {
      while (!abort.signal.aborted) {
        const began = performance.now();
        const interval = await look();
        await pause(Math.max(0, interval - (performance.now() - began)), abort.signal);
      }
    };
    void goOn();
    return () => {
      abort.abort();
      // What was seen before says nothing of whoever stands there when it goes on.
      setState({ is: "waiting" });
    };
  }, [video, on]);
  return state;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    resolve();
  });
  return promise;
}
