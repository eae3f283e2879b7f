import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KernelGuest } from "../support/kernel-guest.ts";

// The contracts of door hardware and of keyboard readers, run by vitest in the guest, where the kernel is; here it is
// said what came out.

const config = fileURLToPath(new URL("inside/vitest.config.ts", import.meta.url));
const vitest = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));
const results = "/run/tmp/results.json";

interface Outcome {
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

let guest: KernelGuest;
let outcomes: readonly Outcome[] = [];

beforeAll(async () => {
  guest = await KernelGuest.boot({ name: "door-hardware" });
});

afterAll(async () => {
  await guest?.[Symbol.asyncDispose]();
});

test("the drivers' tests run in the guest", { timeout: 400_000 }, async () => {
  const options = ["--configLoader=native", "--reporter=json", `--outputFile=${results}`];
  const run = await guest.node([vitest, "run", `--config=${config}`, ...options]);
  await run.ended;
  const text = await guest.read(results);
  if (text === undefined) throw new Error(`no results:\n${run.output}`);
  const report = JSON.parse(text) as { testResults: { assertionResults: Outcome[] }[] }; // vitest's own format
  outcomes = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(outcomes.length, run.output).toBeGreaterThan(0);
});

describe.each(["character-device", "sysfs"])("%s", (driver) => {
  test.each(["active low: false", "active low: true"])(
    "keeps the contract of door hardware, %s",
    (polarity) => {
      expectPassed([driver, polarity, "GpioDoorHardware keeps the contract of door hardware"], 12);
    },
  );

  test("takes the right lines or none, without a glitch", () => {
    expectPassed([driver], 30);
  });
});

describe("keyboard readers", () => {
  test("keep the contract of a card reader on devices that the kernel made by uinput", () => {
    expectPassed(["HidCardReader on the kernel's input devices keeps the contract of a card reader"], 13);
  });

  test("are grabbed, and nothing else is taken for one", () => {
    for (const title of [
      "a reader that is grabbed is nobody else's",
      "what is no input device is refused with what it is",
    ])
      expect(outcomes.filter((one) => one.title === title)).toMatchObject([{ status: "passed" }]);
  });
});

function expectPassed(titles: readonly string[], least: number): void {
  const mine = outcomes.filter(({ ancestorTitles }) =>
    titles.every((title) => ancestorTitles.includes(title)),
  );
  const failed = mine.filter(({ status }) => status !== "passed");
  // In the message's first line, which is what a summary of the run shows.
  if (failed.length > 0)
    throw new Error(
      failed.map(({ title, failureMessages }) => `${title}: ${failureMessages.join("\n")}`).join("\n"),
    );
  expect(mine.length).toBeGreaterThanOrEqual(least);
}
