import { createHash, hash } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  treeEntries as entries,
  treeEntry as entry,
  journalOnDisk,
} from "../../../test/support/journal-on-disk.ts";
import { fromBase64 } from "../../domain/journal/bytes.ts";
import { canonicalJson } from "../../domain/journal/canonical-json.ts";
import { parseCheckpoint } from "../../domain/journal/checkpoint.ts";
import { bodyText, leafText } from "../../domain/journal/commitment.ts";
import { isConsistent, isIncluded, leafHash, type Sha256 } from "../../domain/journal/merkle.ts";
import { parseNote } from "../../domain/journal/signed-note.ts";
import type { JournalRecord } from "../../ports/journal.ts";
import { NoProof } from "../../ports/journal-proofs.ts";
import { JournalTree } from "./journal-tree.ts";

const sha256: Sha256 = (data) => createHash("sha256").update(data).digest();
const { open, raw } = journalOnDisk();

const base64 = (text: string): Uint8Array => fromBase64(text) ?? new Uint8Array();

/** What an outsider makes of a record and its salt. */
function leafOfOutsider(record: JournalRecord, salt: string): string {
  const payload = canonicalJson(record.payload);
  const input = record.input === undefined ? null : canonicalJson(record.input);
  return leafText(record, hash("sha256", bodyText(salt, { payload, input })));
}

describe("the tree over the journal", () => {
  test("records are proven, over stretches of 256 and restarts, and each size goes on from the last", () => {
    const sizes = [1, 2, 255, 256, 257, 300, 512, 700];
    let done = 0;
    for (const size of sizes) {
      using journal = open();
      journal.append(entries(size - done));
      done = size;
    }
    using journal = open();
    const records = journal.query({ limit: 1_000 });
    for (const seq of [1, 2, 128, 255, 256, 257, 258, 511, 512, 513, 699, 700]) {
      const { leaf, salt, root, proof } = journal.proveInclusion(seq, 700);
      const record = records[seq - 1];
      if (record === undefined || salt === undefined) throw new Error("nothing to prove");
      expect(leaf).toBe(leafOfOutsider(record, salt));
      const hashes = proof.map(base64);
      const claim = {
        leaf: leafHash(sha256, leaf),
        index: seq - 1,
        size: 700,
        root: base64(root),
        proof: hashes,
      };
      expect(isIncluded(sha256, claim)).toBe(true);
    }
    for (const from of [0, ...sizes]) {
      for (const to of sizes.filter((size) => size >= from)) {
        const { fromRoot, toRoot, proof } = journal.proveConsistency(from, to);
        const roots = { fromRoot: base64(fromRoot), toRoot: base64(toRoot) };
        expect(isConsistent(sha256, { from, to, ...roots, proof: proof.map(base64) })).toBe(true);
      }
    }
    expect(() => journal.proveInclusion(701, 700)).toThrow(NoProof);
    expect(() => journal.proveInclusion(1, 701)).toThrow(NoProof);
    expect(() => journal.proveConsistency(9, 8)).toThrow(NoProof);
  });

  test("what an undone write had taken in is not covered: the next one takes it in again", () => {
    {
      using journal = open();
      journal.append(entries(600));
    }
    raw((database) => {
      // As an older release left it, and the second stretch cannot be written.
      const guards = database.prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'journal_chunks'",
      );
      for (const name of guards.pluck().all()) database.exec(`DROP TRIGGER ${name}`);
      database.exec("DELETE FROM journal_chunks");
      database.exec(`CREATE TEMP TRIGGER no_room BEFORE INSERT ON journal_chunks WHEN NEW.chunk = 1
        BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END`);
      const tree = new JournalTree(database);
      expect(() => tree.catchUp(1_000)).toThrow("disk I/O error");
      expect(tree.covered()).toBe(0);
      database.exec("DROP TRIGGER no_room");
      expect(tree.catchUp(1_000)).toBe(true);
      expect(tree.covered()).toBe(600);
      expect(Buffer.from(new JournalTree(database).root())).toEqual(Buffer.from(tree.root()));
    });
  });

  test("two records alike have salts of their own, and nobody has them who has only the proof of another", () => {
    using journal = open();
    journal.append([entry(1), entry(1)]);
    const [one, other] = [journal.proveInclusion(1, 2), journal.proveInclusion(2, 2)];
    expect(one.salt).toMatch(/^[0-9a-f]{32}$/);
    expect(one.salt).not.toBe(other.salt);
    expect(one.leaf.split("\n")[2]).not.toBe(other.leaf.split("\n")[2]);
    // Without the salt the body's hash is no function of the body alone.
    expect(hash("sha256", bodyText("", { payload: '{"door":"outer","n":1}' }))).not.toBe(
      one.leaf.split("\n")[2],
    );
  });

  test("a checkpoint stands with what must not be undone, in the same write, and with the rest when asked for", () => {
    using journal = open();
    journal.append([entry(1)]);
    expect(journal.checkpoint()).toBeUndefined();
    journal.append([entry(2), entry(3, "AccessGranted"), entry(4)]);
    const granted = journal.checkpoint();
    expect(granted?.size).toBe(4);
    const { origin, size, root } = parseCheckpoint(parseNote(granted?.note ?? "").text);
    expect([origin, size]).toEqual(["site.example/box", 4]);
    expect(root).toEqual(base64(journal.proveInclusion(1, 4).root));
    journal.append([entry(5)]);
    expect(journal.checkpoint()?.size).toBe(4);
    expect(journal.checkpointNow()?.size).toBe(5);
    expect(journal.checkpointNow()?.size).toBe(5);
  });

  test("a write that fails leaves neither record nor checkpoint, and the tree goes on", () => {
    using journal = open();
    journal.append([entry(1, "AccessGranted")]);
    raw((database) =>
      database.exec(
        "CREATE TRIGGER disk_fails BEFORE INSERT ON checkpoints BEGIN SELECT RAISE(ABORT, 'I/O'); END",
      ),
    );
    expect(() => journal.append([entry(2, "AccessGranted")])).toThrow(/could not be written/);
    raw((database) => database.exec("DROP TRIGGER disk_fails"));
    expect(journal.checkpoint()?.size).toBe(1);
    journal.append([entry(2, "AccessGranted")]);
    expect(journal.checkpoint()?.size).toBe(2);
    expect(parseCheckpoint(parseNote(journal.checkpoint()?.note ?? "").text).root).toEqual(
      base64(journal.proveConsistency(1, 2).toRoot),
    );
  });

  test("what a witness signed is kept with what it signed", () => {
    using journal = open();
    journal.append([entry(1, "AccessGranted")]);
    journal.keepCosignatures(1, "— witness AAAAAAA=\n");
    journal.append([entry(2, "AccessGranted")]);
    expect(journal.witnessed()).toMatchObject({ size: 1, cosignatures: "— witness AAAAAAA=\n" });
  });

  test("of many checkpoints the newest stay, and of the older ones the last of each stretch and of what was witnessed", () => {
    {
      using journal = open();
      journal.append(entries(1_000));
      journal.append(entries(300));
    }
    raw((database) => {
      const insert = database.prepare("INSERT INTO checkpoints (size, note) VALUES (?, 'a note')");
      database.transaction(() => {
        for (let size = 1; size <= 1_300; size++) insert.run(size);
      })();
    });
    using journal = open();
    journal.keepCosignatures(100, "— witness AAAAAAA=\n");
    journal.append([entry(1)]);
    journal.checkpointNow();
    const sizes = raw((database) =>
      database.prepare("SELECT size FROM checkpoints ORDER BY size").pluck().all(),
    );
    expect(sizes.slice(0, 3)).toEqual([100, 256, 302]);
    expect(sizes).toHaveLength(1_002);
  });
});

