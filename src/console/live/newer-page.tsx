import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { isAnotherPage } from "./page-version.ts";
import { useSite } from "./use-site.ts";

/** Whoever has touched neither key nor pointer for this long is not at work on the page. */
const restingMs = 60_000;
const countdownSeconds = 20;

/**
 * After an update the page is still the former one. It offers to load the new one, and does so by itself where nobody
 * works on it: a wall has nobody to press a button, and a form half filled in is not lost.
 */
export function NewerPage() {
  const { t } = useTranslation();
  const isNewer = useIsNewer();
  const left = useCountdown(isNewer);
  if (!isNewer) return null;
  return (
    <output className="newer-page">
      {t("live.newer")} {left === null ? null : t("live.newerSoon", { seconds: left })}
      <button type="button" className="small" onClick={() => window.location.reload()}>
        {t("live.reload")}
      </button>
    </output>
  );
}

/** Asked whenever the controller was away: it is not updated otherwise. */
function useIsNewer(): boolean {
  const { connection } = useSite();
  const [isNewer, setNewer] = useState(false);
  useEffect(() => {
    if (connection !== "live" || isNewer) return;
    let over = false;
    void isAnotherPage().then((newer) => {
      if (newer && !over) setNewer(true);
    });
    return () => {
      over = true;
    };
  }, [connection, isNewer]);
  useEffect(() => {
    // A part of the page that is fetched only now is gone with the former version.
    const onGone = (): void => setNewer(true);
    window.addEventListener("vite:preloadError", onGone);
    return () => window.removeEventListener("vite:preloadError", onGone);
  }, []);
  return isNewer;
}

/** Seconds until the page loads itself; null while somebody is at work on it. */
function useCountdown(isNewer: boolean): number | null {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    if (!isNewer) return;
    let restingSince = performance.now();
    let isTyped = false;
    const onUse = (): void => {
      restingSince = performance.now();
    };
    const onTyped = (): void => {
      isTyped = true;
    };
    const tick = setInterval(() => {
      const isOpen =
        isTyped || document.querySelector("dialog[open], [role=dialog], [aria-busy=true]") !== null;
      const resting = performance.now() - restingSince - restingMs;
      if (isOpen || resting < 0) return setLeft(null);
      const seconds = countdownSeconds - Math.floor(resting / 1_000);
      if (seconds <= 0) window.location.reload();
      else setLeft(seconds);
    }, 1_000);
    window.addEventListener("pointerdown", onUse);
    window.addEventListener("pointermove", onUse);
    window.addEventListener("keydown", onUse);
    window.addEventListener("input", onTyped);
    return () => {
      clearInterval(tick);
      window.removeEventListener("pointerdown", onUse);
      window.removeEventListener("pointermove", onUse);
      window.removeEventListener("keydown", onUse);
      window.removeEventListener("input", onTyped);
    };
  }, [isNewer]);
  return left;
}
