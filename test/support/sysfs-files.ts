import { writeFileSync } from "node:fs";
import type { LockLines } from "../../src/composition/lock-lines-file.ts";

// A sysfs as files, in a mount namespace of its own: enough for whoever writes lines, and no kernel that listens.

export const chipLabel = "vestibule-test";
const base = 512;
const folder = "/sys/class/gpio";

const line = (name: string, offset: number, activeLow: boolean, chip: string) =>
  ({ name, chip, line: { offset }, activeLow, pull: "external" }) as const;

/** What a supervisor leaves: the outer lock is active high, the inner one active low; both relays rest secured. */
export function writeLockLines(file: string, chip = chipLabel): string {
  const lines: LockLines = {
    driver: "sysfs",
    wired: [
      [
        "v1",
        {
          doors: {
            outer: {
              lock: line("outer.lock", 1, false, chip),
              contact: line("outer.contact", 3, false, chip),
            },
            inner: {
              lock: line("inner.lock", 2, true, chip),
              contact: line("inner.contact", 4, false, chip),
            },
          },
        },
      ],
    ],
  };
  writeFileSync(file, JSON.stringify(lines));
  return file;
}

/** Arguments of `unshare` that run a bash command where one chip's two locks' lines stand exported, and nobody's. */
export function amongSysfsFiles(command: string): readonly string[] {
  const script = [
    "set -e",
    "mount -t tmpfs none /sys/class",
    `mkdir -p ${folder}/gpiochip${base} ${folder}/gpio${base + 1} ${folder}/gpio${base + 2}`,
    `echo ${chipLabel} > ${folder}/gpiochip${base}/label`,
    `echo ${base} > ${folder}/gpiochip${base}/base`,
    `echo 8 > ${folder}/gpiochip${base}/ngpio`,
    `for n in 1 2; do echo out > ${folder}/gpio$((${base} + n))/direction; done`,
    "set +e",
    command,
  ].join("\n");
  return ["--map-root-user", "--mount", "bash", "-c", script];
}

/** Prints both locks' directions, outer first, each on a line. */
export const printDirections = [1, 2]
  .map((offset) => `cat ${folder}/gpio${base + offset}/direction; echo`)
  .join("; ");
