import { describe, expect, test } from "vitest";
import {
  treeEntries as entries,
  treeEntry as entry,
  journalOnDisk,
} from "../../../test/support/journal-on-disk.ts";

const { open, raw } = journalOnDisk();

describe("T41: verify finds", () => {
  const verdictAfter = (change: string, more = 0) => {
    {
      using journal = open();
      journal.append(entries(300));
      journal.checkpointNow();
      if (more > 0) journal.append(entries(more));
    }
    raw((database) => {
      for (const trigger of ["journal_chunks_never_change", "newest_checkpoint_stays"])
        database.exec(`DROP TRIGGER ${trigger}`);
      database.exec(change);
    });
    using journal = open();
    return journal.verify();
  };

  test.each([
    ["a node of the tree", "UPDATE journal_chunks SET node = zeroblob(32) WHERE chunk = 0", 1, "tree"],
    ["what salts come from", "UPDATE journal_chunks SET secret = zeroblob(32) WHERE chunk = 0", 1, "tree"],
    [
      "the same of the newest records",
      "UPDATE journal_chunks SET secret = zeroblob(32) WHERE chunk = 1",
      1,
      "tree",
    ],
    ["a checkpoint of more than there is", "UPDATE checkpoints SET size = 301", 301, "gap"],
    ["a checkpoint in another's place", "UPDATE checkpoints SET size = 299", 1, "signature"],
  ])("%s", (_, change, seq, fault) => {
    expect(verdictAfter(change)).toMatchObject({ intact: false, seq, fault });
  });

  test("that what must be signed is not", () => {
    {
      using journal = open();
      journal.append([{ ...entry(1, "JournalKeyChanged"), payload: { key: "k", former: null } }, entry(2)]);
      journal.append([entry(3, "AccessGranted")]);
    }
    raw((database) => {
      database.exec("DROP TRIGGER newest_checkpoint_stays");
      database.exec("DELETE FROM checkpoints WHERE size = 3");
    });
    using journal = open();
    expect(journal.verify()).toMatchObject({ intact: false, seq: 3, fault: "signature" });
  });
});
