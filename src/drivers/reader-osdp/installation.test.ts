import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { wallTime } from "../../domain/time.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import { beginInstallation, installationUntil, ReaderKeys } from "./installation.ts";

const key = Buffer.alloc(16, 0x21);
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "vestibule-osdp-keys-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test("the mode's file is for its owner only, and one that others wrote opens nothing", () => {
  const keyFile = join(directory, "osdp", "one.key");
  const clock = new VirtualClock();
  const until = wallTime(clock.wall() + 60_000);
  beginInstallation(keyFile, until);
  expect(installationUntil(keyFile)).toBe(until);
  expect(statSync(`${keyFile}.install`).mode & 0o777).toBe(0o600);
  expect(statSync(join(directory, "osdp")).mode & 0o777).toBe(0o700);
  chmodSync(`${keyFile}.install`, 0o666);
  expect(installationUntil(keyFile)).toBeUndefined();
  expect(new ReaderKeys(keyFile, clock).candidate()).toBeUndefined();
  rmSync(`${keyFile}.install`);
  writeFileSync(join(directory, "elsewhere"), new Date(until).toISOString(), { mode: 0o600 });
  symlinkSync(join(directory, "elsewhere"), `${keyFile}.install`);
  expect(installationUntil(keyFile)).toBeUndefined();
  rmSync(`${keyFile}.install`);
  writeFileSync(`${keyFile}.install`, "tomorrow", { mode: 0o600 });
  expect(installationUntil(keyFile)).toBeUndefined();
});

test("what root makes for the service belongs to whom the data belongs", () => {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) chownSync(directory, 4321, 4321);
  const keyFile = join(directory, "readers", "osdp", "one.key");
  beginInstallation(keyFile, wallTime(1));
  for (const made of [join(directory, "readers"), join(directory, "readers", "osdp"), `${keyFile}.install`])
    expect(statSync(made).uid).toBe(isRoot ? 4321 : process.geteuid?.());
});

test("keys are tried in turn: the reader's own first, the one everybody has last, and only while the mode lasts", () => {
  const keyFile = join(directory, "one.key");
  const clock = new VirtualClock();
  const keys = new ReaderKeys(keyFile, clock);
  expect(keys.candidate()).toBeUndefined();
  writeFileSync(keyFile, key.toString("hex"), { mode: 0o600 });
  const tried = (): (string | undefined)[] =>
    [0, 1, 2].map(() => {
      const kind = keys.candidate()?.kind;
      keys.onRefused();
      return kind;
    });
  expect(tried()).toEqual(["site", "site", "site"]);
  beginInstallation(keyFile, wallTime(clock.wall() + 60_000));
  keys.newKey();
  expect(tried()).toEqual(["pending", "site", "default"]);
  clock.advance(60_000);
  expect(new Set(tried())).toEqual(new Set(["pending", "site"]));
  expect(existsSync(`${keyFile}.install`)).toBe(false);
});

test.each([
  ["no key", "holds no key"],
  ["00".repeat(15), "holds no key"],
  [Buffer.from("0123456789:;<=>?").toString("hex"), "protects from nobody"],
])("a file with %s is refused, and why", (text, why) => {
  const keyFile = join(directory, "one.key");
  writeFileSync(keyFile, text, { mode: 0o600 });
  expect(() => new ReaderKeys(keyFile, new VirtualClock()).candidate()).toThrow(why);
});

test("a folder in the place of a key, or a link to one, is no key", () => {
  const keyFile = join(directory, "one.key");
  mkdirSync(keyFile);
  expect(() => new ReaderKeys(keyFile, new VirtualClock()).candidate()).toThrow("not a plain file");
  rmSync(keyFile, { recursive: true });
  writeFileSync(join(directory, "elsewhere"), key.toString("hex"), { mode: 0o600 });
  symlinkSync(join(directory, "elsewhere"), keyFile);
  expect(() => new ReaderKeys(keyFile, new VirtualClock()).candidate()).toThrow("not a plain file");
});
