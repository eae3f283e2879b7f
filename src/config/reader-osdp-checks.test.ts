import { describe, expect, test } from "vitest";
import { pathText } from "./path.ts";
import { readerFaults } from "./reader-checks.ts";
import { readerSchema } from "./reader-schema.ts";
import { draftOf } from "./site-draft.ts";

const device = "/dev/serial/by-id/usb-rs485";
const one = { kind: "osdp", device, address: 1, keyFile: "/etc/vestibule/one.key" };
const two = { kind: "osdp", device, address: 2, keyFile: "/etc/vestibule/two.key" };

function faultsOf(readers: Readonly<Record<string, unknown>>): string[] {
  const accessPoints = Object.fromEntries(
    Object.entries(readers).map(([accessPoint, reader]) => [accessPoint, { reader }]),
  );
  const draft = draftOf({ vestibules: [{ id: "v1", accessPoints }] });
  expect(draft.vestibules[0], "the schema itself refuses it").toBeDefined();
  return readerFaults(draft).map(({ path, found }) => `${pathText(path)}: ${found}`);
}

describe("OSDP readers in the site file", () => {
  test("ask for a secure channel and CRC at 9600 baud unless something else is said", () => {
    expect(readerSchema.parse({ kind: "osdp", device, address: 0 })).toMatchObject({
      baudRate: 9600,
      check: "crc",
      secureChannel: "required",
      keypad: true,
      formats: [{ layout: "wiegand26" }, { layout: "wiegand34" }],
    });
  });

  test("T26: do without a secure channel only where somebody says why", () => {
    const parse = (secureChannel: unknown) => readerSchema.safeParse({ ...one, secureChannel }).success;
    expect(parse({ off: "reader of 2009, replaced in March; decided by A. Lin" })).toBe(true);
    for (const silent of ["off", false, "none", {}, { off: "" }, { off: "old" }])
      expect(parse(silent)).toBe(false);
  });

  test.each([127, -1, 1.5])("have no address %d", (address) => {
    expect(readerSchema.safeParse({ ...one, address }).success).toBe(false);
  });

  test("share a bus when their addresses, speeds and keys allow it", () => {
    expect(faultsOf({ "outer-entry": one, "inner-entry": two })).toEqual([]);
    expect(
      faultsOf({ "outer-entry": one, "inner-entry": { ...two, device: "/dev/ttyUSB9", address: 1 } }),
    ).toEqual([]);
  });

  test.each([
    [
      { ...two, address: 1 },
      "address: 1, which the reader at vestibules.0.accessPoints.outer-entry has on this bus",
    ],
    [
      { ...two, baudRate: 115200 },
      "baudRate: 115200, where the reader at vestibules.0.accessPoints.outer-entry has 9600",
    ],
    [{ ...two, keyFile: one.keyFile }, 'keyFile: "/etc/vestibule/one.key", which the reader at'],
    [{ ...two, formats: [{ layout: "wiegand26", number: "7" }] }, 'formats[0].number: "7"'],
  ])("%#: are refused together, and where is said", (second, fault) => {
    const faults = faultsOf({ "outer-entry": one, "inner-entry": second });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
  });

  test("are not where a Wiegand converter is", () => {
    const wiegand = { kind: "wiegand", input: { via: "serial", device, converter: "wie232-generic" } };
    expect(faultsOf({ "outer-entry": one, "inner-entry": wiegand })[0]).toContain(
      "which is a Wiegand converter at",
    );
  });
});
