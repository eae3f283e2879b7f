import { useCallback, useEffect, useRef, useState } from "react";
import { beginWatchPairing, type GetWatchData, getWatch } from "../api/client.ts";
import { ApiError } from "../api/http.ts";

/** What this screen is to the controller. */
export type OwnScreen =
  | { readonly is: "asking" }
  /** The controller does not answer, and what this screen may show is not known. */
  | { readonly is: "unreachable"; readonly takenBack: Date | null }
  /** It is no screen of the site: `takenBack` at that time, where it was until then. */
  | { readonly is: "pairing"; readonly code: string; readonly takenBack: Date | null }
  | { readonly is: "paired"; readonly own: GetWatchData };

/** Soon enough for whoever has just typed the code. */
const pairedYetAfter = 1_500;
const retryAfter = 1_000;
/** What it may show may have been changed; the stream itself ends at once. */
const askedAgainAfter = 5_000;
/** A request that is not answered by then is not waited for. */
const patience = 2_500;

/** Asks for as long as the page is open. `askNow`: the controller has refused it something. */
export function useOwnScreen(): { readonly screen: OwnScreen; readonly askNow: () => void } {
  const [screen, setScreen] = useState<OwnScreen>({ is: "asking" });
  const [turn, setTurn] = useState(0);
  const known = useRef<OwnScreen>(screen);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      const next = await asked(known.current, stop.signal);
      if (stop.signal.aborted) return;
      known.current = next.screen;
      setScreen((before) => (isSame(before, next.screen) ? before : next.screen));
      timer = setTimeout(() => void ask(), next.again);
    };
    void ask();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [turn]);
  const askNow = useCallback(() => setTurn((before) => before + 1), []);
  return { screen, askNow };
}

interface Answer {
  readonly screen: OwnScreen;
  /** Milliseconds. */
  readonly again: number;
}

async function asked(before: OwnScreen, over: AbortSignal): Promise<Answer> {
  const signal = (): AbortSignal => AbortSignal.any([over, AbortSignal.timeout(patience)]);
  try {
    return { screen: { is: "paired", own: await getWatch({ signal: signal() }) }, again: askedAgainAfter };
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401)) return unanswered(before);
  }
  const takenBack = before.is === "paired" ? new Date() : takenBackOf(before);
  try {
    const { code } = await beginWatchPairing({ signal: signal() });
    return { screen: { is: "pairing", code, takenBack }, again: pairedYetAfter };
  } catch {
    return before.is === "paired"
      ? { screen: { is: "unreachable", takenBack }, again: retryAfter }
      : unanswered(before);
  }
}

const takenBackOf = (screen: OwnScreen): Date | null => ("takenBack" in screen ? screen.takenBack : null);

/** What was known holds: a wall itself says that it hears nothing, and beside a code stands that nobody watches. */
const unanswered = (before: OwnScreen): Answer => ({
  screen: before.is === "asking" ? { is: "unreachable", takenBack: null } : before,
  again: retryAfter,
});

const isSame = (one: OwnScreen, other: OwnScreen): boolean => JSON.stringify(one) === JSON.stringify(other);
