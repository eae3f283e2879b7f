import { beforeEach, expect, test } from "vitest";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { feedWatchdog, machineWatchdog, startTime, systemdWatchdog } from "./watchdog-feeding.ts";

let clock: VirtualClock;
let fed: number[];
let alive: boolean;
const start = new VirtualClock().now();

beforeEach(() => {
  clock = new VirtualClock();
  fed = [];
  alive = true;
});
const watchdog = { interval: 1_000, feed: () => void fed.push(clock.now() - start) };

test("fed at its interval for as long as the interlock answers, and again once it does", () => {
  using _feeding = feedWatchdog(watchdog, clock, () => alive);
  clock.advance(2_500);
  alive = false;
  clock.advance(3_000);
  alive = true;
  clock.advance(1_000);
  expect(fed).toEqual([0, 1_000, 2_000, 6_000]);
});

test("T33: an interlock that never comes up starves it, unless a start is granted, and that once", () => {
  alive = false;
  using _systemd = feedWatchdog(watchdog, clock, () => alive);
  clock.advance(10_000);
  expect(fed).toEqual([]);

  const graced: number[] = [];
  const from = clock.now();
  using _hardware = feedWatchdog(
    { interval: 1_000, feed: () => void graced.push(clock.now() - from), grace: 3_000 },
    clock,
    () => alive,
  );
  clock.advance(2_500);
  alive = true;
  clock.advance(1_000);
  // It was up once: from here on only the truth counts.
  alive = false;
  clock.advance(10_000);
  expect(graced).toEqual([0, 1_000, 2_000, 3_000]);
});

test("a start that takes longer than is granted ends with the machine's restart", () => {
  alive = false;
  using _feeding = feedWatchdog({ ...watchdog, grace: 3_000 }, clock, () => alive);
  clock.advance(60_000);
  expect(fed).toEqual([0, 1_000, 2_000]);
});

test("nobody is fed any more once it has been ended", () => {
  const feeding = feedWatchdog(watchdog, clock, () => alive);
  clock.advance(1_000);
  feeding[Symbol.dispose]();
  clock.advance(10_000);
  expect(fed).toEqual([0, 1_000]);
});

test("the machine's is fed four times in what it waits, and says once what keeps it from that", () => {
  const log: string[] = [];
  let isThere = true;
  const machine = machineWatchdog(
    {
      identity: "iTCO_wdt",
      timeout: 12_000,
      restartedMachine: false,
      stoppable: true,
      feed() {
        if (!isThere) throw new Error("/dev/watchdog cannot be fed: ENODEV");
        fed.push(clock.now() - start);
      },
      [Symbol.dispose]() {},
    },
    (text) => log.push(text),
  );
  expect(machine).toMatchObject({ interval: 3_000, grace: startTime });
  using _feeding = feedWatchdog(machine, clock, () => alive);
  clock.advance(3_000);
  isThere = false;
  clock.advance(9_000);
  isThere = true;
  clock.advance(3_000);
  isThere = false;
  clock.advance(3_000);
  expect(fed).toEqual([0, 3_000, 15_000]);
  expect(log).toEqual(["/dev/watchdog cannot be fed: ENODEV", "/dev/watchdog cannot be fed: ENODEV"]);
});

test("systemd is fed where it asks for it", () => {
  const systemd = { ready() {}, starting() {}, alive: () => void fed.push(0), stopping() {} };
  expect(systemdWatchdog({ ...systemd, interval: undefined })).toBeUndefined();
  const asked = systemdWatchdog({ ...systemd, interval: 2_000 });
  expect(asked?.interval).toBe(2_000);
  asked?.feed();
  expect(fed).toEqual([0]);
});
