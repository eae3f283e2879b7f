import { EventEmitter } from "node:events";
import pino from "pino";
import { expect, test } from "vitest";
import { FakeControllerServices } from "../../test/support/fake-controller-services.ts";
import { wallTime } from "../domain/time.ts";
import type { PairedDisplay } from "../ports/paired-displays.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import type { DoorScreen } from "./display-screen.ts";
import { DisplayStreams } from "./display-streams.ts";
import type { StreamResponse } from "./event-streams.ts";

class Glass extends EventEmitter implements StreamResponse {
  readonly written: string[] = [];
  isFull = false;
  isEnded = false;
  isDestroyed = false;

  write(text: string): boolean {
    this.written.push(text);
    return !this.isFull;
  }

  end(): void {
    this.isEnded = true;
  }

  destroy(): void {
    this.isDestroyed = true;
  }

  screens(): readonly DoorScreen[] {
    return this.written.flatMap((text) => {
      const [, data] = /^event: screen\ndata: (.*)\n\n$/.exec(text) ?? [];
      return data === undefined ? [] : [JSON.parse(data) as DoorScreen];
    });
  }
}

const street: PairedDisplay = {
  ...{ id: "d1", name: "Street", vestibule: "v1", accessPoint: "outer-entry" as const },
  ...{ pairedBy: "admin", pairedAt: wallTime(0), lastSeenAt: null },
};

function opened() {
  const clock = new VirtualClock();
  const services = new FakeControllerServices(clock);
  const log = pino({ level: "silent" });
  const streams = new DisplayStreams({ services, clock, log, stalledReader: 10_000 });
  const paired = { still: true };
  const open = (display = street): Glass => {
    const response = new Glass();
    streams.open({ response, display, stillPaired: () => (paired.still ? display : undefined) });
    return response;
  };
  const says = (text: DoorScreen["text"]): void => {
    if (text !== "outOfService") services.shown = { text, hint: null, until: null };
    services.changed();
  };
  return { clock, services, streams, paired, open, says };
}

test("the whole screen at once, on every change, and more than twice in two seconds besides", () => {
  const { clock, open, says } = opened();
  const glass = open();
  expect(glass.screens().map(({ text }) => text)).toEqual(["ready"]);
  says("look");
  says("look");
  expect(glass.screens().map(({ text }) => text)).toEqual(["ready", "look"]);
  clock.advance(2_000);
  expect(glass.screens()).toHaveLength(4);
});

test("A5: what else goes on neither adds a word nor moves the rhythm", () => {
  const { clock, services, open } = opened();
  const glass = open();
  clock.advance(500);
  services.happen("DuressSignalled");
  services.changed();
  expect(glass.screens()).toHaveLength(1);
  clock.advance(199);
  expect(glass.screens()).toHaveLength(1);
  clock.advance(1);
  expect(glass.screens()).toHaveLength(2);
});

test("unpaired it hears nothing more, at once or with the next beat", () => {
  const { clock, streams, paired, open } = opened();
  const [first, second] = [open(), open({ ...street, id: "d2" })];
  streams.unpaired("d1");
  expect([first.isEnded, second.isEnded, streams.isOnline("d1")]).toEqual([true, false, false]);
  paired.still = false;
  clock.advance(700);
  expect([second.isEnded, streams.count]).toEqual([true, 0]);
});

test("T7: whoever is slow gets the screen as it is then, and whoever reads nothing is hung up upon", () => {
  const { clock, open, says } = opened();
  const glass = open();
  glass.isFull = true;
  says("look");
  const waiting = glass.written.length;
  for (const text of ["welcome", "ready", "wait"] as const) says(text);
  clock.advance(5_000);
  expect(glass.written).toHaveLength(waiting);
  glass.isFull = false;
  glass.emit("drain");
  clock.advance(700);
  expect(glass.screens().at(-1)?.text).toBe("wait");
  glass.isFull = true;
  says("ready");
  clock.advance(11_000);
  expect([glass.isEnded, glass.isDestroyed]).toEqual([true, true]);
});

test("one display has no more than four streams: the oldest gives way", () => {
  const { streams, services, open } = opened();
  const glasses = Array.from({ length: 6 }, () => open());
  expect(glasses.map(({ isEnded }) => isEnded)).toEqual([true, true, false, false, false, false]);
  streams.close();
  expect([streams.count, services.listeners]).toEqual([0, 0]);
});
