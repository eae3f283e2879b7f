/** Where a command writes. `stdout` is the answer, `stderr` progress and faults. */
export interface CommandIo {
  stdout(text: string): void;
  stderr(text: string): void;
  /** What is sent to it, at most so many characters; where a command takes anything at all. */
  stdin?(most: number): Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** 0 done · 1 the answer is no · 2 wrong usage or bad input. */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  /** `["face", "compare"]` is called as `vestibule face compare`. */
  readonly name: readonly string[];
  /** One line for `vestibule --help`. */
  readonly summary: string;
  /** Shown by `--help`; names every option. */
  readonly usage: string;
  run(args: readonly string[], io: CommandIo): Promise<ExitCode>;
}
