import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { openSiteStorage, type SiteStorage } from "../composition/open-site-storage.ts";
import { evidenceNamedBy, hashesIn } from "../domain/evidence/named-evidence.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import { directoryFile } from "../drivers/sqlite/open-database.ts";
import { EvidenceAltered } from "../ports/evidence-store.ts";
import type { JournalRecord } from "../ports/journal.ts";
import type { Command } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { answering, dataDirectory } from "./storage-command.ts";

const usage = `Usage: vestibule evidence verify [--json]

Opens every picture and clip in the data directory VESTIBULE_DATA (default var) and compares it with its hash, and looks
whether all that the journal names is there. What was deleted in its time stands in the journal and is not missing.
The controller has to be stopped; while it runs it looks by itself, a round a day, and raises AuditBroken. Check the
journal itself with "vestibule journal verify".
Exit 0: all is as it was kept, 1: something is missing or altered, 2: there is nothing to check.

  --json  print {"files", "bytes", "named", "pruned", "notKept", "missing": [{"evidence", "record", "type"}],
          "altered": [{"evidence", "record", "type"}]}
`;

interface Finding {
  readonly evidence: string;
  /** Null: no record names it. */
  readonly record: number | null;
  readonly type: string | null;
}

interface Findings {
  readonly files: number;
  readonly bytes: number;
  readonly named: number;
  readonly pruned: number;
  readonly notKept: number;
  readonly missing: readonly Finding[];
  readonly altered: readonly Finding[];
}

export const evidenceVerify: Command = {
  name: ["evidence", "verify"],
  summary: "check that nobody took away or changed a picture or clip",
  usage,
  run: (args, io) =>
    answering("evidence verify", io, async () => {
      const { values } = parseArgs({
        args: [...args],
        options: { json: { type: "boolean", default: false } },
      });
      const directory = dataDirectory(io.env);
      if (!existsSync(directoryFile(directory)))
        throw new InputError(`${directory} is no data directory: nothing is kept there yet`);
      using storage = openSiteStorage({ directory, clock: new SystemClock(), env: io.env });
      const findings = await checked(storage);
      io.stdout(values.json ? `${JSON.stringify(findings)}\n` : told(findings));
      return findings.missing.length + findings.altered.length === 0 ? 0 : 1;
    }),
};

const page = 1_000;
const partLength = 1024 * 1024;

type Kept = Pick<SiteStorage, "journal" | "evidence">;

/** Both ways: what the journal names, and what is there. */
async function checked({ journal, evidence }: Kept): Promise<Findings> {
  const naming = new Map<string, { readonly record: number; readonly type: string }>();
  const [pruned, notKept] = [new Set<string>(), new Set<string>()];
  for (const { seq, type, payload } of allRecords(journal)) {
    if (type === "EvidencePruned") for (const hash of hashesIn(payload["hashes"])) pruned.add(hash);
    if (type === "EvidenceNotKept") for (const hash of hashesIn(payload["evidence"])) notKept.add(hash);
    for (const hash of evidenceNamedBy(type, payload))
      if (!naming.has(hash)) naming.set(hash, { record: seq, type });
  }
  const finding = (hash: string): Finding => ({
    evidence: hash,
    ...(naming.get(hash) ?? { record: null, type: null }),
  });
  const files = evidence.list();
  const altered: Finding[] = [];
  for (const { hash } of files) if (!(await isItself(evidence, hash))) altered.push(finding(hash));
  const missing = [...naming.keys()]
    .filter((hash) => !pruned.has(hash) && !notKept.has(hash) && !evidence.has(hash))
    .map(finding);
  return {
    files: files.length,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    ...{ named: naming.size, pruned: pruned.size, notKept: notKept.size, missing, altered },
  };
}

function* allRecords(journal: Kept["journal"]): Generator<JournalRecord> {
  for (let after = 0; ; ) {
    const records = journal.query({ after, limit: page });
    yield* records;
    const last = records.at(-1);
    if (last === undefined || records.length < page) return;
    after = last.seq;
  }
}

async function isItself(evidence: Kept["evidence"], hash: string): Promise<boolean> {
  try {
    const opened = evidence.open(hash);
    if (opened === undefined) return true;
    const digest = createHash("sha256");
    for (let at = 0; at < opened.size; at += partLength)
      digest.update(await opened.read(at, at + partLength));
    return digest.digest("hex") === hash;
  } catch (error) {
    if (error instanceof EvidenceAltered) return false;
    throw error;
  }
}

function told({ files, bytes, named, pruned, notKept, missing, altered }: Findings): string {
  const line = (what: string, { evidence, record, type }: Finding): string => {
    const named = record === null ? "which no record names" : `which record ${record} (${type}) names`;
    return `${what}: ${evidence}, ${named}\n`;
  };
  const verdict = missing.length + altered.length === 0 ? "intact" : "NOT INTACT";
  return [
    ...missing.map((finding) => line("missing", finding)),
    ...altered.map((finding) => line("altered", finding)),
    `${verdict}: ${files} files of ${Math.round(bytes / 1e6)} MB; the journal names ${named}, of which `,
    `${pruned} were deleted in their time and ${notKept} could not be kept\n`,
  ].join("");
}
