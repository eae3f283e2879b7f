import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openSiteStorage } from "../../src/composition/open-site-storage.ts";
import { SystemClock } from "../../src/drivers/clock/system-clock.ts";
import { type Figure, figure } from "./figures.ts";

/** One record after the other, each durable before the next; `scripts/bench-journal.ts` tells more. */
export function journalWrites(directory: string, times: number): Figure[] {
  const clock = new SystemClock();
  const scratch = mkdtempSync(join(directory, "journal-"));
  try {
    using storage = openSiteStorage({ directory: scratch, clock, env: {} });
    const payload = { vestibule: "v1", door: "outer", passage: "0".repeat(36), detail: "x".repeat(700) };
    const spent = Array.from({ length: times }, () => {
      const started = performance.now();
      storage.journal.append([{ type: "Measured", at: clock.now(), payload }]);
      return performance.now() - started;
    });
    return [figure("one durable record in the journal", spent, "ms")];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
