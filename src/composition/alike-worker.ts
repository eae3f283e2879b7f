// The thread of alike-in-worker.ts.
import { parentPort, workerData } from "node:worker_threads";
import { createAesGcmCipher } from "../drivers/site-key/aes-gcm-cipher.ts";
import type { SiteKey } from "../drivers/site-key/site-keys.ts";
import { findAlikeIn } from "../drivers/sqlite/alike-faces.ts";
import type { SearchOrder } from "./alike-in-worker.ts";

const { path, keys, search } = workerData as SearchOrder; // handed over by alike-in-worker.ts
const [first, ...others] = keys.map(
  ({ bytes, id }): SiteKey => ({ bytes: Buffer.from(bytes), id: Buffer.from(id) }),
);
if (first === undefined) throw new RangeError("a search needs a key");
parentPort?.postMessage(findAlikeIn(path, createAesGcmCipher([first, ...others], "directory"), search));
