/** The program's own texts come in two languages; Chinese is shown beside the English where LANG asks for it. */
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/** One thing wrong with the configuration, and what to do about it. */
export interface ConfigFault {
  /** The file as it was named, or `environment`. */
  readonly file: string;
  /** From 1; undefined where no line is to blame (the file is missing, a variable is wrong). */
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** `cameras[2].source.url`, a variable's name, or empty for the file as a whole. */
  readonly path: string;
  readonly found: string;
  readonly expected: string;
  readonly remedy: Bilingual;
}

export type Language = "en" | "zh";

/** Nobody reads further; a file that has more wrong is not a site's configuration. */
export const maxFaults = 100;

/** Everything that is wrong with a configuration, in the order of the file. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    const ordered = inOrder(faults);
    super(textOf(ordered, "en"));
    this.faults = ordered;
  }

  /** One fault a line: `file:line:column path — found …; expected …; do …`. */
  text(language: Language): string {
    return textOf(this.faults, language);
  }
}

/** What the person's terminal speaks, by the usual variables in their usual order. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env["LC_ALL"] || env["LC_MESSAGES"] || env["LANG"] || "";
  return locale.startsWith("zh") ? "zh" : "en";
}

function inOrder(faults: readonly ConfigFault[]): readonly ConfigFault[] {
  // A site and its board's profile are checked together: each file by itself, in the order they were read.
  const files = [...new Set(faults.map(({ file }) => file))];
  const byPlace = (a: ConfigFault, b: ConfigFault): number =>
    files.indexOf(a.file) - files.indexOf(b.file) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0);
  return faults.toSorted(byPlace).slice(0, maxFaults);
}

function textOf(faults: readonly ConfigFault[], language: Language): string {
  const lines = faults.flatMap((fault) => linesOf(fault, language));
  if (faults.length === maxFaults) lines.push(`only the first ${maxFaults} faults are listed`);
  return lines.join("\n");
}

function linesOf(fault: ConfigFault, language: Language): string[] {
  const place = fault.line === undefined ? fault.file : `${fault.file}:${fault.line}:${fault.column ?? 1}`;
  const where = fault.path === "" ? place : `${place} ${fault.path}`;
  const english = `${where} — found ${fault.found}; expected ${fault.expected}; ${fault.remedy.en}`;
  return language === "zh" ? [english, `    ${fault.remedy.zh}`] : [english];
}
