import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../domain/journal/canonical-json.ts";
import { chainedText, genesisHash } from "../../domain/journal/chain.ts";
import { type Instant, instant, type WallTime, wallTime } from "../../domain/time.ts";
import { type Journal, type JournalEntry, type JsonObject, StorageFault } from "../journal.ts";
import { hostileTexts } from "./hostile-texts.ts";

export interface JournalUnderTest extends Disposable {
  readonly journal: Journal;
  /** Sets the clock the journal reads. */
  setWall(time: WallTime): void;
  /** The next append throws StorageFault, whatever becomes of its records. */
  failNextAppend(): void;
}

export function journalContract(name: string, make: () => JournalUnderTest): void {
  describe(`Journal contract: ${name}`, () => {
    test("numbers records from 1 without a gap and chains each to the one before", () => {
      using subject = make();
      const written = [
        ...subject.journal.append([granted("p1"), denied("p2")]),
        ...subject.journal.append([granted("p1")]),
      ];
      expect(written.map((record) => record.seq)).toEqual([1, 2, 3]);
      let hash = genesisHash;
      for (const record of written) {
        const text = chainedText(hash, { ...record, payload: canonicalJson(record.payload), input: null });
        hash = createHash("sha256").update(text).digest("hex");
        expect(record.hash).toBe(hash);
      }
      expect(subject.journal.last()).toBe(3);
      expect(subject.journal.verify()).toEqual({ intact: true, records: 3, first: 1, last: 3, head: hash });
    });

    test("an empty journal is intact, and an empty batch writes nothing", () => {
      using subject = make();
      expect(subject.journal.append([])).toEqual([]);
      expect(subject.journal.last()).toBe(0);
      expect(subject.journal.query({ limit: 10 })).toEqual([]);
      expect(subject.journal.verify()).toMatchObject({ intact: true, records: 0, last: 0 });
    });

    test("reads back exactly what append returned", () => {
      using subject = make();
      subject.setWall(wallTime(1_700_000_000_123.25));
      const payload = { z: [1, -0.5, 1e21, null], a: { "": true, é: "€" }, cardholder: "p1" };
      const written = subject.journal.append([entry("AccessGranted", payload, instant(12.375))]);
      expect(written[0]).toMatchObject({ at: 12.375, wall: 1_700_000_000_123.25, payload, version: 1 });
      expect(subject.journal.query({ limit: 1 })).toEqual(written);
    });

    test("what was decided on comes back with the record, is under its hash, and others have none", () => {
      using subject = make();
      const input = { type: "CardPresented", at: 5, surroundings: { storage: "ok" } };
      const [decided] = subject.journal.append([{ ...granted("p1"), input }, denied("p2")]);
      if (decided === undefined) throw new Error("nothing was written");
      const payload = canonicalJson(decided.payload);
      const text = chainedText(genesisHash, { ...decided, payload, input: canonicalJson(input) });
      expect(decided.hash).toBe(createHash("sha256").update(text).digest("hex"));
      expect(subject.journal.query({ limit: 2 }).map((record) => record.input)).toEqual([input, undefined]);
      expect(subject.journal.verify()).toMatchObject({ intact: true, records: 2 });
    });

    test("T8: hostile text in every field comes back unchanged", () => {
      using subject = make();
      for (const text of hostileTexts) {
        const payload = JSON.parse(`{${JSON.stringify(text)}:${JSON.stringify(text)}}`);
        subject.journal.append([entry("CardPresented", { payload, cardholder: text })]);
        const [found] = subject.journal.query({ limit: 2, cardholder: text, newestFirst: true });
        expect(found?.payload).toEqual({ payload, cardholder: text });
        expect(subject.journal.query({ limit: 1, type: text })).toEqual([]);
      }
      expect(subject.journal.verify()).toMatchObject({ intact: true, records: hostileTexts.length });
    });

    test("refuses what is no JSON as a bug of the caller, and writes nothing of the batch", () => {
      using subject = make();
      // Deliberately past the types: a payload put together from outside data may hold these.
      const broken = [
        { x: Number.NaN },
        { x: undefined },
        { x: 1n },
        { x: () => 1 },
      ] as unknown as JsonObject[];
      for (const payload of broken) {
        expect(() => subject.journal.append([granted("p1"), entry("AccessGranted", payload)])).toThrow(
          TypeError,
        );
      }
      expect(() => subject.journal.append([entry("no type", {})])).toThrow(TypeError);
      expect(() => subject.journal.append(Array.from({ length: 1_001 }, () => granted("p1")))).toThrow(
        RangeError,
      );
      expect(subject.journal.append([granted("p1")])[0]?.seq).toBe(1);
    });

    test("filters by type, cardholder and time, and pages in both directions", () => {
      using subject = make();
      for (let i = 1; i <= 20; i++) {
        subject.setWall(wallTime(1_000 * i));
        subject.journal.append([i % 2 === 0 ? granted(`p${i % 3}`) : denied(`p${i % 3}`)]);
      }
      const seqs = (query: Partial<Parameters<Journal["query"]>[0]>): number[] =>
        subject.journal.query({ limit: 5, ...query }).map((record) => record.seq);
      expect(seqs({})).toEqual([1, 2, 3, 4, 5]);
      expect(seqs({ after: 17 })).toEqual([18, 19, 20]);
      expect(seqs({ newestFirst: true })).toEqual([20, 19, 18, 17, 16]);
      expect(seqs({ newestFirst: true, after: 3 })).toEqual([2, 1]);
      expect(seqs({ type: "AccessGranted", after: 10 })).toEqual([12, 14, 16, 18, 20]);
      expect(seqs({ type: "AccessGranted", cardholder: "p0" })).toEqual([6, 12, 18]);
      expect(seqs({ from: wallTime(7_000), to: wallTime(9_000) })).toEqual([7, 8, 9]);
      expect(seqs({ cardholder: "nobody" })).toEqual([]);
    });

    test("a limit outside 1 to 1000 is a bug of the caller", () => {
      using subject = make();
      for (const limit of [0, -1, 1_001, 1.5, Number.NaN]) {
        expect(() => subject.journal.query({ limit })).toThrow(RangeError);
      }
    });

    test("after a failed append the next one continues the chain", () => {
      using subject = make();
      subject.journal.append([granted("p1")]);
      subject.failNextAppend();
      expect(() => subject.journal.append([denied("p2")])).toThrow(StorageFault);
      const [next] = subject.journal.append([granted("p3")]);
      // 3 where the refused record turned up all the same: the port promises neither.
      expect([2, 3]).toContain(next?.seq);
      expect(subject.journal.last()).toBe(next?.seq);
      expect(subject.journal.verify()).toMatchObject({ intact: true, records: next?.seq, head: next?.hash });
    });
  });
}

const entry = (type: string, payload: JsonObject, at: Instant = instant(1)): JournalEntry => ({
  type,
  at,
  payload,
});
const granted = (cardholder: string): JournalEntry =>
  entry("AccessGranted", { cardholder, accessPoint: "outer-entry" });
const denied = (cardholder: string): JournalEntry =>
  entry("AccessDenied", { cardholder, reason: "faceMismatch" });
