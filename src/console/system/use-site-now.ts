import { useEffect, useRef, useState } from "react";
import type { SiteState } from "../../ports/controller-services.ts";

/** The site's clock, second by second: the last it said, and what has passed here since. */
export function useSiteNow({ clock: { wall } }: SiteState): number {
  const [now, setNow] = useState(() => Date.parse(wall));
  const said = useRef({ wall: 0, at: 0 });
  useEffect(() => {
    said.current = { wall: Date.parse(wall), at: performance.now() };
  }, [wall]);
  useEffect(() => {
    const timer = setInterval(() => {
      const { wall: last, at } = said.current;
      setNow(last + performance.now() - at);
    }, 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
