import { expect, test } from "vitest";
import { arrowFaults } from "./arrows.ts";

const faults = (path: string, text: string): readonly string[] => arrowFaults([{ path, text }]);

test("zero modules read is a fault, not a success", () => {
  expect(arrowFaults([])).toEqual([expect.stringContaining("no module was read")]);
});

test.each([
  ["src/domain/access/decide.ts", `import { fs } from "node:fs";`],
  ["src/domain/access/decide.ts", `import type { Clock } from "../../ports/clock.ts";`],
  ["src/domain/access/decide.ts", `export * from "../../controller/queue.ts";`],
  ["src/domain/access/decide.ts", `type Port = import("../../ports/clock.ts").Clock;`],
  ["src/domain/access/decide.test.ts", `import { building } from "../../simulation/building.ts";`],
  ["src/ports/clock.ts", `import { z } from "zod";`],
  ["src/interlock/process.ts", `import pino from "pino";`],
  ["src/interlock/process.ts", `import { queue } from "../controller/queue.ts";`],
  ["src/interlock/process.ts", `import { Chip } from "../drivers/gpio-chardev/chip.ts";`],
  ["src/controller/decide.ts", `const engine = await import("../drivers/face-nets/engine.ts");`],
  ["src/controller/decide.ts", `new Worker(new URL("../drivers/sqlite/worker.ts", import.meta.url));`],
  ["src/controller/decide.ts", `const engine = await import(name);`],
  ["src/controller/decide.test.ts", `import { main } from "../main.ts";`],
  ["src/drivers/mqtt/link.ts", `import { open } from "../sqlite/open.ts";`],
  ["src/simulation/building.ts", `import { open } from "../drivers/sqlite/open.ts";`],
  ["src/console/page.tsx", `import { routes } from "../api/routes.ts";`],
  ["src/elsewhere/thing.ts", `export const thing = 1;`],
])("%s: refuses %s", (path, text) => {
  expect(faults(path, text)).toHaveLength(1);
});

test.each([
  ["src/domain/access/decide.ts", `import type { Instant } from "../time.ts";`],
  ["src/ports/clock.ts", `import type { Instant } from "../domain/time.ts";`],
  [
    "src/interlock/process.ts",
    `import process from "node:process"; import type { Clock } from "../ports/clock.ts";`,
  ],
  ["src/drivers/mqtt/link.ts", `import mqtt from "mqtt"; import { topic } from "./topic.ts";`],
  ["src/drivers/mqtt/link.test.ts", `import { building } from "../../simulation/building.ts";`],
  ["src/console/page.tsx", `import type { State } from "../api/state.ts";`],
  [
    "src/main.ts",
    `import { link } from "./drivers/mqtt/link.ts"; import manifest from "../package.json" with { type: "json" };`,
  ],
])("%s: allows %s", (path, text) => {
  expect(faults(path, text)).toEqual([]);
});

test("a fault says where, what and why", () => {
  expect(faults("src/domain/a.ts", `\nimport { b } from "../ports/b.ts";`)).toEqual([
    expect.stringMatching(
      /^src\/domain\/a\.ts:2: domain must not import ports \(src\/ports\/b\.ts\): rules without/,
    ),
  ]);
});
