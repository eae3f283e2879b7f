import { afterEach, describe, expect, type TestOptions, test } from "vitest";
import type { AccessPointName } from "../../domain/names.ts";
import type { Instant } from "../../domain/time.ts";
import type { CardRead, CardReader, KeysPressed, ReaderSignal, ReaderStatus } from "../card-reader.ts";
import { hostileTexts } from "./hostile-texts.ts";

/** Readers at `outer-entry` and `inner-entry` of the vestibule `v1`. */
export interface CardReaderUnderTest {
  readonly reader: CardReader;
  /** Holds a card before the reader of an access point, as the hardware would be given it. */
  present(accessPoint: AccessPointName, number: string): void;
  now(): Instant;
  /** Lets what is on its way arrive. */
  settle(): Promise<void>;
  /** Types on the keypad there; undefined where readers of this kind have none. */
  readonly press?: ((accessPoint: AccessPointName, keys: string) => void) | undefined;
  /** Pulls the plug of everything this driver reads from, and puts it in again. */
  unplug(): void;
  plug(): void;
  /** Ends what a test's real parts left running. */
  close?(): Promise<void>;
}

interface Heard {
  readonly reads: CardRead[];
  readonly keys: KeysPressed[];
  readonly statuses: ReaderStatus[];
}

const signals: readonly ReaderSignal[] = ["ready", "busy", "enterPin", "granted", "denied"];
const entries = ["outer-entry", "inner-entry"] as const;

