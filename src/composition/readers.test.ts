import { describe, expect, test } from "vitest";
import { wiegandLayouts } from "../config/reader-schema.ts";
import { siteSchema } from "../config/site-schema.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { placedReaders, readersOf, wiegandFormatsOf } from "./readers.ts";

const siteWith = (accessPoints: Readonly<Record<string, unknown>>) =>
  siteSchema.parse({
    site: { id: "t", name: { en: "T", zh: "测" } },
    board: { kind: "simulated" },
    vestibules: [{ id: "v1", accessPoints }],
  });
const simulated = { reader: { kind: "simulated" } };
const wiegand = {
  reader: { kind: "wiegand", input: { via: "kernel", path: "/sys/class/ionopi/wiegand/w1_data" } },
};

describe("a site's readers", () => {
  test("are one driver for each kind in use", async () => {
    const site = siteWith({
      "outer-entry": simulated,
      "inner-entry": wiegand,
      "inner-exit": { reader: { kind: "hid", device: "/dev/input/by-id/a-event-kbd" } },
      "outer-exit": { reader: { kind: "pcsc", reader: "ACS" } },
    });
    const readers = await readersOf(site, { clock: new VirtualClock() });
    expect(readers.map((reader) => reader.constructor.name)).toEqual([
      "WiegandCardReader",
      "HidCardReader",
      "PcscCardReader",
    ]);
    for (const reader of readers) await reader[Symbol.asyncDispose]();
  });

  test("stand where the configuration has them", () => {
    const site = siteWith({ "outer-entry": simulated, "inner-entry": wiegand });
    expect(placedReaders(site).map(({ where, reader }) => [where, reader.kind])).toEqual([
      [{ vestibule: "v1", accessPoint: "outer-entry" }, "simulated"],
      [{ vestibule: "v1", accessPoint: "inner-entry" }, "wiegand"],
    ]);
  });
});

describe("Wiegand layouts", () => {
  test("that the configuration names are known to the decoder, with as many bits", () => {
    for (const [layout, bits] of Object.entries(wiegandLayouts)) {
      const parsed = siteWith({ "outer-entry": { reader: { ...wiegand.reader, formats: [{ layout }] } } });
      const reader = placedReaders(parsed)[0]?.reader;
      if (reader?.kind !== "wiegand") throw new Error("not a Wiegand reader");
      expect(wiegandFormatsOf(reader.formats)).toMatchObject([{ name: layout, bits }]);
    }
  });

  test("take the number's form from the configuration, and custom ones all of it", () => {
    expect(wiegandFormatsOf([{ layout: "wiegand26", number: "{card:5}" }])).toMatchObject([
      { name: "wiegand26", number: "{card:5}" },
    ]);
    const custom = { name: "bank40", bits: 40, card: "2-39", parity: [], number: "{card}" };
    expect(wiegandFormatsOf([{ layout: "custom", ...custom }])).toEqual([custom]);
  });
});
