import { EventEmitter } from "node:events";
import pino from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeControllerServices } from "../../test/support/fake-controller-services.ts";
import { openAlarm } from "../../test/support/open-alarm.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { presetLimits } from "./api-options.ts";
import { EventStreams, type StreamResponse } from "./event-streams.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A reader's side of the connection: takes `room` messages, then none until it is drained. */
class FakeResponse extends EventEmitter implements StreamResponse {
  written = "";
  afterFull = 0;
  full = false;
  destroyed = false;
  room: number;

  constructor(room: number) {
    super();
    this.room = room;
  }

  write(text: string): boolean {
    if (this.full) this.afterFull += text.length;
    this.written += text;
    this.room -= 1;
    if (this.room <= 0) this.full = true;
    return !this.full;
  }

  drain(room: number): void {
    this.room = room;
    this.full = false;
    this.emit("drain");
  }

  end(): void {
    this.emit("close");
  }

  destroy(): void {
    this.destroyed = true;
  }

  get ids(): readonly number[] {
    return [...this.written.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
  }
}

/** Somebody who may see everything. */
const sight = { events: true, alarms: true, duress: true, vestibules: null };

function opened(room: number, after = 0) {
  const services = new FakeControllerServices(new VirtualClock());
  const streams = new EventStreams(services, presetLimits, pino({ level: "silent" }));
  const response = new FakeResponse(room);
  const open = () => streams.open({ response, after, mayContinue: () => true, sight });
  return { services, streams, response, open };
}

const many = 500;

test("T7: for a reader that is full nothing more is written than the page it was full in", () => {
  const { services, response, open } = opened(2);
  open();
  expect(response.full).toBe(true);
  for (let count = 0; count < many; count++) {
    services.happen("DoorOpened");
    services.changed();
    vi.advanceTimersByTime(1);
  }
  expect(response.afterFull).toBe(0);
});

test("T7: a reader that stays full is closed and forgotten; one that drains in time is not", () => {
  const { services, streams, response, open } = opened(2);
  open();
  vi.advanceTimersByTime(presetLimits.stalledReader - 1);
  response.drain(1);
  vi.advanceTimersByTime(presetLimits.stalledReader - 1);
  expect(streams.count).toBe(1);
  services.changed();
  vi.advanceTimersByTime(presetLimits.stalledReader);
  expect(streams.count).toBe(0);
  expect(response.destroyed).toBe(true);
  expect(services.listeners).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test("a reader that was full gets what happened meanwhile, in order and once", () => {
  const { services, response, open } = opened(3);
  for (let count = 0; count < 250; count++) services.happen("DoorOpened");
  open();
  let happened = 250;
  while (happened < many) {
    services.happen("DoorClosed");
    happened += 1;
    if (happened % 7 === 0) response.drain(3);
  }
  for (let round = 0; round < many; round++) response.drain(3);
  expect(response.ids).toEqual(Array.from({ length: many }, (_, index) => index + 1));
});

test("a reader that was full gets the newest state only, and each alarm's newest", () => {
  const { services, response, open } = opened(2);
  open();
  const alarm = openAlarm("DoorHeldOpen", { priority: "medium" });
  for (let count = 1; count <= many; count++) {
    services.changed();
    services.raise({ ...alarm, count });
  }
  response.written = "";
  for (let round = 0; round < 10; round++) response.drain(1);
  expect(response.written.match(/event: state/g)).toHaveLength(1);
  expect(response.written.match(/event: alarm/g)).toHaveLength(1);
  expect(response.written).toContain(`"count":${many}`);
});

test("a stream whose session has ended is ended at the next heartbeat", () => {
  const { services, streams, response } = opened(100);
  let valid = true;
  streams.open({ response, after: 0, mayContinue: () => valid, sight });
  vi.advanceTimersByTime(presetLimits.heartbeatInterval);
  expect(response.written).toContain(": alive");
  expect(response.written).toContain('event: beat\ndata: {"sent":0}');
  valid = false;
  vi.advanceTimersByTime(presetLimits.heartbeatInterval);
  expect(streams.count).toBe(0);
  expect(services.listeners).toBe(0);
});
