import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parseUnit } from "../unit-file.ts";

const fileOf = (name: string): string => readFileSync(new URL(`./${name}`, import.meta.url), "utf8");

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "vestibule-display-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const install = (...options: readonly string[]) =>
  spawnSync("bash", [new URL("./install", import.meta.url).pathname, ...options], { encoding: "utf8" });

test("the screen comes back by itself, has a user of its own, and gives way to the doors", () => {
  const settings = parseUnit(fileOf("vestibule-display.service"));
  const valueOf = (name: string) => settings.find((setting) => setting.name === name)?.value;
  expect(valueOf("Restart")).toBe("always");
  expect(valueOf("StartLimitIntervalSec")).toBe("0");
  expect(valueOf("User")).toBe("vestibule-display");
  expect(Number(valueOf("Nice"))).toBeGreaterThan(0);
  expect(Number(valueOf("CPUWeight"))).toBeLessThan(100);
  expect(valueOf("ExecStart")).toBe("/usr/local/lib/vestibule-display/kiosk");
});

test("the browser shows one page, keeps what it is paired with, and may sound without being touched", () => {
  const started = spawnSync("sh", [new URL("./kiosk", import.meta.url).pathname], {
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"],
      VESTIBULE_DISPLAY_COMPOSITOR: "echo",
      VESTIBULE_DISPLAY_ADDRESS: "https://box.example/display",
      VESTIBULE_DISPLAY_ROTATE: "270",
      STATE_DIRECTORY: "/var/lib/vestibule-display",
    },
  }).stdout.trim();
  expect(started).toMatch(/^-rrr -- chromium --kiosk .* https:\/\/box\.example\/display$/);
  for (const flag of [
    "--autoplay-policy=no-user-gesture-required",
    "--user-data-dir=/var/lib/vestibule-display/chromium",
    "--noerrdialogs",
  ])
    expect(started).toContain(` ${flag} `);
  expect(started).not.toMatch(/incognito|guest|no-sandbox|ignore-certificate/);
});

test.each(["display", "watch"])("installed for /%s it is told the address, and may open no other", (page) => {
  const root = folder();
  const done = install("--address", `https://box.example:8420/${page}`, "--rotate", "90", "--root", root);
  expect(done.stderr).toBe("");
  expect(done.status).toBe(0);
  expect(readFileSync(join(root, "etc/vestibule-display.conf"), "utf8")).toBe(
    `VESTIBULE_DISPLAY_ADDRESS=https://box.example:8420/${page}\nVESTIBULE_DISPLAY_ROTATE=90\n`,
  );
  const policy = JSON.parse(
    readFileSync(join(root, "etc/chromium/policies/managed/vestibule-display.json"), "utf8"),
  ) as Record<string, unknown>;
  expect(policy).toMatchObject({ URLBlocklist: ["*"], URLAllowlist: ["https://box.example:8420"] });
});

test.each([
  ["http://box.example/display"],
  ["https://box.example/"],
  ["https://user:secret@box.example/display"],
  ["https://box.example/display?code=1"],
  ["ftp://box.example/display"],
])("an address that is not the display page's over TLS is refused: %s", (address) => {
  const root = folder();
  writeFileSync(join(root, "untouched"), "");
  expect(install("--address", address, "--root", root).status).toBe(2);
});
