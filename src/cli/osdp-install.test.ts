import { describe, expect, test } from "vitest";
import { ConfigError } from "../config/config-error.ts";
import type { WallTime } from "../domain/time.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { osdpInstall } from "./osdp-install.ts";

/** Runs it over one reader that has its key after `takes`, if ever. */
async function installing(args: readonly string[], takes?: number, abandoned = false) {
  const clock = new VirtualClock();
  const begun: WallTime[] = [];
  let open: WallTime | undefined;
  const printed = { out: "", err: "" };
  const command = osdpInstall({
    clock,
    find: (file, _, place) => {
      if (file === "broken.yaml") throw new ConfigError([]);
      if (place !== "v1.outer-entry") return undefined;
      return {
        keyFile: "/keys/one.key",
        begin: (until) => {
          begun.push(until);
          open = until;
          if (takes !== undefined) clock.wakeAt((clock.now() + takes) as never, () => (open = undefined));
        },
        until: () => open,
        end: () => {
          open = undefined;
        },
        hasKey: () => takes !== undefined && !abandoned,
      };
    },
  });
  const started = clock.wall();
  const ended = command.run(args, {
    stdout: (text) => (printed.out += text),
    stderr: (text) => (printed.err += text),
    env: {},
  });
  for (let step = 0; step < 8_000; step++) {
    clock.advance(500);
    await Promise.resolve();
    await Promise.resolve();
  }
  return { exit: await ended, minutes: begun.map((until) => (until - started) / 60_000), open, ...printed };
}

describe("reader osdp-install", () => {
  test("opens the mode for ten minutes, and says so once the reader has its key", async () => {
    const { exit, minutes, out } = await installing(["--access-point", "v1.outer-entry"], 45_000);
    expect(exit).toBe(0);
    expect(minutes).toEqual([10]);
    expect(out).toMatch(
      /a new reader is taken at v1.outer-entry until .*\nthe reader at v1.outer-entry has its key/,
    );
  });

  test("ends the mode and says what to look at where no reader took a key", async () => {
    const { exit, minutes, open, err, out } = await installing([
      "--access-point",
      "v1.outer-entry",
      "--minutes",
      "2",
      "--json",
    ]);
    expect(exit).toBe(1);
    expect(minutes).toEqual([2]);
    expect(open).toBeUndefined();
    expect(err).toMatch(/no reader took a key/);
    expect(JSON.parse(out)).toMatchObject({ installed: false, keyFile: "/keys/one.key" });
  });

  test("ended by somebody else it has brought no key", async () => {
    const { exit, out } = await installing(["--access-point", "v1.outer-entry"], 45_000, true);
    expect(exit).toBe(1);
    expect(out).toMatch(/is over/);
  });

  test("ends it before its time", async () => {
    const { exit, minutes, out } = await installing(["--access-point", "v1.outer-entry", "--end"]);
    expect([exit, minutes]).toEqual([0, []]);
    expect(out).toMatch(/is over/);
  });

  test.each([
    [[], /--access-point: expected/],
    [["--access-point", "v1.outer-entry", "--minutes", "61"], /expected 1 to 60/],
    [["--access-point", "v1.outer-entry", "--minutes", "1.5"], /expected 1 to 60/],
    [["--access-point", "v1.inner-exit"], /no OSDP reader at v1.inner-exit/],
    [["--access-point", "v1.outer-entry", "--config", "broken.yaml"], /\n/],
    [["--forever"], /Unknown option/],
  ])("refuses %j", async (args, said) => {
    const { exit, minutes, err } = await installing(args);
    expect([exit, minutes]).toEqual([2, []]);
    expect(err).toMatch(said);
  });
});
