import type { Milliseconds, WallTime } from "../time.ts";

export interface KeptFile {
  readonly hash: string;
  readonly bytes: number;
  readonly keptAt: WallTime;
}

/** Whose it is: an alarm's that is still open, one's that named it last at this time, or nobody's. */
export type Belonging = "openAlarm" | { readonly alarmAt: WallTime } | undefined;

export interface RetentionRules {
  readonly mostFiles: number;
  readonly mostBytes: number;
  readonly usual: Milliseconds;
  readonly ofAlarms: Milliseconds;
}

export interface Pruning {
  /** Oldest first. */
  readonly tooOld: readonly KeptFile[];
  /** Oldest first; none of them an alarm's. */
  readonly tooMuch: readonly KeptFile[];
  /** What would have to go too, and must not: bytes and files over the limits that alarms' evidence alone makes. */
  readonly excess: { readonly bytes: number; readonly files: number } | undefined;
}

/**
 * What goes now, of `files` oldest first. Space is made of what belongs to no alarm only: an alarm's evidence is
 * protected for its retention, whatever the limits say, and while the alarm is open for ever.
 * `byAge`: whether the wall clock can be believed.
 */
export function pruning(
  files: readonly KeptFile[],
  belonging: (hash: string) => Belonging,
  rules: RetentionRules,
  now: WallTime,
  byAge = true,
): Pruning {
  const tooOld = byAge ? files.filter((file) => isOver(file, belonging(file.hash), rules, now)) : [];
  const gone = new Set(tooOld.map(({ hash }) => hash));
  const left = files.filter(({ hash }) => !gone.has(hash));
  let bytes = left.reduce((sum, file) => sum + file.bytes, 0);
  let count = left.length;
  const tooMuch: KeptFile[] = [];
  for (const file of left) {
    if (count <= rules.mostFiles && bytes <= rules.mostBytes) break;
    if (belonging(file.hash) !== undefined) continue;
    tooMuch.push(file);
    bytes -= file.bytes;
    count -= 1;
  }
  const excess = { bytes: Math.max(0, bytes - rules.mostBytes), files: Math.max(0, count - rules.mostFiles) };
  return { tooOld, tooMuch, excess: excess.bytes + excess.files > 0 ? excess : undefined };
}

function isOver(
  file: KeptFile,
  whose: Belonging,
  { usual, ofAlarms }: RetentionRules,
  now: WallTime,
): boolean {
  if (whose === "openAlarm") return false;
  if (whose === undefined) return now - file.keptAt >= usual;
  // Named again by a later alarm: from then on.
  return now - Math.max(file.keptAt, whose.alarmAt) >= ofAlarms;
}
