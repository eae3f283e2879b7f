import { expect, test } from "vitest";
import { evidenceStoreContract } from "../ports/contracts/evidence-store.contract.ts";
import { StorageFault } from "../ports/journal.ts";
import { MemoryEvidenceStore } from "./memory-evidence-store.ts";

evidenceStoreContract("memory", () => {
  const store = new MemoryEvidenceStore();
  return { store, alter: (hash) => store.alter(hash), [Symbol.dispose]: () => store[Symbol.dispose]() };
});

test("a failed put keeps nothing, and the next one works", async () => {
  const store = new MemoryEvidenceStore();
  store.failNextPut();
  await expect(store.put(Uint8Array.of(1))).rejects.toThrow(StorageFault);
  expect(store.get(await store.put(Uint8Array.of(1)))).toHaveLength(1);
});
