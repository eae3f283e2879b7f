import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import { AttributeSource } from "./attribute-source.ts";
import type { Frame } from "./pulse-frames.ts";

test("a kernel module's file is waited for, read, lost with its module, and found again", async () => {
  const folder = mkdtempSync(join(tmpdir(), "wiegand-attribute-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "w1_data");
  const clock = new VirtualClock();
  const heard: (Frame | string)[] = [];
  await using source = new AttributeSource(path, clock);
  await source.open({
    onFrame: (frame) => heard.push(frame),
    onOnline: () => heard.push("online"),
    onLost: (detail) => heard.push(detail.includes("kernel module") ? "lost" : detail),
  });
  writeFileSync(path, "17 4 5\n");
  clock.advance(1000);
  writeFileSync(path, "18 4 5\n");
  clock.advance(40);
  rmSync(path);
  clock.advance(20);
  writeFileSync(path, "19 4 6\n");
  clock.advance(1000);
  writeFileSync(path, "20 4 7\n");
  clock.advance(20);
  expect(heard).toEqual(["lost", "online", { bits: "0101" }, "lost", "online", { bits: "0111" }]);
});
