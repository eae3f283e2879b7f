import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { DoorScreen } from "../../api/display-screen.ts";
import { careForItself } from "./self-care.ts";
import type { Situation } from "./situation.ts";

const day = 86_400_000;
let isServed = true;
const reload = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  isServed = true;
  reload.mockClear();
  vi.stubGlobal("location", { reload });
  vi.stubGlobal("fetch", async () => {
    if (!isServed) throw new TypeError("away");
    return new Response("");
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A screen that is heard, and whose situation a test changes. */
function cared() {
  let situation: Situation = { is: "starting" };
  let tell = (): void => undefined;
  careForItself({
    situation: () => situation,
    subscribe: (listener) => {
      tell = listener;
      return () => undefined;
    },
  });
  return (text: DoorScreen["text"] | "lost"): void => {
    situation =
      text === "lost"
        ? { is: "lost", last: null }
        : { is: "live", screen: { text } as DoorScreen, heardAt: performance.now() }; // the rest is nothing to it
    tell();
  };
}

test("once a day it begins anew, while nobody is there", async () => {
  const hears = cared();
  hears("ready");
  await vi.advanceTimersByTimeAsync(day - 60_000);
  expect(reload).not.toHaveBeenCalled();
  hears("look");
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(reload).not.toHaveBeenCalled();
  hears("ready");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reload).toHaveBeenCalledOnce();
});

test("a page that cannot be had again is not given up", async () => {
  const hears = cared();
  hears("ready");
  isServed = false;
  await vi.advanceTimersByTimeAsync(2 * day);
  expect(reload).not.toHaveBeenCalled();
  isServed = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reload).toHaveBeenCalledOnce();
});

test("a controller that is away is waited for", async () => {
  const hears = cared();
  hears("lost");
  await vi.advanceTimersByTimeAsync(2 * day);
  expect(reload).not.toHaveBeenCalled();
});
