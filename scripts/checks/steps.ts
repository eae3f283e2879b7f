import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./source-files.ts";

/** One thing that can be right or wrong about the tree, found out by running a command. */
export interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Shows its output as it comes instead of only when it failed. */
  readonly live?: boolean;
}

export interface StepResult {
  readonly name: string;
  readonly passed: boolean;
}

/** What one step may print before the rest is left out; a compiler can say the same thing ten thousand times. */
const outputLimit = 200_000;

/** Runs the steps in their order, as many at a time as `width`; prints each one's name and seconds as it ends. */
export async function runSteps(steps: readonly Step[], width: number): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  const waiting = [...steps];
  const worker = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      results.push(await runStep(step));
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

async function runStep(step: Step): Promise<StepResult> {
  const started = performance.now();
  const [program, ...rest] = step.command;
  const child = spawn(program, rest, {
    cwd: root,
    stdio: ["ignore", step.live ? "inherit" : "pipe", step.live ? "inherit" : "pipe"],
    env: { ...process.env, PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH ?? ""}` },
  });
  const { code, output } = await finished(child);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const passed = code === 0;
  if (!passed && output !== "") console.log(output.trimEnd());
  console.log(`${passed ? "ok    " : "FAILED"} ${step.name.padEnd(14)} ${seconds.padStart(5)} s`);
  return { name: step.name, passed };
}

function finished(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = "";
  const collect = (chunk: Buffer): void => {
    if (output.length < outputLimit) output += chunk.toString();
  };
  child.stdout?.on("data", collect);
  child.stderr?.on("data", collect);
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: null, output: error.message }));
    child.on("close", (code) => resolve({ code, output }));
  });
}
