import type { Language } from "./language.ts";

/** A name kept in both scripts (`林静 Lin Jing`) is shown in the reader's. */
export function personName(name: string, language: Language): string {
  const both = /^([\p{Script=Han}·]+)\s+(.*\p{Script=Latin}.*)$/u.exec(name);
  if (both === null) return name;
  return (language === "zh" ? both[1] : both[2]) ?? name;
}
