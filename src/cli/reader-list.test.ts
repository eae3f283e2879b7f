import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { pluggedInReaders } from "../composition/plugged-in-readers.ts";
import { readerList } from "./reader-list.ts";

async function listed(files: readonly string[], pcscReaders: () => readonly string[], args: string[] = []) {
  const devices = mkdtempSync(join(tmpdir(), "reader-list-"));
  onTestFinished(() => rmSync(devices, { recursive: true }));
  for (const file of files) {
    mkdirSync(join(devices, file, ".."), { recursive: true });
    writeFileSync(join(devices, file), "");
  }
  let out = "";
  const exit = await readerList(() => pluggedInReaders({ devices, pcscReaders })).run(args, {
    stdout: (text) => (out += text),
    stderr: () => {},
    env: {},
  });
  return { exit, out: out.replaceAll(devices, "/dev") };
}

test("devices are listed by the names that the configuration takes", async () => {
  const { exit, out } = await listed(
    ["serial/by-id/usb-FTDI-if00", "input/by-id/usb-Reader-event-kbd", "input/by-id/usb-Mouse-event-mouse"],
    () => ["ACS ACR122U 00 00"],
  );
  expect(exit).toBe(0);
  expect(out.split("\n")).toEqual([
    "serial  /dev/serial/by-id/usb-FTDI-if00",
    "hid     /dev/input/by-id/usb-Reader-event-kbd",
    "pcsc    ACS ACR122U 00 00",
    "",
  ]);
});

test("a machine without any says so, and why PC/SC cannot be asked", async () => {
  const noService = () => {
    throw new Error("SCardEstablishContext: NO_SERVICE");
  };
  const { exit, out } = await listed([], noService);
  expect(exit).toBe(1);
  expect(out).toContain("pcsc    (SCardEstablishContext: NO_SERVICE)");
  expect(JSON.parse((await listed([], noService, ["--json"])).out)).toEqual({
    serial: [],
    hid: [],
    pcsc: [],
    pcscFault: "SCardEstablishContext: NO_SERVICE",
  });
  expect((await listed([], () => [], ["--all"])).exit).toBe(2);
});
