import { NoticeFault } from "../../ports/notice.ts";

/** After the Standard Webhooks specification: less can be guessed. */
const shortestKey = 24;
/** While one key is exchanged for the next. */
const mostKeys = 4;

/** The keys of a secret's file: `whsec_` and base64, or any text of at least 24 characters; one a line. */
export function signingKeys(file: string): readonly Buffer[] {
  const lines = file.split(/\r?\n/).map((line) => line.trim());
  const keys = lines
    .filter((line) => line !== "")
    .slice(0, mostKeys)
    .map((line) =>
      line.startsWith("whsec_") ? Buffer.from(line.slice("whsec_".length), "base64") : Buffer.from(line),
    );
  if (keys.length === 0) throw new NoticeFault("the secret's file is empty");
  if (keys.some((key) => key.length < shortestKey))
    throw new NoticeFault(`the secret is shorter than ${shortestKey} bytes`);
  return keys;
}
