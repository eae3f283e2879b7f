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

/** What a system, a device or a library said in its own words: kept as it is, and in Chinese with what it is about. */
export const inItsWords = (text: string, zh: string): Bilingual => said(text, `${zh}（原文：${text}）`);

/** A file with a password that is not there, or not ours to read. Anything else is a bug and goes up. */
export function unreadableSecret(area: Area, subject: string, error: unknown): Finding {
  if (!(error instanceof Error && "code" in error)) throw error;
  return {
    area,
    subject,
    verdict: "bad",
    tried: said("read its password file", "读取密码文件"),
    seen: inItsWords(error.message, "密码文件无法读取"),
    todo: said(
      "write the password into this file, mode 0600, owner vestibule",
      "请将密码写入该文件，权限 0600，属主 vestibule。",
    ),
  };
}
