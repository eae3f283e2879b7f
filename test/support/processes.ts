import { readdirSync, readFileSync } from "node:fs";

export interface ProcessSeen {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  /** Command line and environment. */
  readonly text: string;
}

export function processes(): ProcessSeen[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        const read = (file: string) => readFileSync(`/proc/${entry}/${file}`, "utf8");
        const stat = /^\d+ \((.*)\) \S (\d+)/s.exec(read("stat"));
        const text = read("cmdline") + read("environ");
        return [{ pid: Number(entry), parent: Number(stat?.[2]), name: stat?.[1] ?? "", text }];
      } catch {
        return []; // it ended meanwhile
      }
    });
}

/** Whether it still runs; one that ended and whose parent has not looked yet does not. */
export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX] /s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
