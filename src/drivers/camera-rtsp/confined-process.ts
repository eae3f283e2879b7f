import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { type ConfinementTools, confined, type FfmpegCommand } from "./ffmpeg-command.ts";

export interface ProcessEvents {
  /** Bytes of descriptor 1. */
  onOutput(chunk: Buffer): void;
  /** Bytes of the log. */
  onLog(chunk: Buffer): void;
  /** Bytes of descriptor 4, where the command writes there. */
  onIndex(chunk: Buffer): void;
  /** Exactly once, when the process is gone and its pipes are read out. `problem`: it could not be started. */
  onEnd(end: ProcessEnd): void;
}

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly problem?: string;
}

/** An FFmpeg that runs. Every call does nothing once it has ended. */
export interface RunningProcess {
  write(bytes: Uint8Array): void;
  /** Nothing more will be written. */
  endInput(): void;
  /** Bytes written and not yet taken by it. */
  readonly unwritten: number;
  terminate(): void;
  kill(): void;
}

export type Launch = (command: FfmpegCommand, events: ProcessEvents) => RunningProcess;

/** Starts FFmpeg locked in as tightly as this machine allows. */
export function launchConfined(command: FfmpegCommand, events: ProcessEvents): RunningProcess {
  const { program, args, address } = confined(command, confinementTools());
  const child = spawn(program, args, {
    // An empty environment: nothing of ours is FFmpeg's business, least of all secrets.
    env: { PATH: process.env["PATH"] ?? "", LC_ALL: "C" },
    cwd: "/",
    stdio: address === undefined ? ["pipe", "pipe", "pipe"] : ["ignore", "pipe", "pipe", "pipe", "pipe"],
  });
  const problem: { text?: string } = {};
  child.on("error", (error) => {
    problem.text = error.message;
    if (child.pid === undefined) events.onEnd({ code: null, signal: null, problem: error.message });
  });
  child.on("close", (code, signal) => {
    if (child.pid !== undefined) events.onEnd({ code, signal });
  });
  pipesOf(child, events, address);
  const { stdin } = child;
  return {
    write: (bytes) => void (stdin?.writable === true && stdin.write(bytes)),
    endInput: () => void stdin?.end(),
    get unwritten() {
      return stdin?.writableLength ?? 0;
    },
    terminate: () => void child.kill("SIGTERM"),
    kill: () => void child.kill("SIGKILL"),
  };
}

function pipesOf(child: ChildProcess, events: ProcessEvents, address: string | undefined): void {
  const [input, output, log, playlist, index] = child.stdio;
  // Node types stdio by position only up to 2; these were all asked for as pipes above.
  (output as Readable).on("data", events.onOutput).on("error", ignoreBrokenPipe);
  (log as Readable).on("data", events.onLog).on("error", ignoreBrokenPipe);
  input?.on("error", ignoreBrokenPipe);
  if (address === undefined) return;
  (playlist as Writable).on("error", ignoreBrokenPipe).end(address);
  (index as Readable).on("data", events.onIndex).on("error", ignoreBrokenPipe);
}

/** A process that ends early breaks its pipes; its end is reported by `close`. */
function ignoreBrokenPipe(): void {}

/** The program's path, or undefined where no folder of PATH has it. */
export function findProgram(name: string, path = process.env["PATH"] ?? ""): string | undefined {
  const folders = path.split(delimiter).filter((folder) => folder.startsWith("/"));
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function confinementTools(): ConfinementTools {
  return {
    prlimit: findProgram("prlimit"),
    nice: findProgram("nice"),
    setpriv: findProgram("setpriv"),
    isRoot: process.getuid?.() === 0,
  };
}
