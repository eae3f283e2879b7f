/** One setting of a systemd unit, in the order of the file. */
export interface Setting {
  readonly section: string;
  readonly name: string;
  readonly value: string;
}

/** Reads a unit file as systemd.syntax(7) describes it, without line continuations, which ours do not use. */
export function parseUnit(text: string): readonly Setting[] {
  const settings: Setting[] = [];
  let section: string | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    if (/^\s*([#;].*)?$/.test(line)) continue;
    const heading = /^\[([A-Z][A-Za-z]*)\]$/.exec(line)?.[1];
    if (heading !== undefined) {
      section = heading;
      continue;
    }
    const [, name, value] = /^([A-Z][A-Za-z]*)=(.*)$/.exec(line) ?? [];
    if (section === undefined || name === undefined || value === undefined || value.endsWith("\\")) {
      throw new Error(`line ${index + 1} is no setting of a section: ${line}`);
    }
    settings.push({ section, name, value });
  }
  return settings;
}
