import { useEffect, useState } from "react";
import { useSite } from "../live/use-site.ts";

/** The controller's monotonic clock, now: it is told with each state, and goes on here by the second. */
export function useMonotonic(): number {
  const { state, stateAt } = useSite();
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (state?.clock.monotonic ?? 0) + Math.max(0, now - stateAt);
}
