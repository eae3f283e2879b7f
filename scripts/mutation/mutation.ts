/** A mistake that somebody could make in the interlock: a small edit of one file. */
export interface SeededMutation {
  /** Kebab-case, unique; what the tables call it. */
  readonly name: string;
  /** The rule of the interlock that it breaks. */
  readonly rule: string;
  /** From the repository's root. */
  readonly file: string;
  /** Text that stands exactly once in the file. */
  readonly from: string;
  readonly to: string;
  /** Why a person might write it. */
  readonly why: string;
}

/** What is wrong with the edit for this text of its file, if anything: it has to apply once, and only once. */
export function anchorFault({ name, file, from, to }: SeededMutation, text: string): string | undefined {
  const found = text.split(from).length - 1;
  if (found !== 1) return `${name}: its text stands ${found} times in ${file}, not once`;
  return from === to ? `${name}: changes nothing` : undefined;
}

export function mutated({ from, to }: SeededMutation, text: string): string {
  return text.replace(from, () => to);
}
