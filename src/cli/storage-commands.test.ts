import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSiteStorage } from "../composition/open-site-storage.ts";
import { canonicalJson } from "../domain/journal/canonical-json.ts";
import { genesisHash } from "../domain/journal/chain.ts";
import { instant, wallTime } from "../domain/time.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import { cardIssue } from "./card-issue.ts";
import { cardReplace } from "./card-replace.ts";
import { cardReportLost } from "./card-report-lost.ts";
import { cardholderAdd } from "./cardholder-add.ts";
import { cardholderDelete } from "./cardholder-delete.ts";
import { cardholderList } from "./cardholder-list.ts";
import { cardholderShow } from "./cardholder-show.ts";
import type { Command, ExitCode } from "./command.ts";
import { enrol } from "./enrol.ts";
import { journalExport } from "./journal-export.ts";
import { journalKey } from "./journal-key.ts";
import { journalProve } from "./journal-prove.ts";
import { journalShow } from "./journal-show.ts";
import { journalVerify } from "./journal-verify.ts";

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "vestibule-cli-"));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

interface Outcome {
  readonly exit: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(command: Command, ...args: string[]): Promise<Outcome> {
  let [stdout, stderr] = ["", ""];
  const exit = await command.run(args, {
    stdout: (text) => void (stdout += text),
    stderr: (text) => void (stderr += text),
    env: { VESTIBULE_DATA: data, SUDO_USER: "anna" },
  });
  return { exit, stdout, stderr };
}

async function json(command: Command, ...args: string[]): Promise<Record<string, unknown>> {
  const { exit, stdout, stderr } = await run(command, ...args, "--json");
  expect(exit, stderr).toBe(0);
  const parsed: Record<string, unknown> = JSON.parse(stdout);
  return parsed;
}

const added = async (name: string): Promise<string> =>
  String((await json(cardholderAdd, name, "--group", "manager", "--access-level", "staff")).id);

describe("people and cards", () => {
  test("a person is added, given a card, loses it, gets another, and is deleted; each step is in the journal", async () => {
    const id = await added("Anna 王小明");
    expect((await run(cardIssue, "1001", "--cardholder", id)).exit).toBe(0);
    expect((await run(cardReportLost, "1001")).stdout).toBe("1001 lost\n");
    expect((await run(cardReplace, "1001", "1002")).exit).toBe(0);
    expect(await json(cardholderShow, id)).toMatchObject({
      name: "Anna 王小明",
      groups: ["manager"],
      accessLevels: ["staff"],
      cards: [
        { number: "1001", format: "raw", status: "lost" },
        { number: "1002", format: "raw", status: "active" },
      ],
    });
    expect((await run(cardholderDelete, id)).exit).toBe(0);
    expect((await json(cardholderList)).cardholders).toEqual([]);
    const { records } = await json(journalShow, "--cardholder", id);
    expect(records).toMatchObject(
      ["CardholderAdded", "CardIssued", "CardReportedLost", "CardReplaced", "CardholderRemoved"].map(
        (type) => ({
          type,
          payload: { operator: "shell:anna", cardholder: id },
        }),
      ),
    );
    expect(JSON.stringify(records)).not.toContain("王小明"); // names stay out of what cannot be deleted
  });

  test("what the directory refuses is exit 1 with why, and neither done nor recorded", async () => {
    const id = await added("Anna");
    await run(cardIssue, "1001", "--cardholder", id);
    const refusals = [
      await run(cardIssue, "1001", "--cardholder", id),
      await run(cardIssue, "1002", "--cardholder", "nobody"),
      await run(cardReportLost, "9999"),
      await run(cardReplace, "1001", "1001"),
      await run(cardholderDelete, "nobody"),
      await run(cardholderShow, "nobody"),
      await run(enrol, "photo.jpg", "--cardholder", "nobody"),
    ];
    expect(refusals.map(({ exit }) => exit)).toEqual(refusals.map(() => 1));
    for (const { stderr } of refusals) expect(stderr).toMatch(/^[a-z -]+: .+\n$/);
    expect(await json(journalVerify)).toMatchObject({ records: 2 });
    expect((await json(cardholderShow, id)).cards).toMatchObject([{ number: "1001", status: "active" }]);
  });

  test("§7: where the site requires consent, nobody's photo is enrolled by the shell without it", async () => {
    const id = await added("Anna");
    const site = join(data, "site.yaml");
    const demo = readFileSync(new URL("../../firmware-config/demo.yaml", import.meta.url), "utf8");
    writeFileSync(site, `${demo}\nenrolment: { consent: required }\n`);
    const refused = await run(enrol, join(data, "photo.jpg"), "--cardholder", id, "--config", site);
    expect(refused.exit).toBe(1);
    expect(refused.stderr).toContain("no consent on record");
    writeFileSync(site, demo);
    const other = await run(enrol, join(data, "photo.jpg"), "--cardholder", id, "--config", site);
    expect(other).toMatchObject({ exit: 2, stderr: expect.stringContaining("photo.jpg") });
  });

  test.each([
    [cardholderAdd, []],
    [cardholderAdd, ["A", "B"]],
    [cardholderAdd, ["A", "--valid-from", "yesterday"]],
    [cardholderAdd, ["x".repeat(201)]],
    [cardholderAdd, ["A", "--colour", "red"]],
    [cardIssue, ["1001"]],
    [cardIssue, ["10 01", "--cardholder", "x"]],
    [cardIssue, ["1".repeat(65), "--cardholder", "x"]],
    [cardIssue, ["1001", "--cardholder", "x", "--format", "../raw"]],
    [cardReplace, ["1001"]],
    [enrol, ["--cardholder", "x"]],
    [enrol, ["photo.jpg"]],
    [journalShow, ["--limit", "0"]],
    [journalShow, ["--after", "-1"]],
    [journalShow, ["--from", "noon"]],
  ])("$name with %j is wrong usage: exit 2, one line", async (command, args) => {
    const { exit, stderr, stdout } = await run(command, ...args);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
    expect(stderr).toMatch(/^.+\n$/);
  });

  test("while the controller runs, reading works and writing is refused with what to do", async () => {
    const id = await added("Anna");
    using _controller = openSiteStorage({ directory: data, clock: new SystemClock(), env: {} });
    const { exit, stderr } = await run(cardIssue, "1001", "--cardholder", id);
    expect(exit).toBe(2);
    expect(stderr).toMatch(
      /the controller is running on .*\(process \d+\): change .* in its console, or stop it first/,
    );
    expect((await json(cardholderList, "--search", "ann")).cardholders).toMatchObject([{ id }]);
    expect(await json(journalVerify)).toMatchObject({ intact: true });
  });

  test("a data directory that cannot be one is exit 2 with its name", async () => {
    writeFileSync(join(data, "file"), "");
    data = join(data, "file", "below");
    expect(await run(cardholderAdd, "Anna")).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining(data),
    });
    expect(await run(cardholderList)).toMatchObject({ exit: 2, stderr: expect.stringContaining(data) });
    data = join(data, "..", "..");
  });

