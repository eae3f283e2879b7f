import { runCommand } from "../../src/cli/vestibule.ts";

/** A `vestibule` command run in this process: its exit code and what it printed. */
export async function called(...args: string[]) {
  const said = { out: "", err: "" };
  const io = {
    stdout: (text: string) => void (said.out += text),
    stderr: (text: string) => void (said.err += text),
    env: {},
  };
  return { code: await runCommand(args, io), ...said };
}
