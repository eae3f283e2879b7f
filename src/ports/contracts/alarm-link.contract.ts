import { afterEach, describe, expect, test, vi } from "vitest";
import type { AlarmLink, AlarmLinkState, LinkRequest } from "../alarm-link.ts";
import type { JsonObject } from "../journal.ts";

export interface AlarmLinkUnderTest extends AsyncDisposable {
  readonly link: AlarmLink;
  /** Resolves once the link says it is online. */
  online(): Promise<void>;
  /** The broker goes away; resolves once the link has noticed. */
  cutOff(): Promise<void>;
  /** The broker is back; resolves once the link is online again. */
  comeBack(): Promise<void>;
  /** The first `count` bodies that a subscriber saw on `topic`, `null` for an empty one. */
  heard(topic: string, count: number): Promise<readonly (JsonObject | null)[]>;
  /** Somebody outside publishes below `request/`, with `reply/tester` as where to answer, and "7" to tell it by. */
  ask(name: string, text: string): Promise<void>;
  /** What a new subscriber to `topic` would find there. */
  found(topic: string): Promise<JsonObject | undefined>;
}

const heardSo = (heard: readonly LinkRequest[], count: number): Promise<void> =>
  vi.waitFor(() => expect(heard).toHaveLength(count), { timeout: 10_000, interval: 10 });

/** What every alarm link keeps; run by each of them beside its own tests. */
export function alarmLinkContract(name: string, create: () => Promise<AlarmLinkUnderTest>): void {
  describe(`${name} keeps the alarm link's contract`, () => {
    let open: AlarmLinkUnderTest | undefined;
    const begin = async (): Promise<AlarmLinkUnderTest> => {
      open = await create();
      await open.online();
      return open;
    };
    afterEach(async () => {
      await open?.[Symbol.asyncDispose]();
      open = undefined;
    });

    test("messages arrive in the order of the calls, each confirmed", async () => {
      const { link, heard } = await begin();
      const numbers = Array.from({ length: 100 }, (_, index) => index);
      await Promise.all(
        numbers.map((n) => link.publish({ topic: "v1/event/Counted", body: { n }, retain: false })),
      );
      expect(await heard("v1/event/Counted", 100)).toEqual(numbers.map((n) => ({ n })));
    });

    test("a retained topic keeps its latest message until an empty one clears it", async () => {
      const { link, found } = await begin();
      await link.publish({ topic: "v1/state", body: { n: 1 }, retain: true });
      await link.publish({ topic: "v1/state", body: { n: 2 }, retain: true });
      expect(await found("v1/state")).toEqual({ n: 2 });
      await link.publish({ topic: "v1/state", body: undefined, retain: true });
      expect(await found("v1/state")).toBeUndefined();
    });

    test("what is not retained is not found later", async () => {
      const { link, found } = await begin();
      await link.publish({ topic: "v1/event/Passed", body: { n: 1 }, retain: false });
      expect(await found("v1/event/Passed")).toBeUndefined();
    });

    test("retained topics are found by a filter of one level each", async () => {
      const { link } = await begin();
      for (const topic of ["v1/alarm/a", "v2/alarm/b", "v1/state", "v1/alarm/gone"]) {
        await link.publish({ topic, body: { topic }, retain: true });
      }
      await link.publish({ topic: "v1/alarm/gone", body: undefined, retain: true });
      expect([...(await link.retained("+/alarm/+"))].sort()).toEqual(["v1/alarm/a", "v2/alarm/b"]);
    });

    test("every change of state is told, and the last one told is the one asked for", async () => {
      const { link, cutOff, comeBack } = await begin();
      const told: AlarmLinkState[] = [];
      using _listening = link.listen((state) => told.push(state));
      await cutOff();
      expect(link.state().phase).toBe("offline");
      expect(told.at(-1)).toEqual(link.state());
      await comeBack();
      expect(told.at(-1)).toEqual(link.state());
      expect(told.map(({ phase }) => phase).filter((phase) => phase === "online")).toHaveLength(1);
    });

    test("who stops listening is told nothing more", async () => {
      const { link, cutOff } = await begin();
      const told: AlarmLinkState[] = [];
      link.listen((state) => told.push(state))[Symbol.dispose]();
      await cutOff();
      expect(told).toEqual([]);
    });

    test("offline says since when and why, and takes no message", async () => {
      const { link, cutOff } = await begin();
      await cutOff();
      const state = link.state();
      if (state.phase !== "offline") throw new Error("the link did not notice");
      expect(state.detail).not.toBe("");
      expect(new Date(state.since).toISOString()).toBe(state.since);
      const fault = { name: "LinkFault", code: "offline" };
      await expect(link.publish({ topic: "v1/event/X", body: {}, retain: false })).rejects.toMatchObject(
        fault,
      );
      await expect(link.retained("+/alarm/+")).rejects.toMatchObject(fault);
    });

    test("what was under way when the broker went away settles; what was confirmed has arrived", async () => {
      const { link, cutOff, comeBack, heard } = await begin();
      const numbers = Array.from({ length: 60 }, (_, index) => index);
      const outcomes = Promise.allSettled(
        numbers.map((n) => link.publish({ topic: "v1/event/Cut", body: { n }, retain: false })),
      );
      await cutOff();
      const confirmed = (await outcomes).filter(({ status }) => status === "fulfilled").length;
      expect(await heard("v1/event/Cut", confirmed)).toEqual(numbers.slice(0, confirmed).map((n) => ({ n })));
      await comeBack();
      await link.publish({ topic: "v1/event/Back", body: { n: 0 }, retain: false });
      expect(await heard("v1/event/Back", 1)).toEqual([{ n: 0 }]);
    });

    test("requests are heard as they were sent, before and after a new connection, until nobody listens", async () => {
      const { link, ask, cutOff, comeBack } = await begin();
      const heard: LinkRequest[] = [];
      const hearing = link.hearRequests({ onRequest: (request) => heard.push(request), onFlood: () => {} });
      await ask("replay", '{"after":1}');
      await heardSo(heard, 1);
      await cutOff();
      await comeBack();
      await ask("lockdown", "{");
      await heardSo(heard, 2);
      hearing[Symbol.dispose]();
      await ask("replay", "{}");
      await link.publish({ topic: "v1/event/Last", body: {}, retain: false });
      expect(heard.map(({ name, payload }) => [name, new TextDecoder().decode(payload)])).toEqual([
        ["replay", '{"after":1}'],
        ["lockdown", "{"],
      ]);
      const [first] = heard;
      expect(first).toMatchObject({ retained: false, replyTo: "reply/tester" });
      expect(new TextDecoder().decode(first?.correlation)).toBe("7");
    });

    test("a disposed link takes nothing, and may be disposed of twice", async () => {
      const { link } = await begin();
      await link[Symbol.asyncDispose]();
      await link[Symbol.asyncDispose]();
      await expect(link.publish({ topic: "v1/event/X", body: {}, retain: false })).rejects.toMatchObject({
        name: "LinkFault",
        code: "offline",
      });
    });
  });
}
