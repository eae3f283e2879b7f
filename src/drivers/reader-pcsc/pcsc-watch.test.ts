import { describe, expect, test } from "vitest";
import { FakePcsc } from "./fake-pcsc.ts";
import { PcscWatch } from "./pcsc-watch.ts";

const answer = (hex: string): Uint8Array => Buffer.from(hex, "hex");

function watched() {
  const pcsc = new FakePcsc();
  pcsc.plug("A 00");
  const watch = new PcscWatch(pcsc);
  return { pcsc, watch };
}

describe("a watch over PC/SC readers", () => {
  test("tells a card once for each time it is put there", () => {
    const { pcsc, watch } = watched();
    expect(watch.step(0)).toEqual([{ type: "readers", names: ["A 00"] }]);
    pcsc.put("A 00", answer("04a1b2c39000"));
    expect(watch.step(0)).toEqual([
      { type: "card", reader: "A 00", uid: Uint8Array.of(4, 0xa1, 0xb2, 0xc3) },
    ]);
    expect(watch.step(0)).toEqual([]);
    pcsc.take("A 00");
    expect(watch.step(0)).toEqual([]);
    pcsc.put("A 00", answer("04a1b2c39000"));
    expect(watch.step(0)).toHaveLength(1);
  });

  test("sees a card that was taken away and put back between two looks", () => {
    const { pcsc, watch } = watched();
    watch.step(0);
    pcsc.put("A 00", answer("01029000"));
    watch.step(0);
    pcsc.take("A 00");
    pcsc.put("A 00", answer("03049000"));
    expect(watch.step(0)).toEqual([{ type: "card", reader: "A 00", uid: Uint8Array.of(3, 4) }]);
  });

  test("takes a card that lies there from before for nobody's presentation", () => {
    const { pcsc, watch } = watched();
    pcsc.put("A 00", answer("01029000"));
    expect(watch.step(0)).toEqual([{ type: "readers", names: ["A 00"] }]);
    expect(watch.step(0)).toEqual([]);
  });

  test("tells readers that come and go, and a service that does, once each", () => {
    const { pcsc, watch } = watched();
    watch.step(0);
    pcsc.plug("B 00");
    expect(watch.step(0)).toEqual([{ type: "readers", names: ["A 00", "B 00"] }]);
    pcsc.unplug("A 00");
    pcsc.unplug("B 00");
    expect(watch.step(0)).toEqual([{ type: "readers", names: [] }]);
    pcsc.service = false;
    expect(watch.step(0)).toMatchObject([{ type: "noService" }]);
    expect(watch.step(0)).toEqual([]);
    pcsc.service = true;
    pcsc.plug("A 00");
    expect(watch.step(0)).toEqual([{ type: "readers", names: ["A 00"] }]);
  });

  test.each([
    ["no answer at all", ""],
    ["no UID", "9000"],
    ["an error", "6a81"],
    ["too much", `${"00".repeat(33)}9000`],
    ["half a status", "90"],
  ])("T8: a card that gives %s is refused", (_, hex) => {
    const { pcsc, watch } = watched();
    watch.step(0);
    pcsc.put("A 00", answer(hex));
    expect(watch.step(0)).toMatchObject([{ type: "refused", reader: "A 00" }]);
  });

  test("a card that does not answer is refused", () => {
    const { pcsc, watch } = watched();
    watch.step(0);
    pcsc.put("A 00", "mute");
    expect(watch.step(0)).toMatchObject([{ type: "refused", reader: "A 00" }]);
  });
});
