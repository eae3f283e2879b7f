import type { SearchedJournal } from "../drivers/sqlite/sqlite-journal.ts";
import { StorageFault } from "../ports/journal.ts";

/** Few at once, with pauses: a few milliseconds of the loop that decides about doors, a minute for a million records. */
const atOnce = 250;
const pause = 15;
const pauseAfterFault = 5_000;

/** Works through what an older release's journal has, so that it can be searched by everything. */
export function indexInBackground(journal: Pick<SearchedJournal, "coverMore">): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const step = (): void => {
    let wait = pause;
    try {
      if (journal.coverMore(atOnce)) return;
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      wait = pauseAfterFault; // the recorder sees to the disk
    }
    timer = setTimeout(step, wait);
  };
  timer = setTimeout(step, pause);
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}
