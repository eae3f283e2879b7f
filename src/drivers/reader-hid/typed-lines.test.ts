import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant } from "../../domain/time.ts";
import { eventsFor } from "./events-for-tests.ts";
import { type InputEvent, inputEventSize, inputEventsOf } from "./input-events.ts";
import { type Typed, TypedLines } from "./typed-lines.ts";

const visible = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
const keysOf = (text: string, start = 1000): readonly InputEvent[] => inputEventsOf(eventsFor(text, start));
const push = (lines: TypedLines, events: readonly InputEvent[]): Typed[] =>
  events.flatMap((event) => lines.push(event));
const lines = (): TypedLines => new TypedLines(300);

describe("what a keyboard reader types", () => {
  test("is a line once it pressed Enter, at that instant", () => {
    expect(push(lines(), keysOf("0012345678\n"))).toEqual([{ text: "0012345678", at: instant(1100) }]);
  });

  test("is every visible character, with shift where it takes that", () => {
    const text = fc
      .array(fc.constantFrom(...visible), { minLength: 1, maxLength: 64 })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 3 }), (all) => {
        const typed = push(lines(), keysOf(all.map((one) => `${one}\n`).join("")));
        expect(typed.map((one) => ("text" in one ? one.text : one.refused))).toEqual(all);
      }),
    );
  });

  test("on the keypad's keys is the same", () => {
    const [codes, at] = [[79, 80, 81, 82, 96], instant(5)];
    const events = codes.flatMap((code) => [1, 0].map((value) => ({ at, type: 1, code, value })));
    expect(push(lines(), events)).toEqual([{ text: "1230", at }]);
  });

  test("Enter alone is nothing; keys held long are typed once", () => {
    expect(push(lines(), keysOf("\n\n"))).toEqual([]);
    const held = { at: instant(1001), type: 1, code: 2, value: 2 };
    const [first, ...rest] = keysOf("1\n");
    if (first === undefined) throw new Error("no event");
    expect(push(lines(), [first, held, held, ...rest])).toMatchObject([{ text: "1" }]);
  });
});

describe("what is no card is refused, and the next one is read", () => {
  test.each([
    ["a blank", "12 34\n", "otherKey"],
    ["a key that types nothing", "12\u001b34\n", "otherKey"],
    ["more than a card has", `${"1".repeat(65)}\n`, "tooLong"],
  ])("%s", (_, text, refused) => {
    const under = lines();
    expect(push(under, keysOf(text))).toMatchObject([{ refused }]);
    expect(push(under, keysOf("77\n", 9000))).toMatchObject([{ text: "77" }]);
  });

  test("a pause before Enter, told when it is noticed; what comes after it is no number of its own", () => {
    const under = lines();
    expect(push(under, keysOf("12"))).toEqual([]);
    expect(under.silence(instant(1200))).toEqual([]);
    expect(under.silence(instant(1500))).toMatchObject([{ refused: "unfinished" }]);
    expect(under.silence(instant(1600))).toEqual([]);
    expect(push(under, keysOf("34\n", 1700))).toEqual([]);
    expect(push(under, keysOf("56\n", 1800))).toMatchObject([{ text: "56" }]);
    push(under, keysOf("12", 20_000));
    expect(push(under, keysOf("34\n", 20_500))).toMatchObject([{ refused: "unfinished" }]);
  });

  test("a key that somebody brushed against spoils no card that comes later", () => {
    const under = lines();
    push(under, keysOf("1"));
    expect(push(under, keysOf("34\n", 9000))).toMatchObject([{ refused: "unfinished" }, { text: "34" }]);
  });

  test("keys that the kernel dropped", () => {
    const under = lines();
    push(under, keysOf("12"));
    under.push({ at: instant(1030), type: 0, code: 3, value: 0 });
    expect(push(under, keysOf("34\n", 1040))).toMatchObject([{ refused: "dropped" }]);
  });

  test("a reader that was pulled out with shift held types small letters again", () => {
    const under = lines();
    under.push({ at: instant(0), type: 1, code: 42, value: 1 });
    under.reset();
    expect(push(under, keysOf("a\n"))).toMatchObject([{ text: "a" }]);
  });
});

test("T8: any bytes at all are keys or none", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 * inputEventSize }), (bytes) => {
      for (const typed of push(lines(), inputEventsOf(Buffer.from(bytes))))
        if ("text" in typed) expect(typed.text).toMatch(/^[\x21-\x7e]{1,64}$/);
    }),
  );
});
