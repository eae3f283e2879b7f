import { spawn } from "node:child_process";
import { mkdtempSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { knownFormats } from "../../src/drivers/reader-wiegand/formats.ts";
import { countedLine, frameFor } from "../../src/drivers/reader-wiegand/frames-for-tests.ts";
import { againWhereHeldUp, watchMachine } from "../support/held-up.ts";
import { SerialPeer } from "../support/serial-peer.ts";
import { until } from "../support/until.ts";

watchMachine();

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

const siteWith = (device: string): string => `
site: { id: bench, name: { en: Bench, zh: 测试台 } }
board: { kind: simulated }
vestibules:
  - id: v1
    accessPoints:
      outer-entry:
        reader:
          kind: wiegand
          input: { via: serial, device: ${device}, converter: wie232-generic }
          formats: [{ layout: wiegand26, number: "{facility:3}{card:5}" }]
`;

/** From the site's file to the installer's screen, over a terminal device of the kernel's. */
test(
  "vestibule reader listen prints what a converter sends, and that it was unplugged",
  againWhereHeldUp,
  async () => {
    await using peer = new SerialPeer();
    await peer.plug();
    const folder = mkdtempSync(join(tmpdir(), "vestibule-listen-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "site.yaml");
    writeFileSync(file, siteWith(readlinkSync(peer.device)));
    const child = spawn(
      process.execPath,
      [main, "reader", "listen", "--config", file, "--seconds", "5", "--json"],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    onTestFinished(() => void child.kill("SIGKILL"));
    let out = "";
    child.stdout.on("data", (bytes: Buffer) => (out += bytes.toString()));
    const exited = new Promise<number | null>((resolve) => child.on("exit", resolve));
    await until(() => out.includes('"online"'), "the reader");

    const layout = knownFormats["wiegand26"];
    if (layout === undefined) throw new Error("there is no wiegand26");
    const frame = frameFor(layout, 678n, 12n);
    peer.send(Buffer.from(countedLine(frame)));
    await until(() => out.includes('"card"'), "the card");
    peer.send(Buffer.from(countedLine("0101")));
    peer.send(Buffer.from(countedLine(`${frame.slice(0, -1)}${frame.endsWith("1") ? "0" : "1"}`)));
    await until(() => out.includes('"refused"'), "the frame with wrong parity");
    await peer.unplug();
    expect(await exited).toBe(1);

    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toMatchObject([
      { what: "online" },
      { what: "bits", bits: frame },
      { what: "card", number: "01200678", format: "wiegand26" },
      { what: "bits", bits: "0101" },
      { what: "keys", keys: 1 },
      { what: "bits" },
      { what: "refused", detail: "parity" },
      { what: "lost", detail: expect.stringContaining("plugged in") },
    ]);
  },
);
