import { parseArgs } from "node:util";
import { programVersion } from "../composition/keeping/program-version.ts";
import { storedRecords } from "../drivers/sqlite/stored-records.ts";
import { type Difference, Replay, type ReplayAccount, type Skipped } from "../replay/replay.ts";
import { ChainBroken, chained, exported } from "./chained-records.ts";
import type { Command, ExitCode } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { answering, dataDirectory, onlyOne, printable } from "./storage-command.ts";

const usage = `Usage: vestibule replay [--from SEQ] [--to SEQ] [--first] [--data DIR] [--json] [EXPORT]

Asks the rules again: each decision on record is made once more from what stands beside it, and compared with what was
recorded. The chain is checked on the way. Reads the journal of VESTIBULE_DATA (default var), which may be in use, or an
EXPORT made by "journal export".

  --from   says nothing of decisions before this record; what is so before it is still followed
  --to     stops behind this record
  --first  stops at the first difference
  --data   the data directory
  --json   print the whole account
Exit 0: every decision that could be asked again came out the same, 1: one did not, or a record was changed, 2: there is
nothing to read, or nothing in it could be asked again.
`;

export const replayCommand: Command = {
  name: ["replay"],
  summary: "ask the rules again, and say which decision would be another",
  usage,
  run: (args, io) =>
    answering("replay", io, () => {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          from: { type: "string" },
          to: { type: "string" },
          first: { type: "boolean", default: false },
          data: { type: "string" },
          json: { type: "boolean", default: false },
        },
      });
      const file = positionals.length === 0 ? undefined : onlyOne(positionals, "export file");
      if (file !== undefined && values.data !== undefined)
        throw new InputError("either --data or an export file, not both");
      const records =
        file === undefined ? storedRecords(values.data ?? dataDirectory(io.env)) : exported(file);
      const span = {
        from: seqOf("--from", values.from, 1),
        to: seqOf("--to", values.to, Number.MAX_SAFE_INTEGER),
      };
      const account = replayed(records, span, values.first);
      io.stdout(values.json ? `${JSON.stringify(account)}\n` : report(account));
      return exitFor(account);
    }),
};

interface Told extends ReplayAccount {
  /** A record that is not what was written: what comes after it was not looked at. */
  readonly broken?: { readonly seq: number; readonly detail: string };
}

function replayed(
  records: Parameters<typeof chained>[0],
  { from, to }: { readonly from: number; readonly to: number },
  stopsAtFirst: boolean,
): Told {
  const replay = new Replay({ from });
  try {
    for (const record of chained(records)) {
      if (record.seq > to) break;
      replay.take(record);
      if (stopsAtFirst && replay.hasDifference) break;
    }
  } catch (error) {
    if (!(error instanceof ChainBroken)) throw error;
    return { ...replay.finish(), broken: { seq: error.seq, detail: error.message } };
  }
  return replay.finish();
}

function exitFor({ differences, decisions, skipped, broken }: Told): ExitCode {
  if (differences.length > 0 || broken !== undefined) return 1;
  return decisions.access + decisions.interlock === 0 && Object.keys(skipped).length > 0 ? 2 : 0;
}

function seqOf(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InputError(`${option} ${text}: a record's number is expected`);
}

function report(account: Told): string {
  const { records, decisions, alarms, differences, skipped, versions, broken } = account;
  const found = differences.length === 0 ? "all the same" : `${differences.length} NOT THE SAME`;
  const present = programVersion();
  const lines = [
    `${records} records: ${decisions.access} decisions at access points, ${decisions.interlock} at the doors, ${alarms} events of alarms: ${found}`,
    ...(broken === undefined ? [] : [`NOT INTACT: ${broken.detail}; nothing from there on was looked at`]),
    ...differences.slice(0, 10).flatMap(sentences),
    ...Object.entries(skipped).map(([reason, found]) => skippedSentence(reason, found)),
    ...versions
      .filter((version) => version !== present)
      .map(
        (version) =>
          `written by version ${version}, asked again of ${present}: its rules may have been others`,
      ),
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function sentences({ seq, rules, kind, policy, input, recorded, decided }: Difference): readonly string[] {
  const where = rules === "access" ? `rules ${policy.slice(0, 12)}` : policy;
  const what =
    rules === "alarms"
      ? "not what the alarms' life cycle comes to"
      : kind === "state"
        ? "what was so before it does not follow from the records"
        : "decided otherwise";
  const each = (outcomes: Difference["recorded"]): string =>
    outcomes.map(({ type, payload }) => `${type} ${JSON.stringify(payload)}`).join(", ") || "nothing";
  return [
    `record ${seq} (${where}): ${what}`,
    `  input:    ${JSON.stringify(input)}`,
    `  recorded: ${each(recorded)}`,
    `  decided:  ${each(decided)}`,
  ];
}

const reasonWords: Readonly<Record<string, string>> = {
  olderRelease: "they are of a release that kept no inputs",
  startMissing: "what was so before them is not in what was read",
  inputsLost: "inputs before them are not on record",
  rulesUnknown: "the rules they were made by are not in what was read",
};

const skippedSentence = (reason: string, { count, first }: Skipped): string =>
  `not asked again: ${count} records, from ${first} on: ${reasonWords[reason] ?? reason}`;
