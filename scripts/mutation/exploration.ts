import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "../checks/source-files.ts";

const module = "src/domain/interlock";

/** Minutes are far beyond what the short variants take on a busy machine; a mistake may make states without end. */
const longest = 10 * 60_000;

export const isExplored = (file: string): boolean => file.startsWith(`${module}/`);

/** Explores the short variants of the interlock in `folder`; says the first violation in words. */
export function firstViolation(folder: string): Promise<string | undefined> {
  const child = spawn(
    process.execPath,
    ["scripts/prove.ts", "--short", "--first", "--jobs", "1", "--module", join(folder, module)],
    { cwd: root, stdio: ["ignore", "pipe", "pipe"], timeout: longest },
  );
  let output = "";
  let complaint = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) return resolve(undefined);
      const [violation] = output.split("\n").filter((line) => line.trim() !== "");
      // Rules that throw end the exploration before it can say more than that.
      const thrown = complaint.split("\n").find((line) => line.includes("Error: "));
      resolve(violation ?? thrown?.trim() ?? `ended with ${code ?? "no"} code`);
    });
  });
}
