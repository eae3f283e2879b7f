import { readdirSync, readFileSync } from "node:fs";
import { type Figure, figure } from "./figures.ts";

interface ProcessSeen {
  readonly pid: number;
  readonly name: string;
  readonly pssMb: number;
  readonly rssMb: number;
  /** User and system time since its start. */
  readonly cpuMs: number;
}

/** The kernel's unit of time in /proc/PID/stat; 100 on every Linux that Node runs on. */
const tickMs = 10;

/** The process and everything that descends from it. */
function family(root: number): readonly ProcessSeen[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = statOf(Number(entry));
    if (stat !== undefined) parents.set(Number(entry), Number(stat[1]));
  }
  const descends = (pid: number): boolean => {
    const parent = parents.get(pid);
    return pid === root || (parent !== undefined && parent !== pid && descends(parent));
  };
  return [...parents.keys()].filter(descends).flatMap((pid) => seen(pid) ?? []);
}

export function childNamed(root: number, name: string): number {
  const child = family(root).find((one) => one.name === name);
  if (child === undefined) throw new Error(`no ${name} process`);
  return child.pid;
}

export function memoryFigures(when: string, root: number, target?: number): Figure[] {
  const all = family(root);
  const sum = (value: (one: ProcessSeen) => number): number =>
    all.reduce((total, one) => total + value(one), 0);
  return [
    figure(
      `memory ${when}: all processes together, shared pages counted once`,
      [togetherMb(all.map(({ pid }) => pid))],
      "MB",
      target,
    ),
    figure(
      `memory ${when}: all processes, sum of RSS (shared pages counted in each)`,
      [sum(({ rssMb }) => rssMb)],
      "MB",
    ),
    ...all.flatMap(({ name, pssMb, rssMb }) => [
      figure(`memory ${when}: ${name}, PSS`, [pssMb], "MB"),
      figure(`memory ${when}: ${name}, RSS`, [rssMb], "MB"),
    ]),
  ];
}

export async function cpuFigures(root: number, forMs: number): Promise<Figure[]> {
  const before = new Map(family(root).map(({ pid, cpuMs }) => [pid, cpuMs]));
  const started = performance.now();
  await new Promise((resolve) => setTimeout(resolve, forMs));
  const elapsed = performance.now() - started;
  const shares = family(root).map(({ pid, name, cpuMs }) => ({
    name,
    share: (100 * (cpuMs - (before.get(pid) ?? cpuMs))) / elapsed,
  }));
  const total = shares.reduce((sum, { share }) => sum + share, 0);
  return [
    figure("processor at rest: all processes", [total], "% of a core"),
    ...shares.map(({ name, share }) => figure(`processor at rest: ${name}`, [share], "% of a core")),
  ];
}

/** Of one process and what descends from it, in percent of a core. Whoever ends meanwhile is not counted. */
export async function processorShare(root: number, forMs: number): Promise<number> {
  const before = new Map(family(root).map(({ pid, cpuMs }) => [pid, cpuMs]));
  const started = performance.now();
  await new Promise((resolve) => setTimeout(resolve, forMs));
  const elapsed = performance.now() - started;
  // Whoever was started meanwhile has used all its time in it.
  const used = family(root).reduce((sum, { pid, cpuMs }) => sum + cpuMs - (before.get(pid) ?? 0), 0);
  return (100 * used) / elapsed;
}

function seen(pid: number): ProcessSeen | undefined {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    const stat = statOf(pid);
    if (stat === undefined) return undefined;
    const title = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return {
      pid,
      name: /^vestibule \w+/.exec(title)?.[0].slice("vestibule ".length) ?? title.slice(0, 40),
      pssMb: kilobytes(rollup, "Pss") / 1024,
      rssMb: kilobytes(rollup, "Rss") / 1024,
      cpuMs: (Number(stat[11]) + Number(stat[12])) * tickMs,
    };
  } catch {
    return undefined; // it ended meanwhile
  }
}

function kilobytes(rollup: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(rollup)?.[1] ?? 0);
}

/**
 * What these processes take: their own pages, and each file's shared pages once. PSS would do were nothing else
 * running: another program with the same Node takes over a share of the pages, and the figure gets better by that.
 */
function togetherMb(pids: readonly number[]): number {
  const shared = new Map<string, number>();
  let own = 0;
  for (const pid of pids) {
    for (const { file, ownKb, sharedKb } of mappings(pid)) {
      own += ownKb;
      shared.set(file, Math.max(shared.get(file) ?? 0, sharedKb));
    }
  }
  return (own + [...shared.values()].reduce((sum, kb) => sum + kb, 0)) / 1024;
}

interface Mapping {
  /** Which piece of which file; anonymous pages that are shared after all count as one file. */
  readonly file: string;
  readonly ownKb: number;
  readonly sharedKb: number;
}

function mappings(pid: number): readonly Mapping[] {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/smaps`, "utf8");
  } catch {
    return []; // it ended meanwhile
  }
  // Each mapping: a line of addresses, rights, offset, device and inode, then its figures.
  return text.split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m).map((piece) => {
    const [, , offset, device, inode] = piece.split(/\s+/);
    const kb = (name: string): number => kilobytes(piece, name);
    return {
      file: `${device} ${inode} ${offset}`,
      ownKb: kb("Private_Clean") + kb("Private_Dirty"),
      sharedKb: kb("Shared_Clean") + kb("Shared_Dirty"),
    };
  });
}

/** The fields after the name: state, parent, … */
function statOf(pid: number): readonly string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
