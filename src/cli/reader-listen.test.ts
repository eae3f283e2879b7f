import { describe, expect, test } from "vitest";
import { ConfigError } from "../config/config-error.ts";
import type { AccessPointRef } from "../domain/names.ts";
import type { CardReader, ReaderListener } from "../ports/card-reader.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { type Overheard, readerListen } from "./reader-listen.ts";

const where: AccessPointRef = { vestibule: "v1", accessPoint: "outer-entry" };

/** Runs it over one reader that does what `script` says, a second after it was opened. */
async function listening(
  args: readonly string[],
  script: (listener: ReaderListener, overheard: Overheard, clock: VirtualClock) => void,
  places: readonly AccessPointRef[] = [where],
) {
  const clock = new VirtualClock();
  let disposed = false;
  const printed = { out: "", err: "" };
  const command = readerListen({
    clock,
    load: async (_, __, overheard) => {
      const reader: CardReader = {
        open: async (listener) => {
          queueMicrotask(() => {
            clock.advance(1000);
            script(listener, overheard, clock);
            setImmediate(() => clock.advance(3_600_000));
          });
        },
        signal: () => {},
        [Symbol.asyncDispose]: async () => {
          disposed = true;
        },
      };
      return { readers: [reader], places };
    },
  });
  const exit = await command.run(args, {
    stdout: (text) => (printed.out += text),
    stderr: (text) => (printed.err += text),
    env: {},
  });
  return { exit, disposed, ...printed };
}

describe("reader listen", () => {
  test("prints cards with format and bits, keys as a count only, and what was refused", async () => {
    const { out, exit, disposed } = await listening([], (listener, overheard, clock) => {
      const at = clock.now();
      listener.onStatus({ ...where, state: "online", detail: null, at });
      overheard.onBits(where, "0".repeat(26));
      listener.onCard({ ...where, number: "12-345", format: "wiegand26", at });
      listener.onKeys({ ...where, keys: "2468", at });
      overheard.onRefused(where, "parity");
    });
    expect(out.split("\n")).toEqual([
      "    1.0  v1.outer-entry  online",
      `    1.0  v1.outer-entry  bits     26  ${"0".repeat(26)}`,
      "    1.0  v1.outer-entry  card     12-345 (wiegand26)",
      "    1.0  v1.outer-entry  keys     4",
      "    1.0  v1.outer-entry  refused  parity",
      "",
    ]);
    expect(out).not.toContain("2468");
    expect({ exit, disposed }).toEqual({ exit: 0, disposed: true });
  });

  test("says the same as JSON, one object a line", async () => {
    const { out } = await listening(["--json", "--seconds", "5"], (listener, _, clock) => {
      listener.onKeys({ ...where, keys: "11", at: clock.now() });
    });
    expect(JSON.parse(out)).toEqual({ seconds: 1, reader: "v1.outer-entry", what: "keys", keys: 2 });
  });

  test("says when a reader is opened, and when its supply fails", async () => {
    const { out } = await listening([], (listener, _, clock) => {
      const status = { ...where, state: "online", detail: null, at: clock.now() } as const;
      listener.onStatus({ ...status, tampered: true, powerFault: true });
      listener.onStatus({ ...status, tampered: false, powerFault: false });
    });
    expect(out.split("\n")).toEqual([
      "    1.0  v1.outer-entry  online   tampered with, or opened; its supply fails",
      "    1.0  v1.outer-entry  online",
      "",
    ]);
  });

  test("answers no where a reader is not there at the end", async () => {
    const { out, exit } = await listening([], (listener, _, clock) => {
      listener.onStatus({ ...where, state: "online", detail: null, at: clock.now() });
      listener.onStatus({ ...where, state: "lost", detail: "plug it in", at: clock.now() });
    });
    expect(exit).toBe(1);
    expect(out).toContain("lost     plug it in");
  });

  test("refuses wrong words, a site without readers, and a faulty configuration", async () => {
    expect((await listening(["--seconds", "0"], () => {})).exit).toBe(2);
    expect((await listening(["outer-entry"], () => {})).exit).toBe(2);
    expect((await listening([], () => {}, [])).err).toContain("docs/readers.md");
    const command = readerListen({
      clock: new VirtualClock(),
      load: () => Promise.reject(new ConfigError([])),
    });
    expect(await command.run([], { stdout: () => {}, stderr: () => {}, env: {} })).toBe(2);
  });
});
