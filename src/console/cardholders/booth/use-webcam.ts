import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

export type WebcamState =
  | { readonly is: "off" | "asking" | "on" }
  | {
      readonly is: "failed";
      readonly why: "denied" | "missing" | "insecure" | "broken";
      readonly detail: string;
    };

/** The desk's camera. It is let go of when nobody looks at this page any more. */
export function useWebcam(): {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly state: WebcamState;
  readonly start: () => Promise<void>;
  readonly stop: () => void;
} {
  const video = useRef<HTMLVideoElement>(null);
  const stream = useRef<MediaStream | null>(null);
  const [state, setState] = useState<WebcamState>({ is: "off" });
  const release = useCallback(() => {
    for (const track of stream.current?.getTracks() ?? []) track.stop();
    stream.current = null;
  }, []);
  useEffect(() => release, [release]);
  const stop = useCallback(() => {
    release();
    setState({ is: "off" });
  }, [release]);
  const start = useCallback(async () => {
    setState({ is: "asking" });
    try {
      // Undefined where the page did not come over https or from this machine itself.
      const media: MediaDevices | undefined = navigator.mediaDevices;
      if (media === undefined) return setState({ is: "failed", why: "insecure", detail: "" });
      release();
      const opened = await media.getUserMedia({
        video: { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: "user" },
        audio: false,
      });
      stream.current = opened;
      for (const track of opened.getVideoTracks())
        track.addEventListener("ended", () => {
          release();
          setState({ is: "failed", why: "missing", detail: "" });
        });
      setState({ is: "on" });
    } catch (error) {
      setState({ is: "failed", ...whyOf(error) });
    }
  }, [release]);
  // The element is there once the state says so.
  useEffect(() => {
    if (state.is !== "on" || video.current === null) return;
    video.current.srcObject = stream.current;
    void video.current.play().catch(() => undefined);
  }, [state]);
  return { video, state, start, stop };
}

function whyOf(error: unknown): { readonly why: "denied" | "missing" | "broken"; readonly detail: string } {
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
  if (name === "NotAllowedError") return { why: "denied", detail: message };
  if (name === "NotFoundError" || name === "OverconstrainedError") return { why: "missing", detail: message };
  return { why: "broken", detail: message };
}
