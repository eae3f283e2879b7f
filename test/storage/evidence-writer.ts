// A process of its own that keeps pictures and clips, for tests whose disk fails under it. Prints a line for each.
//   node evidence-writer.ts FOLDER COUNT
import { createHash } from "node:crypto";
import { writeSync } from "node:fs";
import { openEvidenceFiles } from "../../src/drivers/evidence-files/evidence-files.ts";
import { createAesGcmCipher } from "../../src/drivers/site-key/aes-gcm-cipher.ts";
import { keyOf } from "../../src/drivers/site-key/site-keys.ts";
import { StorageFault } from "../../src/ports/journal.ts";

const [folder = "", count = "0"] = process.argv.slice(2);
const cipher = createAesGcmCipher([keyOf(Buffer.alloc(32, 7))], "evidence");
const store = openEvidenceFiles({ folder, cipher, mostFiles: 1_000, mostBytes: 1e9 });
const say = (line: string): void => void writeSync(1, `${line}\n`);

for (let n = 0; n < Number(count); n++) {
  const bytes = Buffer.alloc(n % 2 === 0 ? 50_000 : 300_000, `evidence ${n}, `);
  const hash = createHash("sha256").update(bytes).digest("hex");
  try {
    if (n % 2 === 0) await store.put(bytes);
    else {
      await using receiver = store.receive({ hash, size: bytes.length, media: "video/mp4" });
      for (let at = 0; at < bytes.length; at += 65_536) await receiver.add(bytes.subarray(at, at + 65_536));
      await receiver.finish();
    }
    say(`kept ${hash} ${bytes.length}`);
  } catch (error) {
    if (!(error instanceof StorageFault)) throw error;
    say(`fault ${hash} ${error.message}`);
  }
}
