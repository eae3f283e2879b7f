import { ModelError } from "../drivers/face-nets/model-manifest.ts";
import { type BackendChoice, backendNames } from "../drivers/face-nets/open-face-engine.ts";
import { BackendError } from "../drivers/face-nets/tensorflow/tensorflow.ts";
import type { CommandIo, ExitCode } from "./command.ts";
import { InputError } from "./face-pictures.ts";

export const usageError = (message: string): InputError => new InputError(`${message}; see --help`);

export function backendOption(value: string): BackendChoice {
  const choice = (["auto", ...backendNames] as const).find((name) => name === value);
  if (choice !== undefined) return choice;
  throw usageError(
    `--backend ${value}: auto, ${backendNames.slice(0, -1).join(", ")} or ${backendNames.at(-1)} is expected`,
  );
}

/** One line on stderr and exit 2 for what the person can put right; anything else is a bug and goes on up. */
export function failure(command: string, cause: unknown, io: CommandIo): ExitCode {
  if (!isForThePerson(cause)) throw cause;
  io.stderr(`${command}: ${cause.message.replaceAll("\n", " ")}\n`);
  return 2;
}

function isForThePerson(cause: unknown): cause is Error {
  if (cause instanceof InputError || cause instanceof ModelError || cause instanceof BackendError)
    return true;
  return cause instanceof TypeError && "code" in cause && String(cause.code).startsWith("ERR_PARSE_ARGS");
}
