/**
 * How soon a door's opening secures the other lock: releases the outer door by its button, opens the inner one's
 * contact, and asks the kernel's trace when the outer lock's line was set. Prints the latencies in milliseconds as
 * JSON. Arguments: an EdgeRounds.
 */
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { GpioTrace, markFile } from "../../support/gpio-trace.ts";
import { ownKernelFiles, readText, writeText } from "../../support/kernel-files.ts";
import { type Level, pullText } from "../../support/simulated-gpio.ts";

export interface EdgeRounds {
  readonly rounds: number;
  /** In milliseconds: fewer rounds where they take longer together. */
  readonly budget: number;
  /** Files of the simulator. The button reads low while it is pressed. */
  readonly button: string;
  readonly contact: string;
  readonly lock: string;
  /** The kernel's number of the lock's line. */
  readonly lockNumber: number;
}

const { rounds, budget, button, contact, lock, lockNumber } = JSON.parse(
  process.argv[2] ?? "{}",
) as EdgeRounds; // the test's
const limit = 60_000;
const pull = (file: string, level: Level): void => writeText(file, pullText(level));

async function isReleased(released: boolean, within: number): Promise<boolean> {
  const end = performance.now() + within;
  while ((readText(lock)?.trim() === "1") !== released) {
    if (performance.now() > end) return false;
    await sleep(2);
  }
  return true;
}

/** Again and again, until the inner door counts as secure. */
async function release(): Promise<void> {
  for (const end = performance.now() + limit; performance.now() < end; await sleep(2)) {
    pull(button, 0);
    const released = await isReleased(true, 50);
    pull(button, 1);
    if (released) return;
  }
  throw new Error("the outer door could not be released within a minute");
}

const trace = await GpioTrace.start(ownKernelFiles);
await trace.clear();
const end = performance.now() + budget;
for (let round = 0; round < rounds && performance.now() < end; round++) {
  await release();
  writeText(markFile, "inner door opens");
  pull(contact, 1);
  if (!(await isReleased(false, limit))) throw new Error("the outer lock was not secured within a minute");
  await sleep(25); // beyond the debounce: a door that was open
  pull(contact, 0);
}
const latencies: number[] = [];
let opened: number | undefined;
for (const event of await trace.events()) {
  if (event.kind === "mark") opened = event.at;
  else if (opened !== undefined && event.kind === "set" && event.line === lockNumber && event.level === 0) {
    latencies.push(event.at - opened);
    opened = undefined;
  }
}
console.log(JSON.stringify(latencies));
process.exit(0);
