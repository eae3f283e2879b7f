import type { Bilingual } from "../../config/config-error.ts";

export type Area =
  | "lines"
  | "doors"
  | "readers"
  | "cameras"
  | "clock"
  | "broker"
  | "disk"
  | "models"
  | "watchdog"
  | "service";

/** `doubtful`: it works now, and somebody should know. */
export type Verdict = "good" | "doubtful" | "bad";

/** One thing that was looked at: what was tried, what was seen, what to do about it. */
export interface Finding {
  readonly area: Area;
  /** What it is about, by its name in the configuration. */
  readonly subject: string;
  readonly verdict: Verdict;
  readonly tried: Bilingual;
  readonly seen: Bilingual;
  readonly todo?: Bilingual;
}

export const said = (en: string, zh: string): Bilingual => ({ en, zh });
/** A name or figure that is the same in both languages. */
export const same = (text: string): Bilingual => ({ en: text, zh: text });
