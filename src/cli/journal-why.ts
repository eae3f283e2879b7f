import { parseArgs } from "node:util";
import { openJournalForReading } from "../drivers/sqlite/open-for-reading.ts";
import type { Outcome, Why } from "../replay/why.ts";
import { whyOf } from "../replay/why.ts";
import type { Command } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { answering, dataDirectory, onlyOne, printable } from "./storage-command.ts";

const usage = `Usage: vestibule journal why SEQ [--json]

Says what a decision rested on: the input, the rules in force that bore on it, what is on record of the same passage, and
whether the rules decide the same from it now. Reads the journal of VESTIBULE_DATA (default var), which may be in use.

Exit 0: they do, or nothing was decided there, 1: they do not, or it cannot be asked again, 2: there is no such record.
`;

export const journalWhy: Command = {
  name: ["journal", "why"],
  summary: "say what a decision rested on",
  usage,
  run: (args, io) =>
    answering("journal why", io, () => {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { json: { type: "boolean", default: false } },
      });
      const text = onlyOne(positionals, "record's number");
      if (!/^[1-9]\d{0,14}$/.test(text)) throw new InputError(`${text}: a record's number is expected`);
      using journal = openJournalForReading(dataDirectory(io.env));
      const why = whyOf((query) => journal.query(query), Number(text));
      if (why === undefined) throw new InputError(`there is no record ${text}`);
      io.stdout(values.json ? `${JSON.stringify(why)}\n` : report(why));
      return why.decision?.same === true || why.notAgain === "noDecision" ? 0 : 1;
    }),
};

const reasons: Readonly<Record<NonNullable<Why["notAgain"]>, string>> = {
  noDecision: "no rule about doors or people decided it",
  olderRelease: "not asked again: a release that kept no inputs wrote it",
  startMissing: "not asked again: what was so before it is not on record any more",
  inputsLost: "not asked again: inputs before it are not on record",
  rulesUnknown: "not asked again: the rules it was made by are not on record any more",
};

function report({ record, decision, notAgain, passage }: Why): string {
  const lines = [
    `record ${record.seq}, ${new Date(record.wall).toISOString()}: ${sentence(record)}`,
    ...(decision === undefined
      ? []
      : [
          `decided by the rules of ${decision.rules === "access" ? "people" : "the doors"}, records ${decision.seqs.join(", ")}`,
          "on:",
          ...facts(decision.input),
          `rules in force (${decision.policy.reference}):`,
          ...facts(decision.policy.content),
          `decides the same: ${decision.same ? "yes" : "NO"}`,
          ...(decision.same
            ? []
            : ["now it comes to:", ...decision.decided.map((one) => `  ${sentence(one)}`)]),
        ]),
    ...(notAgain === undefined ? [] : [reasons[notAgain]]),
    ...(passage.length === 0 ? [] : ["the same passage:"]),
    ...passage.map((one) => `  ${one.seq}  ${sentence(one)}`),
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

const sentence = ({ type, payload }: Pick<Outcome, "type" | "payload">): string =>
  [type, ...Object.entries(payload).map(([key, value]) => `${key}=${JSON.stringify(value)}`)].join(" ");

const facts = (all: Why["record"]["payload"]): readonly string[] =>
  Object.entries(all).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`);
