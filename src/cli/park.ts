import { parseArgs } from "node:util";
import { lockLinesFile } from "../composition/lock-lines-file.ts";
import { parkLocks } from "../composition/park-locks.ts";
import type { Command } from "./command.ts";

const usage = `Usage: vestibule park [--lines FILE]

Secures every lock of the GPIO board, and ends. The service runs it whenever it has stopped, however that came; while
the service runs, its locks are its own.

  --lines FILE   where the service has left word of its lines (default: lines.json in its runtime directory)

Exit code: 0 secured, or nothing to secure; 1 not secured; 2 wrong arguments.
`;

export const park: Command = {
  name: ["park"],
  summary: "secure every lock of the GPIO board when nobody else does",
  usage,
  async run(args, io) {
    let file: string;
    try {
      const { values } = parseArgs({ args: [...args], options: { lines: { type: "string" } } });
      file = values.lines ?? lockLinesFile(io.env);
    } catch (error) {
      io.stderr(`vestibule park: ${textOf(error)}\n\n${usage}`);
      return 2;
    }
    try {
      const parked = await parkLocks(file);
      io.stdout(parked ? "every lock is secured\n" : `no lock to secure: there is no ${file}\n`);
      return 0;
    } catch (error) {
      io.stderr(`vestibule park: NOT every lock is secured: ${textOf(error)}\n`);
      return 1;
    }
  },
};

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
