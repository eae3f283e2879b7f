import { expect, test } from "vitest";
import { settled } from "../../../test/support/outbox-site.ts";
import type { JsonObject } from "../../ports/journal.ts";
import { MemoryJournal } from "../../simulation/memory-journal.ts";
import { RecordedAlarmLink } from "../../simulation/recorded-alarm-link.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import { eventMessage } from "../published-view.ts";
import { ReplayDesk } from "./replay-desk.ts";

function begin(records: number) {
  const clock = new VirtualClock();
  const journal = new MemoryJournal(clock);
  const link = new RecordedAlarmLink(clock);
  const noted: JsonObject[] = [];
  const entry = (n: number) => ({
    type: n % 10 === 0 ? "DoorClosed" : "DoorOpened",
    at: clock.now(),
    payload: { vestibule: "v1", n, name: "kept back" },
  });
  for (let n = 0; n < records; n += 500)
    journal.append(Array.from({ length: Math.min(500, records - n) }, (_, index) => entry(n + index)));
  const desk = new ReplayDesk({
    ...{ journal, clock, publish: (message) => link.publish(message) },
    note: (type, payload) => noted.push({ type, ...payload }),
  });
  link.hearRequests({ onRequest: (request) => desk.onRequest(request), onFlood: () => {} });
  return { clock, journal, link, noted, desk };
}

const bodies = (link: RecordedAlarmLink, topic = "reply/tester") =>
  link
    .taken()
    .filter((message) => message.topic === topic)
    .map(({ body }) => body ?? {});

test("what was missed comes in order, word for word, with a mark at the end, and is recorded", async () => {
  const { journal, link, noted } = begin(1000);
  link.ask("replay", { after: 900 }, { correlation: Buffer.from("c") });
  await settled();
  const answers = bodies(link);
  const events = journal.query({ after: 900, limit: 1000 }).map((record) => eventMessage(record).body);
  expect(answers.slice(0, -1)).toEqual(events);
  expect(answers.at(-1)).toEqual({ schema: 1, end: true, after: 900, count: 100, next: 1000, more: false });
  expect(link.taken().every((message) => message.correlation?.toString() === "c" && !message.retain)).toBe(
    true,
  );
  expect(JSON.stringify(answers)).not.toContain("kept back");
  expect(noted).toEqual([{ type: "ReplayRequested", after: 900, limit: 1000, replyTo: "reply/tester" }]);
});

test("a long gap comes in pieces; each says where the next begins", async () => {
  const { link } = begin(1000);
  const seqs: unknown[] = [];
  for (let next = 0, more = true; more; ) {
    link.ask("replay", { after: next, limit: 300 });
    await settled();
    const end = bodies(link).at(-1) ?? {};
    [next, more] = [Number(end["next"]), end["more"] === true];
  }
  seqs.push(...bodies(link).flatMap(({ seq }) => (seq === undefined ? [] : [seq])));
  expect(seqs).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
});

test("only the types asked for", async () => {
  const { link } = begin(200);
  link.ask("replay", { after: 0, types: ["DoorClosed"] });
  await settled();
  const answers = bodies(link);
  expect(answers.slice(0, -1).map(({ type }) => type)).toEqual(
    Array.from({ length: 20 }, () => "DoorClosed"),
  );
  expect(answers.at(-1)).toMatchObject({ count: 20, next: 200, more: false });
});

test("T11: retained requests and those that name no place of ours for the answer get none", async () => {
  const { link, noted } = begin(10);
  link.ask("replay", { after: 0 }, { retained: true });
  link.ask("replay", { after: 0 }, { replyTo: undefined });
  link.ask("replay", { after: 0, replyTo: "v1/alarm/v1.LockFault" }, { replyTo: undefined });
  link.ask("replay", { after: 0, replyTo: "reply/../status" }, { replyTo: undefined });
  await settled();
  expect(link.taken()).toEqual([]);
  expect(noted).toEqual([]);
});

test("where MQTT has no response topic, the request names it", async () => {
  const { link } = begin(3);
  link.ask("replay", { after: 1, replyTo: "reply/old-client" }, { replyTo: undefined });
  await settled();
  expect(bodies(link, "reply/old-client").map(({ seq }) => seq)).toEqual([2, 3, undefined]);
});

test("what is no request is said so", async () => {
  const { link } = begin(3);
  for (const wrong of ["{", { after: -1 }, { after: 0, limit: 1_000_000 }, { after: 0, types: ["*"] }, {}])
    link.ask("replay", wrong);
  await settled();
  expect(bodies(link)).toEqual(
    Array.from({ length: 5 }, () => ({ schema: 1, end: true, refused: "malformed" })),
  );
});

test("one at a time for each who asks, few at once, few a minute", async () => {
  const { link, clock, noted } = begin(500);
  link.holdConfirmations(true);
  for (const who of ["a", "a", "b", "c", "d", "e"])
    link.ask("replay", { after: 0 }, { replyTo: `reply/${who}` });
  await settled();
  // Eight answers under way for each of four; the second of `a` and the fifth are turned away.
  expect(link.underWay()).toBe(4 * 8 + 2);
  link.holdConfirmations(false);
  await settled();
  const refused = link.taken().filter(({ body }) => body?.["refused"] === "busy");
  expect(refused.map(({ topic }) => topic)).toEqual(["reply/a", "reply/e"]);
  expect(bodies(link, "reply/a").filter(({ seq }) => seq !== undefined)).toHaveLength(500);
  for (let n = 0; n < 40; n++) {
    link.ask("replay", { after: 499 });
    await settled();
  }
  expect(noted).toHaveLength(30);
  clock.advance(60_000);
  link.ask("replay", { after: 499 });
  await settled();
  expect(noted).toHaveLength(31);
});

test("the loop is free between batches; a broker that goes away ends the answer, and nothing is held", async () => {
  const { link, noted } = begin(1000);
  link.ask("replay", { after: 0 });
  let turns = 0;
  while (bodies(link).at(-1)?.["end"] !== true) {
    await new Promise(setImmediate);
    turns += 1;
  }
  expect(turns).toBeGreaterThanOrEqual(1000 / 64);
  link.holdConfirmations(true);
  link.ask("replay", { after: 0 });
  await settled();
  link.disconnect();
  await settled();
  link.holdConfirmations(false);
  link.reconnect();
  link.ask("replay", { after: 990 });
  await settled();
  expect(noted).toHaveLength(3);
  expect(bodies(link).at(-1)).toMatchObject({ end: true, count: 10 });
});
