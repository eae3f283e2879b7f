import { readlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { knownFormats } from "../../src/drivers/reader-wiegand/formats.ts";
import { countedLine, frameFor } from "../../src/drivers/reader-wiegand/frames-for-tests.ts";
import { startDemoDaemon } from "../support/demo-daemon.ts";
import { SerialPeer } from "../support/serial-peer.ts";

const password = "correct-horse-battery";

/** The whole daemon with one real line among the simulated readers. */
test("a card on a real line is decided and recorded; the converter that is pulled out is an alarm", {
  timeout: 120_000,
}, async () => {
  const layout = knownFormats["wiegand26"];
  if (layout === undefined) throw new Error("there is no wiegand26");
  await using peer = new SerialPeer();
  await peer.plug();
  const device = readlinkSync(peer.device);
  await using daemon = await startDemoDaemon({
    name: "wiegand-reader",
    password,
    site: ({ site, vestibules }) => {
      site["demoPeople"] = false;
      const point = vestibules[0]?.accessPoints["outer-entry"];
      if (point === undefined) throw new Error("the demo has no outer-entry");
      point["reader"] = {
        kind: "wiegand",
        input: { via: "serial", device, converter: "wie232-generic" },
        formats: [{ layout: "wiegand26" }],
      };
    },
  });
  const api = await daemon.logIn();
  const good = frameFor(layout, 678n, 12n);
  const wrong = `${good.slice(0, -1)}${good.endsWith("1") ? "0" : "1"}`;
  peer.send(Buffer.from(countedLine(wrong)));
  peer.send(Buffer.from(countedLine(good)));
  expect(await api.recorded("AccessDenied", 0)).toMatchObject({
    accessPoint: "outer-entry",
    reason: "unknownCredential",
  });
  expect(await api.events(0, "AccessDenied")).toHaveLength(1);

  await peer.unplug();
  expect(await api.alarm("ReaderLost", "active-unacknowledged")).toMatchObject({ priority: "medium" });
});
