import { beforeEach, expect, test } from "vitest";
import { wallTime } from "../domain/time.ts";
import type { FigureOrder, FigureResult, Figures } from "../ports/services/figure-services.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { FigureDesk } from "./figure-desk.ts";

type Made = Exclude<FigureResult, { readonly is: "busy" }>;

interface Begun {
  readonly order: FigureOrder;
  readonly signal: AbortSignal;
  end(result: Made): void;
}

let clock: VirtualClock;
let begun: Begun[];
let kept: unknown[];
let desk: FigureDesk;

beforeEach(() => {
  clock = new VirtualClock();
  begun = [];
  kept = [];
  desk = new FigureDesk({
    ...{ timeZone: "Asia/Shanghai", cameras: () => ["c1"], clock },
    chronicle: { keep: (_, conditions) => void kept.push(...(conditions ?? [])) },
    makeFigures: (order, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<Made>();
      signal.addEventListener("abort", () => reject(signal.reason));
      begun.push({ order, signal, end: resolve });
      return promise;
    },
  });
});

const made: Made = { is: "made", figures: {} as Figures }; // nobody here reads them
const day = { from: wallTime(0), to: wallTime(86_400_000) };
const never = new AbortController().signal;

test("the same again within a minute is made once; later anew", async () => {
  const both = [desk.make(day, never), desk.make(day, never)];
  begun[0]?.end(made);
  expect(await Promise.all(both)).toEqual([made, made]);
  clock.advance(59_000);
  expect(await desk.make(day, never)).toBe(made);
  expect(begun).toHaveLength(1);
  expect(begun[0]?.order).toMatchObject({ ...day, timeZone: "Asia/Shanghai", cameras: ["c1"] });
  clock.advance(1_001);
  void desk.make(day, never);
  expect(begun).toHaveLength(2);
});

test("one at a time: figures of another period wait", async () => {
  const first = desk.make(day, never);
  expect(await desk.make({ ...day, door: "inner" }, never)).toEqual({ is: "busy" });
  begun[0]?.end(made);
  await first;
  void desk.make({ ...day, door: "inner" }, never);
  expect(begun).toHaveLength(2);
});

test("what nobody waits for any more is given up, and makes room; while one waits it is not", async () => {
  const [one, other] = [new AbortController(), new AbortController()];
  const asking = [desk.make(day, one.signal), desk.make(day, other.signal)].map((asked) =>
    asked.catch((error: unknown) => error),
  );
  one.abort();
  await asking[0];
  expect(begun[0]?.signal.aborted).toBe(false);
  other.abort();
  await asking[1];
  expect(begun[0]?.signal.aborted).toBe(true);
  void desk.make({ ...day, door: "inner" }, never);
  await expect.poll(() => begun.length, { timeout: 8_000 }).toBe(2);
});

test("T41: a journal that was altered is an alarm, and not kept for a minute", async () => {
  const asked = desk.make(day, never);
  begun[0]?.end({ is: "unverified", seq: 7, detail: "changed" });
  expect(await asked).toMatchObject({ is: "unverified" });
  expect(kept).toMatchObject([{ is: "seen", alarm: "AuditBroken" }]);
  void desk.make(day, never);
  expect(begun).toHaveLength(2);
});
