import { parseArgs } from "node:util";
import { ConfigError, languageOf } from "../config/config-error.ts";
import { after, type Milliseconds, type WallTime, wallTime } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Command, CommandIo, ExitCode } from "./command.ts";

const usage = `Usage: vestibule reader osdp-install --access-point NAME [--config FILE] [--minutes N] [--end] [--json]

Brings a key of its own into a new or replaced OSDP reader. Put the reader into its installation mode, as its maker says;
then this opens the same for one reader of the site, until it has its key and no longer than N minutes. The key is random,
goes into the reader over its cable, and into its key file for the owner only. During that time, and at no other, the key
that every new reader has is accepted: nobody else should be at the cable. The controller has to run.

  --access-point NAME  where the reader is, such as v1.outer-entry
  --config FILE        the site's configuration; without it VESTIBULE_CONFIG
  --minutes N          1 to 60 (default 10)
  --end                end the installation mode now
  --json               print {"accessPoint", "keyFile", "installed", "until"}

Exit: 0 the reader has its key, 1 it has not, 2 wrong usage, a configuration with faults, or no such reader.
`;

/** One reader's installation mode, as files beside its key say it. */
export interface Installation {
  readonly keyFile: string;
  begin(until: WallTime): void;
  /** Until when it is open; undefined once the reader has its key, or nobody opened it. */
  until(): WallTime | undefined;
  end(): void;
  hasKey(): boolean;
}

export interface OsdpInstallSurroundings {
  readonly clock: Clock;
  /** The installation mode of the OSDP reader there; undefined where there is none. Throws ConfigError. */
  find(file: string | undefined, env: CommandIo["env"], place: string): Installation | undefined;
}

const lookEvery: Milliseconds = 500;
const minute: Milliseconds = 60_000;

export function osdpInstall({ clock, find }: OsdpInstallSurroundings): Command {
  return {
    name: ["reader", "osdp-install"],
    summary: "bring a key of its own into a new OSDP reader",
    usage,
    async run(args, io) {
      const request = read(args);
      if (typeof request === "string") {
        io.stderr(`reader osdp-install: ${request}\n\n${usage}`);
        return 2;
      }
      try {
        const installation = find(request.config, io.env, request.accessPoint);
        if (installation === undefined) {
          io.stderr(`reader osdp-install: the site has no OSDP reader at ${request.accessPoint}\n`);
          return 2;
        }
        return await install(installation, request, clock, io);
      } catch (error) {
        if (error instanceof ConfigError) io.stderr(`${error.text(languageOf(io.env))}\n`);
        else if (error instanceof Error && "code" in error)
          io.stderr(`reader osdp-install: ${error.message}\n`);
        else throw error;
        return 2;
      }
    },
  };
}

async function install(
  installation: Installation,
  { accessPoint, minutes, end, json }: Request,
  clock: Clock,
  io: CommandIo,
): Promise<ExitCode> {
  const answer = (installed: boolean, until: WallTime | null): void => {
    const { keyFile } = installation;
    if (json)
      io.stdout(`${JSON.stringify({ accessPoint, keyFile, installed, until: until && iso(until) })}\n`);
    else if (installed) io.stdout(`the reader at ${accessPoint} has its key, kept in ${keyFile}\n`);
    else io.stdout(`the installation mode of ${accessPoint} is over\n`);
  };
  if (end) {
    installation.end();
    answer(false, null);
    return 0;
  }
  const until = wallTime(clock.wall() + minutes * minute);
  installation.begin(until);
  if (!json) io.stdout(`a new reader is taken at ${accessPoint} until ${iso(until)}\n`);
  const closesAt = after(clock.now(), minutes * minute);
  while (clock.now() < closesAt) {
    await new Promise<void>((resolve) => clock.wakeAt(after(clock.now(), lookEvery), resolve));
    if (installation.until() === undefined) {
      // Ended by somebody else it is gone as well: then there is a key only if there was one before.
      const inTime = clock.now() < closesAt && installation.hasKey();
      answer(inTime, null);
      return inTime ? 0 : 1;
    }
  }
  installation.end();
  io.stderr(
    "reader osdp-install: no reader took a key: see that the controller runs, and that the reader is in its installation mode\n",
  );
  answer(false, until);
  return 1;
}

const iso = (at: WallTime): string => new Date(at).toISOString();

interface Request {
  readonly accessPoint: string;
  readonly config: string | undefined;
  readonly minutes: number;
  readonly end: boolean;
  readonly json: boolean;
}

function read(args: readonly string[]): Request | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        "access-point": { type: "string" },
        config: { type: "string" },
        minutes: { type: "string", default: "10" },
        end: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    });
    const accessPoint = values["access-point"];
    if (accessPoint === undefined)
      return "--access-point: expected where the reader is, such as v1.outer-entry";
    const minutes = Number(values.minutes);
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > 60) return "--minutes: expected 1 to 60";
    return { accessPoint, config: values.config, minutes, end: values.end, json: values.json };
  } catch (error) {
    return error instanceof Error ? error.message : String(error); // parseArgs says in one line what it did not like
  }
}
