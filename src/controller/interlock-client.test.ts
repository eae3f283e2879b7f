import { expect, test } from "vitest";
import type { InterlockEvent } from "../domain/interlock/interlock.ts";
import type { InterlockCommand, InterlockMessage } from "../ports/interlock-link.ts";
import { ProcessHub } from "../simulation/process-hub.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { InterlockClient } from "./interlock-client.ts";

function setUp() {
  const clock = new VirtualClock();
  const hub = new ProcessHub();
  const commands: InterlockCommand[] = [];
  const heard: string[] = [];
  let durable = true;
  const interlock = hub.start("interlock");
  interlock.onMessage((_, message) => commands.push(message as InterlockCommand)); // only the client speaks to it
  const client = new InterlockClient(hub.start("controller"), clock, {
    onEvent: (_, { type, at }) => {
      heard.push(`${type}@${at}`);
      return durable;
    },
    onGap: (run, from, to) => heard.push(`gap ${run} ${from}-${to}`),
    onReport: () => {},
    onLost: () => heard.push("lost"),
    onRulesRefused: (vestibule, _, fault) => heard.push(`refused ${vestibule}: ${fault}`),
  });
  client.start();
  const tell = (message: InterlockMessage) => interlock.send("controller", message);
  return {
    clock,
    hub,
    client,
    heard,
    acknowledged: () =>
      commands.flatMap((command) => (command.type === "acknowledgeEvents" ? [command.number] : [])),
    askedAgain: () => commands.splice(0).filter(({ type }) => type === "report").length,
    heartbeats: () => commands.filter(({ type }) => type === "heartbeat").length,
    report: (run: string, oldest: number) => tell({ type: "report", run, oldest, vestibules: [] }),
    event: (run: string, number: number) =>
      tell({ type: "event", run, number, vestibule: "v1", event: at(number) }),
    setDurable: (value: boolean) => {
      durable = value;
    },
  };
}

/** One whose instant tells its number. */
const at = (number: number): InterlockEvent =>
  ({ type: "DoorForcedOpen", at: number, door: "outer" }) as unknown as InterlockEvent; // an instant is a number with a brand

test("each event once, in order, acknowledged once it is durable", () => {
  const site = setUp();
  site.report("a", 1);
  for (const number of [1, 2, 2, 1, 3]) site.event("a", number);
  expect(site.heard).toEqual(["DoorForcedOpen@1", "DoorForcedOpen@2", "DoorForcedOpen@3"]);
  expect(site.acknowledged()).toEqual([1, 2, 3]);
});

test("what is not durable is not acknowledged, until it is", () => {
  const site = setUp();
  site.report("a", 1);
  site.setDurable(false);
  site.event("a", 1);
  site.event("a", 2);
  expect(site.acknowledged()).toEqual([]);
  site.client.acknowledgeReceived();
  expect(site.acknowledged()).toEqual([2]);
});

test("after a gap everything from it is asked for again, once, and nothing is passed over", () => {
  const site = setUp();
  site.report("a", 1);
  site.event("a", 1);
  site.askedAgain();
  site.event("a", 3);
  site.event("a", 4);
  expect(site.askedAgain()).toBe(1);
  site.report("a", 2);
  for (const number of [2, 3, 4]) site.event("a", number);
  expect(site.heard).toEqual([1, 2, 3, 4].map((number) => `DoorForcedOpen@${number}`));
});

test("what the interlock no longer has is a gap on record, and what follows is taken", () => {
  const site = setUp();
  site.report("a", 1);
  site.event("a", 1);
  site.report("a", 5);
  site.event("a", 5);
  expect(site.heard).toEqual(["DoorForcedOpen@1", "gap a 2-4", "DoorForcedOpen@5"]);
});

test("another run of the interlock counts from its own beginning", () => {
  const site = setUp();
  site.report("a", 1);
  site.event("a", 1);
  site.askedAgain();
  site.event("b", 1);
  expect(site.heard).toHaveLength(1);
  expect(site.askedAgain()).toBe(1);
  site.report("b", 1);
  site.event("b", 1);
  expect(site.heard).toEqual(["DoorForcedOpen@1", "DoorForcedOpen@1"]);
});

test("R16: the heart beats four times within the lease, and stops with the client", () => {
  const site = setUp();
  const before = site.heartbeats();
  site.clock.advance(1_000);
  expect(site.heartbeats() - before).toBe(4);
  site.client[Symbol.dispose]();
  site.clock.advance(1_000);
  expect(site.heartbeats() - before).toBe(4);
});

test("an interlock that is gone is nothing known: no report is believed any more", () => {
  const site = setUp();
  site.report("a", 1);
  site.hub.stop("interlock");
  expect(site.heard).toEqual(["lost"]);
  expect(site.client.report("v1")).toBeUndefined();
});
