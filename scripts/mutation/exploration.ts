import { spawn } from "node:child_process";

const module = "src/domain/interlock";

/** Minutes are far beyond what the short variants take on a busy machine; a mistake may make states without end. */
const longest = 10 * 60_000;

export const isExplored = (file: string): boolean => file.startsWith(`${module}/`);

/** Explores the short variants of the interlock in `folder`, by the explorer there; says the first violation in words. */
export function firstViolation(folder: string): Promise<string | undefined> {
  const child = spawn(process.execPath, ["scripts/prove.ts", "--short", "--first", "--jobs", "1"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: longest,
  });
  let output = "";
  let complaint = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) return resolve(undefined);
      const violation = output.split("\n").find((line) => line.includes("✗"));
      if (violation !== undefined) return resolve(violation.replace("✗", "").trim());
      // Rules that throw have no trace, but a word of their own. Anything else is the explorer's own trouble.
      const thrown = /interlock rules do not come to rest/.exec(complaint);
      if (thrown !== null) return resolve(thrown[0]);
      reject(new Error(`the exploration failed: ${complaint.slice(-500)}`));
    });
  });
}
