// A process of its own that writes a journal, for tests that kill it or take its disk away. Prints a line for
// each outcome: `acknowledged SEQ HASH`, `fault MESSAGE`, and `verdict JSON` at the end.
//   node journal-writer.ts append DIRECTORY COUNT
//   node journal-writer.ts fill DIRECTORY BALLAST      until the disk is full, then without BALLAST
import { rmSync, writeSync } from "node:fs";
import { instant, wallTime } from "../../src/domain/time.ts";
import { openSqliteJournal } from "../../src/drivers/sqlite/sqlite-journal.ts";
import { type Journal, StorageFault } from "../../src/ports/journal.ts";

const [mode, directory = "", last = ""] = process.argv.slice(2);
const clock = { now: () => instant(performance.now()), wall: () => wallTime(Date.now()) };

// Synchronous: what was said must be out before the process is killed.
const say = (line: string): void => void writeSync(1, `${line}\n`);

function append(journal: Journal, n: number): "acknowledged" | "fault" {
  try {
    const padding = "x".repeat(200 + (n % 7) * 150);
    const [record] = journal.append([{ type: "AccessGranted", at: clock.now(), payload: { n, padding } }]);
    say(`acknowledged ${record?.seq} ${record?.hash}`);
    return "acknowledged";
  } catch (error) {
    if (!(error instanceof StorageFault)) throw error;
    say(`fault ${error.message.replaceAll("\n", " ")}`);
    return "fault";
  }
}

function appendMany(journal: Journal, count: number): void {
  for (let n = 1; n <= count; n++) append(journal, n);
}

const mostRecords = 20_000;

function fill(journal: Journal, ballast: string): void {
  let n = 0;
  while (append(journal, ++n) === "acknowledged") {
    if (n > mostRecords) throw new Error("the disk never filled");
  }
  append(journal, ++n); // still full: refused again, not lost
  say(`readable ${journal.query({ limit: 1, newestFirst: true })[0]?.seq}`);
  rmSync(ballast);
  say("room");
  for (let more = 0; more < 5; more++) append(journal, ++n);
}

using journal = openSqliteJournal({ directory, clock, boot: "test" });
if (mode === "fill") fill(journal, last);
else appendMany(journal, Number(last));
say(`verdict ${JSON.stringify(journal.verify())}`);
