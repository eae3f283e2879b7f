import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Answer, EngineName, Order } from "./face-engine-process.ts";
import { type Figure, figure, quantile } from "./figures.ts";

const program = fileURLToPath(new URL("./face-engine-process.ts", import.meta.url));
/** Everything is loaded and compiled by then. */
const warmUps = 3;
/** So many in a row before the other one's turn, so that what else runs here slows all alike. */
const inARow = 3;
/** A verified frame costs at most a tenth of the straightforward loop's, at the size in which cameras are decoded. */
const mostPercent = 10;
const decodedSize = "frame 640×360";

/** The straightforward loop, our recipe on WASM, and on ONNX Runtime: each in a process of its own, in turns. */
export async function faceFigures(rounds: number): Promise<Figure[]> {
  await using library = await EngineProcess.start("library");
  await using wasm = await EngineProcess.start("wasm");
  await using onnx = await EngineProcess.start("onnx");
  const engines = [library, wasm, onnx];
  const spent = new Map<string, number[]>();
  for (let round = -1; round < rounds; round += 1) {
    for (const engine of engines) {
      for (const step of engine.steps) {
        const ms = await engine.run(step, round < 0 ? warmUps : inARow);
        if (round >= 0)
          spent.set(`${step}: ${engine.name}`, [...(spent.get(`${step}: ${engine.name}`) ?? []), ...ms]);
      }
    }
  }
  return [
    ...library.steps.map((step) => share(step, spent)),
    ...[...spent].map(([what, ms]) => figure(`face, ${named(what)}`, ms, "ms")),
    ...engines.flatMap(({ name, loadMs, startMb, usedMb }) => [
      figure(`face engine ${named(name)}: loading`, [loadMs], "ms"),
      figure(`face engine ${named(name)}: memory once loaded, PSS`, [startMb], "MB"),
      figure(`face engine ${named(name)}: memory after all of these, PSS`, [usedMb], "MB"),
    ]),
  ];
}

/** Of the medians, and of each round's. */
function share(step: string, spent: ReadonlyMap<string, readonly number[]>): Figure {
  const of = (engine: EngineName): readonly number[] => spent.get(`${step}: ${engine}`) ?? [];
  const straightforward = quantile(of("library"), 0.5);
  const percent = of("onnx").map((ms) => (100 * ms) / straightforward);
  return figure(
    `face, ${step}: verified, in share of the straightforward loop`,
    percent,
    "%",
    step === decodedSize ? mostPercent : undefined,
  );
}

const named = (what: string): string =>
  what
    .replace(/\blibrary$/, "straightforward loop, WASM")
    .replace(/\bwasm$/, "ours on WASM")
    .replace(/\bonnx$/, "ours on ONNX Runtime");

class EngineProcess implements AsyncDisposable {
  readonly name: EngineName;
  readonly steps: readonly string[];
  readonly loadMs: number;
  readonly startMb: number;
  usedMb: number;
  readonly #child: ChildProcess;

  private constructor(name: EngineName, child: ChildProcess, ready: Extract<Answer, { type: "ready" }>) {
    this.name = name;
    this.steps = ready.steps;
    this.loadMs = ready.loadMs;
    this.startMb = ready.pssMb;
    this.usedMb = ready.pssMb;
    this.#child = child;
  }

  static async start(name: EngineName): Promise<EngineProcess> {
    const child = fork(program, [name], {
      execArgv: ["--expose-gc", "--disable-warning=ExperimentalWarning"],
    });
    const answer = await answerOf(child);
    if (answer.type !== "ready") throw new Error(`${name}: not ready`);
    return new EngineProcess(name, child, answer);
  }

  async run(step: string, times: number): Promise<readonly number[]> {
    this.#child.send({ step, times } satisfies Order);
    const answer = await answerOf(this.#child);
    if (answer.type !== "done") throw new Error(`${this.name}: not done`);
    this.usedMb = Math.max(this.usedMb, answer.pssMb);
    return answer.ms;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.kill();
    await ended;
  }
}

async function answerOf(child: ChildProcess): Promise<Answer> {
  const answered = new AbortController();
  const { signal } = answered;
  try {
    const [answer] = await Promise.race([
      once(child, "message", { signal }),
      once(child, "exit", { signal }).then(([code]) => {
        throw new Error(`the engine's process ended with ${String(code)}`);
      }),
    ]);
    return answer as Answer; // from face-engine-process.ts
  } finally {
    answered.abort();
  }
}
