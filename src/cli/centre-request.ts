import { parseArgs } from "node:util";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import { CentreClient, CentreFault } from "../drivers/mqtt/centre-client.ts";
import type { JsonObject, JsonValue } from "../ports/journal.ts";
import { begun, broker, continued, type RequestOptions, writeRequest } from "./centre-request-input.ts";
import type { Command, CommandIo, ExitCode } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { answering, printable } from "./storage-command.ts";

const usage = `Usage: vestibule centre-request ACTION --url URL --site SITE --key FILE [OPTIONS]
       vestibule centre-request replay --url URL --site SITE --after SEQ [--limit N] [--type TYPE]…

Asks a site for something over MQTT, as a security centre does. Actions are signed with a key that the site's file
names (mqtt.requests; vestibule centre-key make makes one); each takes effect once, within a minute, or not at all.

  lockdown       --vestibule ID --reason TEXT
  lift-lockdown  --vestibule ID --reason TEXT
  acknowledge    --alarm ID --comment TEXT
  grant          --passage ID --reason TEXT     who waits: the passage of the event RemoteGrantAsked
  replay         --after SEQ                    events after that one, as JSON lines; needs no key

  --key FILE         the key that signs
  --with KEYID       where two have to sign: whose key is the second; then
  --write FILE       …writes the request, with the first signature, instead of sending it, and the other person runs
  --continue FILE    …vestibule centre-request ACTION --continue FILE --key THEIRS --url URL --site SITE within 5 minutes
  --user NAME, --password-file FILE, --ca FILE, --cert FILE, --cert-key FILE    for the broker
  --json             print the site's answer as it is

Exit 0: done; 1: refused, or nobody answered; 2: wrong usage.
`;

const clock = new SystemClock();
const text = { type: "string" } as const;

export const centreRequest: Command = {
  name: ["centre-request"],
  summary: "ask a site for something, as the security centre does",
  usage,
  run: (args, io) =>
    answering("centre-request", io, async () => {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          ...{ url: text, site: text, key: text, with: text, write: text, continue: text },
          ...{ vestibule: text, reason: text, alarm: text, comment: text, passage: text },
          ...{ after: text, limit: text, type: { type: "string", multiple: true } },
          ...{ user: text, "password-file": text, ca: text, cert: text, "cert-key": text },
          json: { type: "boolean", default: false },
        },
      });
      const [action, ...more] = positionals;
      if (action === undefined || more.length > 0) throw new InputError("one ACTION is expected; see --help");
      try {
        return action === "replay" ? await replay(values, io) : await act(action, values, io);
      } catch (error) {
        if (!(error instanceof CentreFault)) throw error;
        io.stderr(`centre-request: ${printable(error.message)}\n`);
        return 1;
      }
    }),
};

async function act(action: string, options: RequestOptions, io: CommandIo): Promise<ExitCode> {
  const signed =
    options.continue === undefined ? begun(action, options, clock.wall()) : continued(action, options);
  if (options.write !== undefined) {
    writeRequest(options.write, signed);
    return 0;
  }
  await using client = await CentreClient.open(broker(options), clock);
  const answer = await client.act(action, signed as unknown as JsonObject, signed.request.nonce); // the same values, as JSON
  io.stdout(options.json ? `${JSON.stringify(answer)}\n` : `${wordsFor(answer)}\n`);
  return answer["accepted"] === true && isDone(answer["outcome"]) ? 0 : 1;
}

const isDone = (outcome: unknown): boolean =>
  outcome === "done" || outcome === "ordered" || outcome === "waiting";

function wordsFor({ accepted, why, outcome }: JsonObject): string {
  return accepted === true ? wordOf(outcome) : `refused: ${wordOf(why)}`;
}

/** A word or a number of an answer; whatever else somebody puts there is none. */
const wordOf = (value: JsonValue | undefined): string =>
  typeof value === "string" || typeof value === "number" ? printable(String(value)) : "?";

async function replay(options: RequestOptions, io: CommandIo): Promise<ExitCode> {
  const { type } = options;
  const body = {
    after: wholeNumber("--after", options.after),
    ...(options.limit === undefined ? {} : { limit: wholeNumber("--limit", options.limit) }),
    ...(type === undefined ? {} : { types: type }),
  };
  await using client = await CentreClient.open(broker(options), clock);
  const end = await client.replay(body, (event) => io.stdout(`${JSON.stringify(event)}\n`));
  if (end["refused"] === undefined) {
    io.stderr(
      `${wordOf(end["count"])} events; ${end["more"] === true ? `more after ${wordOf(end["next"])}` : "that is all"}\n`,
    );
    return 0;
  }
  io.stderr(`centre-request: refused: ${wordOf(end["refused"])}\n`);
  return 1;
}

function wholeNumber(option: string, written: string | undefined): number {
  if (written !== undefined && /^\d{1,15}$/.test(written)) return Number(written);
  throw new InputError(`${option} ${written ?? ""}: a whole number is expected`);
}
