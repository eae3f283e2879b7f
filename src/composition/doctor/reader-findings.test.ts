import { expect, test } from "vitest";
import { readerSchema } from "../../config/reader-schema.ts";
import type { CardReader, ReaderListener } from "../../ports/card-reader.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import type { PlacedReader } from "../readers.ts";
import { readerFindings } from "./reader-findings.ts";

const outer = { vestibule: "v1", accessPoint: "outer-entry" } as const;
const inner = { vestibule: "v1", accessPoint: "inner-entry" } as const;
const placed = (where: PlacedReader["where"], reader: unknown): PlacedReader => ({
  where,
  reader: readerSchema.parse(reader),
});
const hid = { kind: "hid", device: "/dev/input/by-id/usb-a-event-kbd" };

async function found(readers: readonly PlacedReader[], tell: (listener: ReaderListener) => void) {
  const clock = new VirtualClock();
  let disposed = 0;
  const reader: CardReader = {
    open: async (listener) => tell(listener),
    signal: () => {},
    [Symbol.asyncDispose]: async () => void (disposed += 1),
  };
  const looking = readerFindings(readers, async () => [reader], clock);
  await new Promise(setImmediate);
  clock.advance(10_000);
  const findings = await looking;
  return { disposed, findings: findings.map(({ subject, verdict, seen }) => [subject, verdict, seen.en]) };
}

test("a reader that answers is good, one that does not is bad with what it says, and all are let go", async () => {
  const at = new VirtualClock().now();
  const { findings, disposed } = await found([placed(outer, hid), placed(inner, hid)], (listener) => {
    listener.onStatus({ ...outer, state: "online", detail: null, at });
    listener.onStatus({ ...inner, state: "lost", detail: "ENOENT: plug it in", at });
  });
  expect(findings).toEqual([
    ["v1.outer-entry", "good", "hid, answers"],
    ["v1.inner-entry", "bad", "ENOENT: plug it in"],
  ]);
  expect(disposed).toBe(1);
});

test("an open housing is doubtful; silence is bad", async () => {
  const at = new VirtualClock().now();
  const { findings } = await found([placed(outer, hid), placed(inner, hid)], (listener) =>
    listener.onStatus({ ...outer, state: "online", tampered: true, detail: "housing open", at }),
  );
  expect(findings).toEqual([
    ["v1.outer-entry", "doubtful", "hid: housing open"],
    ["v1.inner-entry", "bad", "hid, does not answer"],
  ]);
});

test("a name that changes with the order of plugging in is doubtful", async () => {
  const reader = placed(outer, { kind: "hid", device: "/dev/input/event3" });
  const { findings } = await found([reader], () => {});
  expect(findings[1]).toMatchObject(["v1.outer-entry", "doubtful", expect.stringContaining("event3")]);
});

test("simulated readers are not opened", async () => {
  const readers = [placed(outer, { kind: "simulated" })];
  const opened = () => Promise.reject(new Error("opened"));
  expect(await readerFindings(readers, opened, new VirtualClock())).toMatchObject([{ verdict: "good" }]);
});
