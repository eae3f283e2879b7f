import { expect, test } from "vitest";
import { anna, SiteInOneProcess } from "../../test/support/site-in-one-process.ts";
import { after, type Instant } from "../domain/time.ts";
import type { SiteState } from "../ports/controller-services.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { StateFeed } from "./state-feed.ts";

function setUp(nextChange: () => Instant | undefined = () => undefined) {
  const clock = new VirtualClock();
  const told: number[] = [];
  const feed = new StateFeed(
    clock,
    () => ({ journal: { last: clock.now() } }) as unknown as SiteState,
    nextChange,
  ); // only what the test looks at
  feed.listen((state) => told.push(state.journal.last - 1_000));
  return { clock, feed, told };
}

test("the first change is told at once, the rest no more often than ten times a second", () => {
  const { clock, feed, told } = setUp();
  for (let time = 0; time < 1_000; time += 1) {
    feed.changed();
    clock.advance(1);
  }
  expect(told[0]).toBe(0);
  expect(told.length).toBeLessThanOrEqual(11);
  for (const [index, at] of told.entries()) expect(at).toBe(index * 100);
});

test("the last change is told, then it settles", () => {
  const { clock, feed, told } = setUp();
  feed.changed();
  clock.advance(10);
  feed.changed();
  feed.changed();
  clock.advance(10_000);
  expect(told).toEqual([0, 100]);
  expect(clock.nextWake()).toBeUndefined();
});

test("a change that comes by itself is told when it is due", () => {
  const due: Instant[] = [];
  const { clock, feed, told } = setUp(() => due.shift());
  due.push(after(clock.now(), 4_000));
  feed.changed();
  clock.advance(10_000);
  expect(told).toEqual([0, 4_000]);
});

test("whoever stops listening is told no more", () => {
  const { clock, feed } = setUp();
  let told = 0;
  const listening = feed.listen(() => told++);
  listening[Symbol.dispose]();
  feed.changed();
  clock.advance(1_000);
  expect(told).toBe(0);
});

test("closed, it wakes nobody", () => {
  const { clock, feed, told } = setUp();
  feed[Symbol.dispose]();
  feed.changed();
  clock.advance(1_000);
  expect(told).toEqual([]);
  expect(clock.nextWake()).toBeUndefined();
});

test("a whole passage is told in pictures at least a tenth of a second apart, the last of them at rest", async () => {
  const site = await SiteInOneProcess.open();
  const told: { readonly at: number; readonly text: string | undefined }[] = [];
  site.services.onState((state) =>
    told.push({ at: state.clock.monotonic, text: state.vestibules[0]?.displays["outer-entry"]?.text }),
  );
  await site.goesThrough(anna);
  await site.passes(10_000);
  for (const [index, { at }] of told.entries()) {
    if (index > 0) expect(at - (told[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(100);
  }
  expect(told.map(({ text }) => text)).toContain("welcome");
  expect(told.at(-1)?.text).toBe("ready");
});
