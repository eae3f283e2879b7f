/** As the server has it; the server decides, this only tells beforehand. */
export const minimumLength = 12;

export type PasswordRule = "ruleLength" | "ruleVaried" | "ruleDifferent" | "ruleNotName" | "ruleSame";

export interface PasswordEntry {
  readonly username: string;
  readonly current: string;
  readonly next: string;
  readonly repeat: string;
}

/** Each rule in the order shown, and whether the entry meets it. */
export function passwordRules(entry: PasswordEntry): readonly { rule: PasswordRule; met: boolean }[] {
  const { username, current, next, repeat } = entry;
  const given = next.length > 0;
  return [
    { rule: "ruleLength", met: Array.from(next).length >= minimumLength },
    { rule: "ruleVaried", met: new Set(next.toLowerCase()).size >= 5 },
    { rule: "ruleDifferent", met: given && next !== current },
    { rule: "ruleNotName", met: given && !next.toLowerCase().includes(username.toLowerCase()) },
    { rule: "ruleSame", met: given && next === repeat },
  ];
}
