import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LivePictures, type LiveResponse, mostViewers } from "./live-pictures.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const limits = { heartbeatInterval: 2_000, stalledReader: 10_000 };
const jpeg = Buffer.from("a picture");

class Viewer extends EventEmitter implements LiveResponse {
  readonly parts: string[] = [];
  isFull = false;
  isEnded = false;
  isDestroyed = false;

  write(part: Uint8Array | string): boolean {
    this.parts.push(Buffer.from(part).toString("latin1"));
    return !this.isFull;
  }

  end(): void {
    this.isEnded = true;
  }

  destroy(): void {
    this.isDestroyed = true;
  }
}

function viewed(live = new LivePictures(limits)) {
  const viewer = new Viewer();
  const session = { isValid: true, isWatched: true };
  const watching = { [Symbol.dispose]: () => void (session.isWatched = false) };
  const show = live.open({ response: viewer, watching, mayContinue: () => session.isValid });
  return { live, viewer, session, show };
}

test("each picture stands in place of the one before, and is complete when it is sent", () => {
  const { viewer, show } = viewed();
  show(jpeg);
  show(jpeg);
  const part = `content-type: image/jpeg\r\ncontent-length: ${jpeg.length}\r\n\r\na picture\r\n--vestibule-picture\r\n`;
  expect(viewer.parts).toEqual(["--vestibule-picture\r\n", part, part]);
});

test("T7: a slow viewer misses pictures and never has more than one waiting", () => {
  const { viewer, show } = viewed();
  viewer.isFull = true;
  for (let count = 0; count < 100; count++) show(jpeg);
  expect(viewer.parts).toHaveLength(2);
  viewer.isFull = false;
  viewer.emit("drain");
  show(jpeg);
  expect(viewer.parts).toHaveLength(3);
});

test("T7: one who takes nothing any more is hung up upon", () => {
  const { viewer, session, show, live } = viewed();
  viewer.isFull = true;
  for (let second = 0; second < 12; second++) {
    show(jpeg);
    vi.advanceTimersByTime(1_000);
  }
  expect([viewer.isEnded, viewer.isDestroyed, session.isWatched, live.count]).toEqual([true, true, false, 0]);
});

test("a view ends with its session, with its camera's pictures, and with the viewer", () => {
  const one = viewed();
  one.session.isValid = false;
  vi.advanceTimersByTime(2_000);
  expect([one.viewer.isEnded, one.session.isWatched]).toEqual([true, false]);
  const two = viewed();
  for (let second = 0; second < 20; second++) {
    if (second < 3) two.show(jpeg);
    vi.advanceTimersByTime(1_000);
    if (second === 15) expect(two.viewer.isEnded).toBe(false);
  }
  expect(two.viewer.isEnded).toBe(true);
  const three = viewed();
  three.viewer.emit("close");
  three.show(jpeg);
  expect([three.session.isWatched, three.live.count, three.viewer.parts.length]).toEqual([false, 0, 1]);
});

test("as many as are allowed, and all end with the API", () => {
  const live = new LivePictures(limits);
  const views = Array.from({ length: mostViewers }, () => viewed(live));
  expect(live.isFull).toBe(true);
  live.close();
  expect(views.map(({ session }) => session.isWatched)).not.toContain(true);
  expect(live.isFull).toBe(false);
});