/** What every driver of CardReader keeps; run by each of them beside its own tests. `options`: of each test. */
export function cardReaderContract(
  name: string,
  create: () => CardReaderUnderTest | Promise<CardReaderUnderTest>,
  options: TestOptions = {},
): void {
  let running: CardReaderUnderTest | undefined;
  const created = async (): Promise<CardReaderUnderTest> => (running = await create());
  const heardBy = async (under: CardReaderUnderTest): Promise<Heard> => {
    const heard: Heard = { reads: [], keys: [], statuses: [] };
    await under.reader.open({
      onCard: (read) => heard.reads.push(read),
      onKeys: (keys) => heard.keys.push(keys),
      onStatus: (status) => heard.statuses.push(status),
    });
    await under.settle();
    return heard;
  };
  const opened = async (under: CardReaderUnderTest): Promise<CardRead[]> => (await heardBy(under)).reads;
  const statesOf = ({ statuses }: Heard): string[] =>
    statuses.map(({ vestibule, accessPoint, state }) => `${vestibule}.${accessPoint} ${state}`).toSorted();

  describe(`${name} keeps the contract of a card reader`, options, () => {
    afterEach(async () => {
      await running?.reader[Symbol.asyncDispose]();
      await running?.close?.();
      running = undefined;
    });

    test("each presentation is one read, with where and when", async () => {
      const under = await created();
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
      const under = await created();
      const reads = await opened(under);
      under.present("outer-entry", "1001");
      under.present("outer-entry", "1001");
      await under.settle();
      expect(reads).toHaveLength(2);
    });

    test("T8: what cannot be a card number never leaves the reader", async () => {
      const under = await created();
      const reads = await opened(under);
      for (const number of ["", "10 01", "1001\n", "a\u0000b", "\u202e1001", "9".repeat(65)]) {
        under.present("outer-entry", number);
      }
      await under.settle();
      expect(reads).toEqual([]);
    });

    test("T8: whatever a card says, what leaves is short and visible, and the next card is read", async () => {
      const under = await created();
      const { reads, keys } = await heardBy(under);
      for (const text of hostileTexts) under.present("outer-entry", text);
      await under.settle();
      for (const { number, format } of reads) {
        expect(number).toMatch(/^[\p{L}\p{N}\p{P}\p{S}]{1,64}$/u);
        expect(format).toMatch(/^[\p{L}\p{N}\p{P}\p{S}]{1,64}$/u);
      }
      expect(keys).toEqual([]);
      const before = reads.length;
      under.present("outer-entry", "1001");
      await under.settle();
      expect(reads.slice(before).map(({ number }) => number)).toEqual(["1001"]);
    });

    test("a card presented before opening is not read later", async () => {
      const under = await created();
      under.present("outer-entry", "1001");
      await under.settle();
      expect(await opened(under)).toEqual([]);
    });

    test("keys come in their order, with where and when, and are no card", async () => {
      const under = await created();
      const { reads, keys } = await heardBy(under);
      const before = under.now();
      under.press?.("inner-entry", "2468#");
      await under.settle();
      const typed = under.press === undefined ? "" : "2468#";
      expect(keys.map((one) => one.keys).join("")).toBe(typed);
      for (const { vestibule, accessPoint, at } of keys) {
        expect({ vestibule, accessPoint }).toEqual({ vestibule: "v1", accessPoint: "inner-entry" });
        expect(at).toBeGreaterThanOrEqual(before);
        expect(at).toBeLessThanOrEqual(under.now());
      }
      expect(reads).toEqual([]);
    });

    test("T8: what no keypad has never leaves the reader, and much of it comes in small pieces", async () => {
      const under = await created();
      const { keys } = await heardBy(under);
      for (const text of ["", "12a4", "1 2", "１２", "1\n2", "\u0000"]) under.press?.("outer-entry", text);
      under.press?.("outer-entry", "1".repeat(40));
      await under.settle();
      for (const one of keys) expect(one.keys).toMatch(/^[0-9#*]{1,16}$/);
    });

    test("how each reader is, is told once after opening", async () => {
      const under = await created();
      const heard = await heardBy(under);
      await under.settle();
      expect(statesOf(heard)).toEqual(["v1.inner-entry online", "v1.outer-entry online"]);
      for (const { detail } of heard.statuses) expect(detail).toBeNull();
    });

    test("a reader that goes is lost, with what to do; it is online once it is back, and reads", async () => {
      const under = await created();
      const heard = await heardBy(under);
      heard.statuses.length = 0;
      under.unplug();
      await under.settle();
      expect(statesOf(heard)).toEqual(["v1.inner-entry lost", "v1.outer-entry lost"]);
      for (const { detail } of heard.statuses) expect(detail).toMatch(/\w{3}/);
      heard.statuses.length = 0;
      under.plug();
      await under.settle();
      expect(statesOf(heard)).toEqual(["v1.inner-entry online", "v1.outer-entry online"]);
      under.present("outer-entry", "1001");
      await under.settle();
      expect(heard.reads.map(({ number }) => number)).toEqual(["1001"]);
    });

    test("what is not there at opening is waited for", async () => {
      const under = await created();
      under.unplug();
      await under.settle();
      const heard = await heardBy(under);
      expect(statesOf(heard).filter((state) => state.endsWith("online"))).toEqual([]);
      under.plug();
      await under.settle();
      for (const accessPoint of entries)
        expect(heard.statuses.findLast((status) => status.accessPoint === accessPoint)?.state).toBe("online");
      under.present("inner-entry", "1002");
      await under.settle();
      expect(heard.reads.map(({ number }) => number)).toEqual(["1002"]);
    });

    test("a signal never throws: there or elsewhere, before opening, while lost, after the end", async () => {
      const under = await created();
      const all = (): void => {
        for (const signal of signals) {
          for (const accessPoint of entries) under.reader.signal({ vestibule: "v1", accessPoint }, signal);
          under.reader.signal({ vestibule: "v1", accessPoint: "outer-exit" }, signal);
          under.reader.signal({ vestibule: "__proto__", accessPoint: "outer-entry" }, signal);
        }
      };
      all();
      const { reads } = await heardBy(under);
      all();
      under.present("outer-entry", "1001");
      await under.settle();
      expect(reads).toHaveLength(1);
      under.unplug();
      all();
      await under.settle();
      all();
      await under.reader[Symbol.asyncDispose]();
      all();
    });

    test("nothing is read after disposing", async () => {
      const under = await created();
      const { reads, keys, statuses } = await heardBy(under);
      statuses.length = 0;
      await under.reader[Symbol.asyncDispose]();
      under.present("outer-entry", "1001");
      under.press?.("outer-entry", "1");
      await under.settle();
      under.unplug();
      await under.settle();
      expect(reads).toEqual([]);
      expect(keys).toEqual([]);
      expect(statuses).toEqual([]);
    });

    test("disposing twice, or before opening, is as once", async () => {
      const under = await created();
      await under.reader[Symbol.asyncDispose]();
      await under.reader[Symbol.asyncDispose]();
    });
  });
}
