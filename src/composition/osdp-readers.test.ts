import { resolve } from "node:path";
import { expect, test } from "vitest";
import { siteSchema } from "../config/site-schema.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { osdpKeyFile } from "./osdp-key-file.ts";
import { placedReaders, readersOf } from "./readers.ts";

const device = "/dev/serial/by-id/usb-rs485";

function siteWith(accessPoints: Readonly<Record<string, unknown>>) {
  return siteSchema.parse({
    site: { id: "t", name: { en: "T", zh: "测" } },
    board: { kind: "simulated" },
    vestibules: [{ id: "v1", accessPoints }],
  });
}

test("all OSDP readers of a site are one driver, however many buses there are", async () => {
  const site = siteWith({
    "outer-entry": { reader: { kind: "osdp", device, address: 1 } },
    "inner-entry": { reader: { kind: "osdp", device, address: 2 } },
    "inner-exit": { reader: { kind: "osdp", device: "/dev/ttyAMA2", address: 1 } },
  });
  const readers = await readersOf(site, { clock: new VirtualClock(), dataDirectory: "/data" });
  expect(readers.map((reader) => reader.constructor.name)).toEqual(["OsdpCardReader"]);
});

test("a reader's key is where the site says, else in the data directory under its place", () => {
  const site = siteWith({
    "outer-entry": { reader: { kind: "osdp", device, address: 1 } },
    "inner-entry": { reader: { kind: "osdp", device, address: 2, keyFile: "/etc/vestibule/two.key" } },
  });
  const files = placedReaders(site).map(({ where, reader }) =>
    reader.kind === "osdp" ? osdpKeyFile({ where, reader }, "/data") : undefined,
  );
  expect(files).toEqual(["/data/osdp/v1.outer-entry.key", "/etc/vestibule/two.key"]);
  const [first] = placedReaders(site);
  if (first?.reader.kind !== "osdp") throw new Error("not an OSDP reader");
  expect(osdpKeyFile({ where: first.where, reader: first.reader }, undefined)).toBe(
    resolve("var/osdp/v1.outer-entry.key"),
  );
});
