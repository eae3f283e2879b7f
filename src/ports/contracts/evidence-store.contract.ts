import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { EvidenceAltered, type EvidenceStore } from "../evidence-store.ts";
import { StorageFault } from "../journal.ts";
import { hostileTexts } from "./hostile-texts.ts";

export interface EvidenceStoreUnderTest extends Disposable {
  readonly store: EvidenceStore;
  /** Changes the stored picture behind the store's back. */
  alter(hash: string): void;
}

export function evidenceStoreContract(name: string, make: () => EvidenceStoreUnderTest): void {
  describe(`EvidenceStore contract: ${name}`, () => {
    test("a picture is found again under the SHA-256 of its own bytes", async () => {
      using subject = make();
      const jpeg = picture(1);
      const hash = await subject.store.put(jpeg);
      expect(hash).toBe(createHash("sha256").update(jpeg).digest("hex"));
      expect(Buffer.from(subject.store.get(hash) ?? [])).toEqual(Buffer.from(jpeg));
    });

    test("an empty picture is one too", async () => {
      using subject = make();
      expect(subject.store.get(await subject.store.put(new Uint8Array()))).toHaveLength(0);
    });

    test("the same picture twice is kept once", async () => {
      using subject = make();
      for (const n of [1, 1, 2, 1, 3]) await subject.store.put(picture(n));
      expect(subject.store.list()).toHaveLength(3);
    });

    test("T5, T8: a name that is no hash is none of ours", () => {
      using subject = make();
      for (const text of [...hostileTexts, "ab/".padEnd(64, "."), "G".repeat(64)]) {
        expect(subject.store.get(text)).toBeUndefined();
      }
      expect(subject.store.get("0".repeat(64))).toBeUndefined();
    });

    test("lists what there is, oldest first, and removes what it is told to", async () => {
      using subject = make();
      const { store } = subject;
      const hashes: string[] = [];
      for (const n of [1, 2, 3]) hashes.push(await store.put(picture(n)));
      expect(store.list().map(({ hash }) => hash)).toEqual(hashes);
      expect(store.list().every(({ bytes, keptAt }) => bytes > 1_000 && Number.isFinite(keptAt))).toBe(true);
      const [first = "", ...others] = hashes;
      store.remove([first, "0".repeat(64), "../../elsewhere"]);
      expect(store.list().map(({ hash }) => hash)).toEqual(others);
      expect(hashes.map((hash) => store.has(hash))).toEqual([false, true, true]);
    });

    test("a clip comes in pieces of any length, and is read from anywhere to anywhere", async () => {
      using subject = make();
      const clip = clipOf(300_001);
      await received(subject.store, clip, [1, 65_536, 100_000, 65_535, 68_929]);
      const opened = subject.store.open(hashOf(clip));
      expect(opened).toMatchObject({ media: "video/mp4", size: 300_001 });
      for (const [from, until] of [
        [0, 300_001],
        [0, 1],
        [65_535, 65_537],
        [131_072, 131_072],
        [299_999, 400_000],
      ] as const) {
        const part = Buffer.from((await opened?.read(from, until)) ?? []);
        expect(part.equals(clip.subarray(from, until)), `${from} to ${until}`).toBe(true);
      }
    });

    test("a clip that is not what was announced, or was given up, leaves nothing", async () => {
      using subject = make();
      const { store } = subject;
      const clip = clipOf(100_000);
      const announced = { hash: hashOf(clip), size: clip.length, media: "video/mp4" } as const;
      for (const bytes of [clip.subarray(1), Buffer.concat([clip.subarray(1), Buffer.of(1)]), undefined]) {
        await using receiver = store.receive(announced);
        await receiver.add(bytes ?? clip);
        if (bytes !== undefined) await expect(receiver.finish()).rejects.toThrow(StorageFault);
      }
      expect(store.has(announced.hash)).toBe(false);
      expect(store.list()).toEqual([]);
    });

    test("a picture opens as one", async () => {
      using subject = make();
      const opened = subject.store.open(await subject.store.put(picture(1)));
      expect(opened).toMatchObject({ media: "image/jpeg", size: 1_001 });
      expect([...((await opened?.read(1_000, 1_001)) ?? [])]).toEqual([...picture(1).subarray(1_000)]);
    });

    test("a bookmark is kept", () => {
      using subject = make();
      expect(subject.store.bookmark.get()).toBeUndefined();
      subject.store.bookmark.set("ab");
      subject.store.bookmark.set("cd");
      expect(subject.store.bookmark.get()).toBe("cd");
    });

    test("an altered picture is reported, never shown", async () => {
      using subject = make();
      const hash = await subject.store.put(picture(1));
      subject.alter(hash);
      expect(() => subject.store.get(hash)).toThrow(EvidenceAltered);
      expect(() => subject.store.open(hash)).toThrow(EvidenceAltered);
    });
  });
}

const picture = (n: number): Uint8Array => Uint8Array.from({ length: 1_000 + n }, (_, i) => (i * n) % 251);

/** No two pieces of it are alike. */
function clipOf(length: number): Buffer {
  const clip = Buffer.alloc(length);
  for (let at = 0; at + 4 <= length; at += 4) clip.writeUInt32LE((at * 2_654_435_761) % 2 ** 32, at);
  return clip;
}

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

async function received(store: EvidenceStore, clip: Buffer, lengths: readonly number[]): Promise<void> {
  await using receiver = store.receive({ hash: hashOf(clip), size: clip.length, media: "video/mp4" });
  let at = 0;
  for (const length of lengths) {
    await receiver.add(clip.subarray(at, at + length));
    at += length;
  }
  await receiver.finish();
}
