import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { type ConfinementTools, confined, type DecoderCommand } from "./ffmpeg-command.ts";

export interface DecoderEvents {
  /** Bytes of pictures. */
  onPictures(chunk: Buffer): void;
  /** Bytes of the log. */
  onLog(chunk: Buffer): void;
  /** Exactly once, when the process is gone and both pipes are read out. `problem`: it could not be started. */
  onEnd(end: DecoderEnd): void;
}

export interface DecoderEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly problem?: string;
}

/** A decoder that runs. Both calls do nothing once it has ended. */
export interface Decoder {
  terminate(): void;
  kill(): void;
}

export type LaunchDecoder = (command: DecoderCommand, events: DecoderEvents) => Decoder;

/** Starts the decoder locked in as tightly as this machine allows. */
export function launchDecoder(command: DecoderCommand, events: DecoderEvents): Decoder {
  const { program, args, playlist } = confined(command, confinementTools());
  const child = spawn(program, args, {
    // An empty environment: nothing of ours is the decoder's business, least of all secrets.
    env: { PATH: process.env["PATH"] ?? "", LC_ALL: "C" },
    cwd: "/",
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const problem: { text?: string } = {};
  child.on("error", (error) => {
    problem.text = error.message;
    if (child.pid === undefined) events.onEnd({ code: null, signal: null, problem: error.message });
  });
  child.on("close", (code, signal) => {
    if (child.pid !== undefined) events.onEnd({ code, signal });
  });
  pipesOf(child, events, playlist);
  return {
    terminate: () => void child.kill("SIGTERM"),
    kill: () => void child.kill("SIGKILL"),
  };
}

function pipesOf(child: ChildProcess, events: DecoderEvents, playlist: string): void {
  const [, pictures, log, address] = child.stdio;
  // Node types stdio by position only up to 2; these were all asked for as pipes above.
  (pictures as Readable).on("data", events.onPictures).on("error", ignoreBrokenPipe);
  (log as Readable).on("data", events.onLog).on("error", ignoreBrokenPipe);
  (address as Writable).on("error", ignoreBrokenPipe).end(playlist);
}

/** A decoder that ends early breaks its pipes; its end is reported by `close`. */
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
