/** What the page is read in. */
export type Language = "en" | "zh";

/** Short enough for a label in a drawing: the first of several names in Latin script. */
export function labelName(name: string): string {
  return /^\p{Script=Latin}/u.test(name) ? (name.split(" ")[0] ?? name) : name;
}

/** A name kept in both scripts (`林静 Lin Jing`) is shown in the reader's. */
export function personName(name: string, language: Language): string {
  const both = /^([\p{Script=Han}·]+)\s+(.*\p{Script=Latin}.*)$/u.exec(name);
  if (both === null) return name;
  return (language === "zh" ? both[1] : both[2]) ?? name;
}
