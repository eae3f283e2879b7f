import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { watchdogFindings } from "./watchdog-findings.ts";

test("a board without a watchdog is a doubt, a watchdog that is not there is bad", () => {
  expect(watchdogFindings(undefined)).toMatchObject([{ verdict: "doubtful" }]);
  expect(watchdogFindings("/dev/watchdog77")).toMatchObject([{ verdict: "bad" }]);
});

test("one that is there is described from its attributes, unopened", () => {
  const folder = mkdtempSync(join(tmpdir(), "watchdog-"));
  const device = join(folder, "watchdog3");
  writeFileSync(device, "");
  const attributes = join(folder, "class", "watchdog3");
  mkdirSync(attributes, { recursive: true });
  writeFileSync(join(attributes, "identity"), "Broadcom BCM2835 Watchdog timer\n");
  writeFileSync(join(attributes, "state"), "inactive\n");
  writeFileSync(join(attributes, "timeout"), "15\n");
  const [finding] = watchdogFindings(device, join(folder, "class"));
  expect(finding).toMatchObject({
    verdict: "good",
    seen: { en: "Broadcom BCM2835 Watchdog timer, inactive, 15 s" },
  });
});
