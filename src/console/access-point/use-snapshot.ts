import { type RefObject, useEffect, useState } from "react";
import { snapshotAddress } from "../api/site.ts";

/** A snapshot a second is plenty to see who stands there; more would only load the box. */
const intervalMs = 1_000;

/** The address of a camera's newest loaded picture; asked for only while `frame` can be seen. */
export function useSnapshot(camera: string, frame: RefObject<HTMLElement | null>): string | null {
  const [picture, setPicture] = useState<string | null>(null);
  useEffect(() => {
    let inView = true;
    let turn = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const seen = new IntersectionObserver(([entry]) => {
      inView = entry?.isIntersecting ?? true;
    });
    if (frame.current !== null) seen.observe(frame.current);
    const refresh = async (): Promise<void> => {
      if (inView && document.visibilityState === "visible") {
        turn += 1;
        const address = snapshotAddress(camera, turn);
        // Shown once it is there: the old picture stays meanwhile, nothing flickers.
        setPicture((await canShow(address)) ? address : null);
      }
      timer = setTimeout(() => void refresh(), intervalMs);
    };
    void refresh();
    return () => {
      clearTimeout(timer);
      timer = undefined;
      seen.disconnect();
    };
  }, [camera, frame]);
  return picture;
}

async function canShow(address: string): Promise<boolean> {
  const image = new Image();
  image.src = address;
  return image.decode().then(
    () => true,
    () => false,
  );
}
