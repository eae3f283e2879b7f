/**
 * What makes the journal provable to somebody who holds one signed line of it (RFC 6962), and lets its oldest records
 * go without ending that.
 *
 * The tree's leaves are made from the records; of its nodes only those over 256 records are kept, a row for each such
 * stretch: `chunk` 0 is records 1 to 256. `secret` is what the salts of its records come from; `node` is empty until
 * the stretch is complete; `leaves` are kept only where the records are gone and somebody outside knows a size in them.
 *
 * Pruning goes by whole stretches, oldest first: `gone` is the hash of a stretch's last record, and set before its
 * records are deleted. The triggers let it be set only under a signed checkpoint and never on the newest record's
 * stretch, and let those records go alone.
 */
export const journalTreeMigration = `CREATE TABLE journal_chunks (
       chunk INTEGER PRIMARY KEY,
       secret BLOB CHECK (length(secret) = 32),
       node BLOB CHECK (length(node) = 32),
       gone BLOB CHECK (length(gone) = 32),
       leaves BLOB CHECK (length(leaves) = 8192)
     ) STRICT;
     CREATE TABLE checkpoints (
       size INTEGER PRIMARY KEY,
       note TEXT NOT NULL,
       cosignatures TEXT
     ) STRICT;
     DROP TRIGGER IF EXISTS journal_never_shrinks;
     CREATE TRIGGER journal_never_shrinks BEFORE DELETE ON journal
       WHEN (SELECT gone FROM journal_chunks WHERE chunk = (OLD.seq - 1) / 256) IS NULL
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
     CREATE TRIGGER journal_chunks_stay BEFORE DELETE ON journal_chunks
       BEGIN SELECT RAISE(ABORT, 'the tree is append-only'); END;
     CREATE TRIGGER journal_chunks_grow_by_one BEFORE INSERT ON journal_chunks
       WHEN NEW.gone IS NOT NULL
         OR NEW.chunk IS NOT (SELECT coalesce(max(chunk), -1) + 1 FROM journal_chunks)
       BEGIN SELECT RAISE(ABORT, 'the tree is append-only'); END;
     CREATE TRIGGER journal_chunks_never_change BEFORE UPDATE ON journal_chunks
       WHEN NEW.chunk IS NOT OLD.chunk
         OR (OLD.node IS NOT NULL AND NEW.node IS NOT OLD.node)
         OR (NEW.secret IS NOT OLD.secret AND (NEW.gone IS NULL OR NEW.secret IS NOT NULL))
       BEGIN SELECT RAISE(ABORT, 'the tree is append-only'); END;
     CREATE TRIGGER only_signed_records_go BEFORE UPDATE OF gone ON journal_chunks
       WHEN NEW.gone IS NOT OLD.gone AND (
         OLD.gone IS NOT NULL
         OR NEW.node IS NULL
         OR (OLD.chunk > 0 AND (SELECT gone FROM journal_chunks WHERE chunk = OLD.chunk - 1) IS NULL)
         OR (OLD.chunk + 1) * 256 > (SELECT coalesce(max(size), 0) FROM checkpoints)
         OR (OLD.chunk + 1) * 256 >= (SELECT max(seq) FROM journal)
         OR NEW.gone IS NOT (SELECT hash FROM journal WHERE seq = (OLD.chunk + 1) * 256))
       BEGIN SELECT RAISE(ABORT, 'only records under a signed checkpoint may go, oldest first'); END;
     -- The newest stays: it is what everything before it is proven by.
     CREATE TRIGGER newest_checkpoint_stays BEFORE DELETE ON checkpoints
       WHEN OLD.size = (SELECT max(size) FROM checkpoints)
       BEGIN SELECT RAISE(ABORT, 'the newest checkpoint stays'); END;`;
