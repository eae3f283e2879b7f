import { describe, expect, test } from "vitest";
import { keypadFaults } from "./keypad-checks.ts";
import { pathText } from "./path.ts";
import { readerFaults } from "./reader-checks.ts";
import { readerSchema } from "./reader-schema.ts";
import { draftOf } from "./site-draft.ts";

const serial = { via: "serial", device: "/dev/serial/by-id/usb-one", converter: "wie232-generic" };
const custom = { layout: "custom", name: "bank40", bits: 40, facility: "2-13", card: "14-39" };

function faultsOf(readers: Readonly<Record<string, unknown>>): string[] {
  const accessPoints = Object.fromEntries(
    Object.entries(readers).map(([accessPoint, reader]) => [accessPoint, { reader }]),
  );
  const draft = draftOf({ vestibules: [{ id: "v1", accessPoints }] });
  expect(draft.vestibules[0], "the schema itself refuses it").toBeDefined();
  return readerFaults(draft).map(({ path, found }) => `${pathText(path)}: ${found}`);
}

const at = "vestibules[0].accessPoints.outer-entry.reader";
const withFormats = (...formats: readonly unknown[]) => ({
  "outer-entry": { kind: "wiegand", input: serial, formats },
});

describe("readers that are right", () => {
  test("have no faults", () => {
    expect(
      faultsOf({
        "outer-entry": { kind: "wiegand", input: serial, formats: [{ layout: "wiegand26" }, custom] },
        "inner-entry": {
          kind: "wiegand",
          input: { via: "kernel", path: "/sys/class/ionopi/wiegand/w1_data" },
        },
        "inner-exit": { kind: "hid", device: "/dev/input/by-id/usb-reader-event-kbd" },
        "outer-exit": { kind: "pcsc", reader: "ACS ACR122U" },
      }),
    ).toEqual([]);
  });

  test("are 26 and 34 bits unless something else is said", () => {
    expect(readerSchema.parse({ kind: "wiegand", input: serial })).toMatchObject({
      formats: [{ layout: "wiegand26" }, { layout: "wiegand34" }],
      keypad: true,
    });
  });
});

describe("one device for two access points is refused", () => {
  test.each([
    [{ kind: "wiegand", input: serial }, "input.device"],
    [{ kind: "hid", device: "/dev/input/by-id/usb-reader-event-kbd" }, "device"],
    [{ kind: "pcsc", reader: "ACS ACR122U" }, "reader"],
  ])("%j", (reader, key) => {
    const faults = faultsOf({ "outer-entry": reader, "inner-entry": reader });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(`inner-entry.reader.${key}`);
  });
});

describe("a level that asks for a PIN", () => {
  const level = (more: object) => ({ name: "staff", accessPoints: ["outer-entry"], ...more });
  const faultsWith = (reader: object, accessLevel: object): string[] => {
    const draft = draftOf({
      vestibules: [{ id: "v1", accessPoints: { "outer-entry": { reader } } }],
      accessLevels: [accessLevel],
    });
    expect(draft.accessLevels[0], "the schema itself refuses it").toBeDefined();
    return keypadFaults(draft).map(({ path }) => pathText(path));
  };
  const keyless = { kind: "wiegand", input: serial, keypad: false };

  test("names no access point without keys, by its mode or in one of its schedules", () => {
    expect(faultsWith(keyless, level({ mode: "card+pin" }))).toEqual(["accessLevels[0].mode"]);
    const lunch = { modes: [{ schedule: "lunch", mode: "card+face+pin" }] };
    expect(faultsWith(keyless, level(lunch))).toEqual(["accessLevels[0].modes[0].mode"]);
  });

  test("may name one with keys; a level of all access points opens what it can", () => {
    expect(faultsWith({ kind: "wiegand", input: serial }, level({ mode: "card+pin" }))).toEqual([]);
    expect(faultsWith(keyless, level({ mode: "card+face" }))).toEqual([]);
    expect(faultsWith(keyless, level({ accessPoints: "all", mode: "card+pin" }))).toEqual([]);
  });
});

describe("formats", () => {
  test.each([
    [{ ...custom, card: "14-41" }, "card: 14-41"],
    [{ ...custom, card: "39-14" }, "card: 39-14"],
    [{ ...custom, facility: "0-3" }, "facility: 0-3"],
    [{ ...custom, parity: [{ kind: "even", bits: "1-20,41" }] }, "parity[0].bits: 41"],
    [{ ...custom, card: "13-39" }, "card: bit 13, which is the facility's"],
    [{ ...custom, facility: undefined, number: "{facility}-{card}" }, "number: "],
    [{ layout: "wiegand37", number: "{facility}-{card}" }, "number: "],
    [{ ...custom, bits: 100, facility: undefined, card: "1-80" }, "card: 80 bits"],
    [{ layout: "wiegand26", number: "{facility}" }, "number: "],
  ])("a layout that contradicts itself is refused: %j", (format, fault) => {
    const faults = faultsOf(withFormats(format));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(`${at}.formats[0].`);
    expect(faults[0]).toContain(fault);
  });

  test("two that nothing tells apart are refused, two with another parity are not", () => {
    expect(faultsOf(withFormats({ layout: "wiegand37" }, { layout: "wiegand37f" }))).toHaveLength(1);
    expect(faultsOf(withFormats(custom, { ...custom, name: "bank40b" }))).toHaveLength(1);
    const odd = { ...custom, name: "bank40b", parity: [{ kind: "odd", bits: "1-40" }] };
    expect(faultsOf(withFormats(custom, odd))).toEqual([]);
  });

  test("what a converter's own short form could be taken for is refused, unless it counts every card", () => {
    const reader = (converter: string) => ({
      kind: "wiegand",
      input: { ...serial, converter },
      formats: [{ layout: "wiegand34" }, { ...custom, bits: 16, facility: undefined, card: "1-16" }],
    });
    expect(faultsOf({ "outer-entry": reader("wie232") })).toEqual([
      `${at}.formats[1].layout: a card of 16 bits`,
    ]);
    expect(faultsOf({ "outer-entry": reader("wie232-generic") })).toEqual([]);
  });
});
