import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { EvidenceStore } from "../evidence-store.ts";
import { StorageFault } from "../journal.ts";
import { hostileTexts } from "./hostile-texts.ts";

export interface EvidenceStoreUnderTest extends Disposable {
  /** Keeps at most three pictures when pruned. */
  readonly store: EvidenceStore;
  /** Changes the stored picture behind the store's back. */
  alter(hash: string): void;
}

export function evidenceStoreContract(name: string, make: () => EvidenceStoreUnderTest): void {
  describe(`EvidenceStore contract: ${name}`, () => {
    test("a picture is found again under the SHA-256 of its own bytes", () => {
      using subject = make();
      const jpeg = picture(1);
      const hash = subject.store.put(jpeg);
      expect(hash).toBe(createHash("sha256").update(jpeg).digest("hex"));
      expect(Buffer.from(subject.store.get(hash) ?? [])).toEqual(Buffer.from(jpeg));
    });

    test("an empty picture is one too", () => {
      using subject = make();
      expect(subject.store.get(subject.store.put(new Uint8Array()))).toHaveLength(0);
    });

    test("the same picture twice is kept once", () => {
      using subject = make();
      for (const n of [1, 1, 2, 1, 3]) subject.store.put(picture(n));
      expect(subject.store.prune()).toBe(0);
    });

    test("T5, T8: a name that is no hash is none of ours", () => {
      using subject = make();
      for (const text of [...hostileTexts, "ab/".padEnd(64, "."), "G".repeat(64)]) {
        expect(subject.store.get(text)).toBeUndefined();
      }
      expect(subject.store.get("0".repeat(64))).toBeUndefined();
    });

    test("prune deletes the oldest beyond the limit and leaves the newest", () => {
      using subject = make();
      const hashes = [1, 2, 3, 4, 5].map((n) => subject.store.put(picture(n)));
      expect(subject.store.prune()).toBe(2);
      expect(hashes.map((hash) => subject.store.get(hash) !== undefined)).toEqual([
        false,
        false,
        true,
        true,
        true,
      ]);
      subject.store.put(picture(6));
      expect(subject.store.prune()).toBe(1);
      expect(subject.store.prune()).toBe(0);
    });

    test("an altered picture is reported, never shown", () => {
      using subject = make();
      const hash = subject.store.put(picture(1));
      subject.alter(hash);
      expect(() => subject.store.get(hash)).toThrow(StorageFault);
    });
  });
}

const picture = (n: number): Uint8Array => Uint8Array.from({ length: 1_000 + n }, (_, i) => (i * n) % 251);