  test("a name cannot write on the terminal but as text", async () => {
    // As an older release took it.
    {
      using storage = openSiteStorage({ directory: data, clock: new SystemClock(), env: {} });
      storage.directory.add({ name: "Eve\u001b[2J\u202Eadmin", groups: [], accessLevels: [] });
    }
    const { stdout } = await run(cardholderList);
    expect(stdout).toContain("Eve\\u001b[2J\\u202eadmin");
  });
});

describe("the journal", () => {
  test("show is the newest in order, or from a number on", async () => {
    for (const name of ["A", "B", "C"]) await added(name);
    const seqs = async (...args: string[]): Promise<unknown> =>
      ((await json(journalShow, ...args)).records as { seq: number }[]).map(({ seq }) => seq);
    expect(await seqs("--limit", "2")).toEqual([2, 3]);
    expect(await seqs("--after", "0", "--limit", "2")).toEqual([1, 2]);
    expect(await seqs("--type", "CardIssued")).toEqual([]);
    expect((await run(journalShow, "--limit", "1")).stdout).toMatch(
      /^ +3 {2}20\S+Z {2}CardholderAdded {2}.*\n$/,
    );
  });

  test("an exported journal can be checked by anybody with SHA-256 and the usage's words", async () => {
    for (const name of ["A", "B"]) await added(name);
    const file = join(data, "export.jsonl");
    expect((await run(journalExport, "--output", file)).exit).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await run(journalExport)).stdout).toBe(readFileSync(file, "utf8"));
    expect((await run(journalExport, "--output", file)).exit).toBe(2); // never over what is there
    let previous = genesisHash;
    const lines = readFileSync(file, "utf8").trim().split("\n");
    expect(lines).toHaveLength(4); // two records between what it is and how much
    for (const line of lines.slice(1, -1)) {
      const { hash, salt: _, leaf: __, ...record } = JSON.parse(line);
      const text = `vestibule journal 1\n${previous}\n${canonicalJson(record)}`;
      expect(hash).toBe(createHash("sha256").update(text).digest("hex"));
      previous = hash;
    }
  });

  test("T41: a signed journal is exported, verified elsewhere and proven record by record; its key is shown and changed", async () => {
    {
      const clock = { now: () => instant(1), wall: () => wallTime(1_700_000_000_000) };
      using storage = openSiteStorage({ directory: data, clock, env: {}, journalName: "site.example/box" });
      const { journal, journalKey: key } = storage;
      journal.append([{ type: "AccessGranted", at: instant(1), payload: { cardholder: "p1" } }]);
      journal.append([
        { type: "JournalKeyChanged", at: instant(2), payload: { key: key?.verifierKey ?? "", former: null } },
      ]);
      key?.announced();
    }
    const key = (await run(journalKey)).stdout.trim();
    expect(key).toMatch(/^site\.example\/box\+[0-9a-f]{8}\+A/);
    await added("Anna"); // not signed yet
    const [whole, withheld] = [join(data, "whole.jsonl"), join(data, "withheld.jsonl")];
    expect((await run(journalExport, "--output", whole)).exit).toBe(0);
    expect((await run(journalExport, "--withhold-payloads", "--output", withheld)).exit).toBe(0);
    for (const file of [whole, withheld]) {
      const { exit, stdout } = await run(journalVerify, file, "--key", key);
      expect(stdout).toContain("intact: 2 records");
      expect(stdout).toContain("signed up to record 2");
      expect(stdout).toContain("NOT CHECKED: whether this is the newest state");
      expect(exit).toBe(0);
      expect((await run(journalVerify, file)).stdout).toContain("NOT CHECKED: whose it is");
    }
    expect(readFileSync(withheld, "utf8")).not.toContain('"p1"');
    const altered = join(data, "altered.jsonl");
    writeFileSync(altered, readFileSync(whole, "utf8").replace('"p1"', '"p2"'));
    expect(await run(journalVerify, altered, "--key", key)).toMatchObject({
      ...{ exit: 1, stdout: "NOT INTACT: record 1: hash: the content does not match the record's hash\n" },
    });
    expect((await run(journalVerify, whole, "--key", "no key")).exit).toBe(2);
    expect((await run(journalVerify, join(data, "nowhere"), "--key", key)).exit).toBe(2);
    const proven = await json(journalProve, "1");
    expect(proven).toMatchObject({ seq: 1, size: 2, record: { type: "AccessGranted" } });
    const checkpoint = join(data, "checkpoint");
    writeFileSync(checkpoint, String(proven.checkpoint));
    const kept = ["--key", key, "--checkpoint", checkpoint];
    expect((await run(journalVerify, whole, ...kept)).stdout).toContain("contains the checkpoint");
    expect((await run(journalVerify, ...kept)).stdout).toContain("contains the checkpoint"); // at the box
    expect((await run(journalProve, "3")).exit).toBe(1); // behind what is signed
    const shown = (await json(journalShow, "--proof")).records as { proof: object | null }[];
    expect(shown.map(({ proof }) => proof !== null)).toEqual([true, true, false]);
    expect((await run(journalShow, "--proof")).exit).toBe(2);
    expect(await run(journalKey, "--rotate")).toMatchObject({ exit: 0, stdout: `${key}\n` });
  });

  test("verify: 0 intact, 1 damaged, 2 not there", async () => {
    expect(await run(journalVerify)).toMatchObject({ exit: 2, stdout: "" });
    await added("Anna");
    expect((await run(journalVerify)).stdout).toMatch(/^intact: 1 records, up to 1, head [0-9a-f]{64}\n$/);
    truncateSync(join(data, "journal.db"), 5_000);
    const { exit, stdout } = await run(journalVerify);
    expect(exit).toBe(1);
    expect(stdout).toMatch(/^NOT INTACT: /);
  });
});
