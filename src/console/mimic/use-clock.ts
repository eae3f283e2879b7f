import { useEffect, useMemo, useState } from "react";
import type { SiteState } from "../../ports/controller-services.ts";

/** The controller's monotonic clock, now: it is told with each state, and goes on here by the second. */
export function useMonotonic(state: Pick<SiteState, "clock">): number {
  const told = useMemo(() => ({ monotonic: state.clock.monotonic, at: performance.now() }), [state.clock]);
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return told.monotonic + Math.max(0, now - told.at);
}
