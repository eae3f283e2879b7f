import { useEffect } from "react";

/** A phone that goes dark while both hands are at the door helps nobody. */
export function useAwakeScreen(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let over = false;
    const ask = async (): Promise<void> => {
      // Only in secure contexts, and not where the battery is low: then the screen sleeps as ever.
      const got = await navigator.wakeLock?.request("screen").catch(() => undefined);
      if (over) await got?.release();
      else lock = got;
    };
    void ask();
    return () => {
      over = true;
      void lock?.release();
    };
  }, []);
}
