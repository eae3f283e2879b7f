import { parseArgs } from "node:util";
import { ConfigError, languageOf } from "../config/config-error.ts";
import type { AccessPointRef } from "../domain/names.ts";
import { after, since } from "../domain/time.ts";
import type { CardReader, ReaderStatus } from "../ports/card-reader.ts";
import type { Clock } from "../ports/clock.ts";
import type { Command, CommandIo, ExitCode } from "./command.ts";

const usage = `Usage: vestibule reader listen [--config FILE] [--seconds N] [--json]

Opens the site's card readers as the controller would, and prints what comes from them: cards with number and format,
Wiegand frames with their bits, how many keys were pressed (never which), what was refused and why, readers that are
lost and come back. Stop the service first: a device is one program's. Simulated readers are left out.

  --config FILE  the site's configuration; without it (or VESTIBULE_CONFIG) the demo site
  --seconds N    how long to listen, 1 to 3600 (default 60)
  --json         one object a line: {"seconds", "reader", "what", "number", "format", "bits", "keys", "detail"}

Exit: 0 every reader was there at the end, 1 one was not, 2 wrong usage, a configuration with faults, or no readers.
`;

/** What the drivers tell an installer beyond what they tell the controller. */
export interface Overheard {
  onRefused(where: AccessPointRef, reason: string): void;
  onBits(where: AccessPointRef, bits: string): void;
}

export interface ReaderListenSurroundings {
  readonly clock: Clock;
  /** The site's real readers and where they stand. Throws ConfigError. */
  load(
    file: string | undefined,
    env: CommandIo["env"],
    overheard: Overheard,
  ): Promise<{ readonly readers: readonly CardReader[]; readonly places: readonly AccessPointRef[] }>;
}

interface Line {
  readonly what: "card" | "keys" | "bits" | "refused" | "online" | "lost";
  readonly number?: string;
  readonly format?: string;
  readonly bits?: string;
  readonly keys?: number;
  readonly detail?: string;
}

export function readerListen({ clock, load }: ReaderListenSurroundings): Command {
  return {
    name: ["reader", "listen"],
    summary: "print what the site's card readers send",
    usage,
    async run(args, io) {
      const request = read(args);
      if (typeof request === "string") {
        io.stderr(`reader listen: ${request}\n\n${usage}`);
        return 2;
      }
      const started = clock.now();
      const print = ({ vestibule, accessPoint }: AccessPointRef, line: Line): void => {
        const seconds = Math.round(since(started, clock.now())) / 1000;
        const reader = `${vestibule}.${accessPoint}`;
        io.stdout(
          request.json ? `${JSON.stringify({ seconds, reader, ...line })}\n` : text(seconds, reader, line),
        );
      };
      try {
        const { readers, places } = await load(request.config, io.env, {
          onRefused: (where, reason) => print(where, { what: "refused", detail: reason }),
          onBits: (where, bits) => print(where, { what: "bits", bits }),
        });
        if (places.length === 0) {
          io.stderr(
            "reader listen: the site has no real reader; docs/readers.md says how one is configured\n",
          );
          return 2;
        }
        return await listen(readers, places, request.seconds, clock, print);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        io.stderr(`${error.text(languageOf(io.env))}\n`);
        return 2;
      }
    },
  };
}

async function listen(
  readers: readonly CardReader[],
  places: readonly AccessPointRef[],
  seconds: number,
  clock: Clock,
  print: (where: AccessPointRef, line: Line) => void,
): Promise<ExitCode> {
  const online = new Set<string>();
  for (const reader of readers) {
    await reader.open({
      onCard: (card) => print(card, { what: "card", number: card.number, format: card.format }),
      onKeys: (keys) => print(keys, { what: "keys", keys: keys.keys.length }),
      onStatus: (status) => {
        const { vestibule, accessPoint, state } = status;
        if (state === "online") online.add(`${vestibule}.${accessPoint}`);
        else online.delete(`${vestibule}.${accessPoint}`);
        const detail = detailOf(status);
        print(status, detail === "" ? { what: state } : { what: state, detail });
      },
    });
  }
  await new Promise<void>((resolve) => clock.wakeAt(after(clock.now(), seconds * 1000), resolve));
  for (const reader of readers) await reader[Symbol.asyncDispose]();
  return places.every(({ vestibule, accessPoint }) => online.has(`${vestibule}.${accessPoint}`)) ? 0 : 1;
}

/** With what an installer tries on purpose: the contact in the housing, the supply. */
const detailOf = ({ detail, tampered, powerFault }: ReaderStatus): string =>
  [
    ...(tampered === true ? ["tampered with, or opened"] : []),
    ...(powerFault === true ? ["its supply fails"] : []),
    ...(detail === null ? [] : [detail]),
  ].join("; ");

function text(seconds: number, reader: string, { what, number, format, bits, keys, detail }: Line): string {
  const said = [
    number === undefined ? undefined : `${number} (${format})`,
    bits === undefined ? undefined : `${bits.length}  ${bits}`,
    keys === undefined ? undefined : String(keys),
    detail,
  ].filter((one) => one !== undefined);
  return (
    `${seconds.toFixed(1).padStart(7)}  ${reader.padEnd(14)}  ${what.padEnd(7)}  ${said.join("  ")}`.trimEnd() +
    "\n"
  );
}

interface Request {
  readonly config: string | undefined;
  readonly seconds: number;
  readonly json: boolean;
}

function read(args: readonly string[]): Request | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        config: { type: "string" },
        seconds: { type: "string", default: "60" },
        json: { type: "boolean", default: false },
      },
    });
    const seconds = Number(values.seconds);
    if (!(seconds >= 1 && seconds <= 3600)) return "--seconds: expected 1 to 3600";
    return { config: values.config, seconds, json: values.json };
  } catch (error) {
    return error instanceof Error ? error.message : String(error); // parseArgs says in one line what it did not like
  }
}
