import { type RefObject, useEffect, useState } from "react";

/** Whether somebody can see it: in the window's view, or asked for by a press, and the window in front. */
export function useShown(frame: RefObject<HTMLElement | null>, asked: boolean): boolean {
  const [inView, setInView] = useState(false);
  const [inFront, setInFront] = useState(document.visibilityState === "visible");
  useEffect(() => {
    const seen = new IntersectionObserver(([entry]) => setInView(entry?.isIntersecting ?? true));
    if (frame.current !== null) seen.observe(frame.current);
    const look = (): void => setInFront(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", look);
    return () => {
      seen.disconnect();
      document.removeEventListener("visibilitychange", look);
    };
  }, [frame]);
  return (inView || asked) && inFront;
}