describe("pruning", () => {
  const gone = (chunk: number): void =>
    raw((database) => {
      const last = (chunk + 1) * 256;
      database.exec(
        `UPDATE journal_chunks SET gone = (SELECT hash FROM journal WHERE seq = ${last}) WHERE chunk = ${chunk}`,
      );
      database.exec(`DELETE FROM journal WHERE seq <= ${last}`);
    });

  test("records go only under a signed checkpoint, by whole stretches, oldest first, and never the newest", () => {
    {
      using journal = open();
      journal.append(entries(768));
      expect(() => gone(0)).toThrow(/only records under a signed checkpoint/);
      journal.checkpointNow();
    }
    expect(() => raw((database) => database.exec("DELETE FROM journal WHERE seq = 1"))).toThrow(
      /append-only/,
    );
    expect(() => gone(1)).toThrow(/oldest first/);
    gone(0);
    gone(1);
    expect(() => gone(2)).toThrow(/only records under/);
    expect(() => raw((database) => database.exec("DELETE FROM journal WHERE seq = 513"))).toThrow(
      /append-only/,
    );
    expect(() =>
      raw((database) => database.exec("UPDATE journal_chunks SET gone = NULL WHERE chunk = 0")),
    ).toThrow(/only records under/);
    expect(() => raw((database) => database.exec("UPDATE journal_chunks SET node = zeroblob(32)"))).toThrow(
      /the tree is append-only/,
    );
    expect(() => raw((database) => database.exec("UPDATE journal_chunks SET secret = NULL"))).toThrow(
      /the tree is append-only/,
    );
    raw((database) => database.exec("UPDATE journal_chunks SET secret = NULL WHERE chunk < 2"));
  });

  test("what is left is proven as before, and goes on; what is gone says so", () => {
    {
      using journal = open();
      journal.append(entries(768));
      journal.checkpointNow();
    }
    gone(0);
    gone(1);
    using journal = open();
    journal.append(entries(300));
    const { leaf, root, proof } = journal.proveInclusion(600, 1_068);
    const claim = { index: 599, size: 1_068, root: base64(root), proof: proof.map(base64) };
    expect(isIncluded(sha256, { ...claim, leaf: leafHash(sha256, leaf) })).toBe(true);
    const { fromRoot, toRoot, proof: path } = journal.proveConsistency(768, 1_068);
    const roots = { fromRoot: base64(fromRoot), toRoot: base64(toRoot) };
    expect(isConsistent(sha256, { from: 768, to: 1_068, ...roots, proof: path.map(base64) })).toBe(true);
    expect(() => journal.proveInclusion(300, 1_068)).toThrow(/record 300 was pruned/);
    journal.checkpointNow();
    const sizes = raw((database) => database.prepare("SELECT size FROM checkpoints").pluck().all());
    expect(sizes).toEqual([768, 1_068]);
    expect(() => journal.proveConsistency(300, 1_068)).toThrow(NoProof);
  });
});
