import { describe, expect, test } from "vitest";
import type { AccessPointName } from "../../domain/names.ts";
import type { Instant } from "../../domain/time.ts";
import type { CardRead, CardReader } from "../card-reader.ts";

/** Readers at `outer-entry` and `inner-entry` of the vestibule `v1`. */
export interface CardReaderUnderTest {
  readonly reader: CardReader;
  /** Holds a card before the reader of an access point, as the hardware would be given it. */
  present(accessPoint: AccessPointName, number: string): void;
  now(): Instant;
  /** Lets what is on its way arrive. */
  settle(): Promise<void>;
}

/** What every driver of CardReader keeps; run by each of them beside its own tests. */
export function cardReaderContract(name: string, create: () => CardReaderUnderTest): void {
  const opened = async (under: CardReaderUnderTest): Promise<CardRead[]> => {
    const reads: CardRead[] = [];
    await under.reader.open({ onCard: (read) => reads.push(read), onKeys: () => {}, onStatus: () => {} });
    await under.settle();
    return reads;
  };

  describe(`${name} keeps the contract of a card reader`, () => {
    test("each presentation is one read, with where and when", async () => {
      const under = create();
      const reads = await opened(under);
      const before = under.now();
      under.present("outer-entry", "1001");
      await under.settle();
      under.present("inner-entry", "1002");
      await under.settle();
      expect(reads.map(({ vestibule, accessPoint, number }) => ({ vestibule, accessPoint, number }))).toEqual(
        [
          { vestibule: "v1", accessPoint: "outer-entry", number: "1001" },
          { vestibule: "v1", accessPoint: "inner-entry", number: "1002" },
        ],
      );
      for (const { at, format } of reads) {
        expect(at).toBeGreaterThanOrEqual(before);
        expect(at).toBeLessThanOrEqual(under.now());
        expect(format).not.toBe("");
      }
    });

    test("the same card twice is two presentations: what follows from that is not the reader's business", async () => {
      const under = create();
      const reads = await opened(under);
      under.present("outer-entry", "1001");
      under.present("outer-entry", "1001");
      await under.settle();
      expect(reads).toHaveLength(2);
    });

    test("T8: what cannot be a card number never leaves the reader", async () => {
      const under = create();
      const reads = await opened(under);
      for (const number of ["", "10 01", "1001\n", "a\u0000b", "\u202e1001", "9".repeat(65)]) {
        under.present("outer-entry", number);
      }
      await under.settle();
      expect(reads).toEqual([]);
    });

    test("a card presented before opening is not read later", async () => {
      const under = create();
      under.present("outer-entry", "1001");
      await under.settle();
      expect(await opened(under)).toEqual([]);
    });

    test("nothing is read after disposing", async () => {
      const under = create();
      const reads = await opened(under);
      await under.reader[Symbol.asyncDispose]();
      under.present("outer-entry", "1001");
      await under.settle();
      expect(reads).toEqual([]);
    });
  });
}
