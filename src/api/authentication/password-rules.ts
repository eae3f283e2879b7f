/** Long enough, yet among the first that a guesser tries. Compared in lower case. */
const common: ReadonlySet<string> = new Set([
  "123456789012",
  "1234567890123",
  "12345678901234",
  "123456123456",
  "123123123123",
  "qwertyuiop12",
  "qwertyuiop123",
  "qwertyuiopasdf",
  "1q2w3e4r5t6y",
  "1qaz2wsx3edc",
  "abcdefghijkl",
  "abc123abc123",
  "password1234",
  "password12345",
  "passwordpassword",
  "adminadmin12",
  "admin1234567",
  "admin12345678",
  "administrator",
  "administrator1",
  "woaini520520",
  "woaini1314520",
  "iloveyou1234",
  "letmeinletmein",
  "changemechangeme",
  "vestibule123",
  "vestibule1234",
  "correcthorsebatterystaple",
]);

const passwordLength = { least: 12, most: 128 } as const;

/** Why `password` may not be used, in words for the person choosing it; undefined where it may. */
export function passwordFault(password: string, username: string): string | undefined {
  const length = Array.from(password).length;
  if (length < passwordLength.least) return `A password has at least ${passwordLength.least} characters.`;
  if (length > passwordLength.most) return `A password has at most ${passwordLength.most} characters.`;
  const lower = password.toLowerCase();
  if (lower.includes(username.toLowerCase())) return "A password does not contain the user name.";
  if (common.has(lower)) return "This password is among the first that are guessed.";
  if (new Set(lower).size < 5) return "A password has at least five different characters.";
  return undefined;
}
