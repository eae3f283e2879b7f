// A process of its own that gives a data directory a new key, for tests that kill it. Prints a line after each step.
//   node key-rotator.ts DIRECTORY
import { writeSync } from "node:fs";
import { openSiteStorage } from "../../src/composition/open-site-storage.ts";
import { resealingOf } from "../../src/composition/resealing.ts";
import { instant, wallTime } from "../../src/domain/time.ts";
import { beginKeyRotation } from "../../src/drivers/site-key/site-keys.ts";

const [directory = ""] = process.argv.slice(2);
const clock = { now: () => instant(performance.now()), wall: () => wallTime(Date.now()) };
// Synchronous: what was said must be out before the process is killed.
const say = (line: string): void => void writeSync(1, `${line}\n`);

say(beginKeyRotation(directory));
using storage = openSiteStorage({ directory, clock, env: {} });
const pass = resealingOf(storage);
for (;;) {
  const { looked, resealed } = pass.next(2);
  if (looked === 0) break;
  if (resealed > 0) say(`resealed ${resealed}`);
}
storage.keys.destroyFormer();
say("destroyed");
