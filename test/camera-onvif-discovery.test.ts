import { createSocket, type RemoteInfo } from "node:dgram";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { discoverDevices } from "../src/drivers/camera-onvif/discovery.ts";
import { SystemClock } from "../src/drivers/clock/system-clock.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";

const clock = new SystemClock();

watchMachine();

/** Somebody on the network who answers probes; `group`: as a camera hears them, by multicast. */
async function neighbour(
  answer: (probe: string, send: (text: string | Buffer) => void) => void,
  group?: string,
): Promise<AsyncDisposable & { readonly port: number; readonly heard: string[] }> {
  const socket = createSocket({ type: "udp4", reuseAddr: true });
  const heard: string[] = [];
  socket.on("message", (bytes: Buffer, { port, address }: RemoteInfo) => {
    heard.push(bytes.toString());
    answer(bytes.toString(), (text) => socket.send(text, port, address));
  });
  socket.bind(0, group ?? "127.0.0.1");
  await once(socket, "listening");
  if (group !== undefined) socket.addMembership(group, "127.0.0.1");
  return {
    port: socket.address().port,
    heard,
    [Symbol.asyncDispose]: async () => {
      socket.close();
    },
  };
}

const idOf = (probe: string): string => /MessageID>([^<]+)</.exec(probe)?.[1] ?? "";

function match(
  relatesTo: string,
  endpoint: string,
  addresses = "http://127.0.0.1/onvif/device_service",
): string {
  return (
    `<e:Envelope xmlns:e="e" xmlns:w="w" xmlns:d="d"><e:Header><w:RelatesTo>${relatesTo}</w:RelatesTo></e:Header><e:Body>` +
    `<d:ProbeMatches><d:ProbeMatch><w:EndpointReference><w:Address>${endpoint}</w:Address></w:EndpointReference>` +
    "<d:Scopes>onvif://www.onvif.org/name/Door%20camera onvif://www.onvif.org/hardware/X1</d:Scopes>" +
    `<d:XAddrs>${addresses}</d:XAddrs></d:ProbeMatch></d:ProbeMatches></e:Body></e:Envelope>`
  );
}

const on = (port: number, host = "127.0.0.1", length = 400) =>
  ({ clock, length, interfaces: ["lo"], target: { host, port } }) as const;

test(
  "a camera that hears the multicast on the chosen interface is found, once",
  againWhereHeldUp,
  async () => {
    const group = "239.255.255.250";
    await using camera = await neighbour((probe, send) => send(match(idOf(probe), "urn:uuid:1")), group);
    const found = await discoverDevices(on(camera.port, group));
    expect(camera.heard).toHaveLength(2);
    expect(found.devices).toEqual([
      {
        ...{
          from: "127.0.0.1",
          interface: "lo",
          endpoint: "urn:uuid:1",
          name: "Door camera",
          hardware: "X1",
        },
        ...{ address: "http://127.0.0.1/onvif/device_service", namesOthers: false },
      },
    ]);
  },
);

test("nobody there: that is the answer, and in time", againWhereHeldUp, async () => {
  await using nobody = await neighbour(() => undefined);
  const begun = clock.now();
  expect(await discoverDevices(on(nobody.port))).toMatchObject({ devices: [], asked: ["lo"] });
  expect(clock.now() - begun).toBeLessThan(1_500);
});

describe("T21: hostile answers", () => {
  test(
    "to other questions, with document types, cut off, too long, or none at all: told, and passed over",
    againWhereHeldUp,
    async () => {
      await using camera = await neighbour((probe, send) => {
        const id = idOf(probe);
        send(match("urn:uuid:of-somebody-else", "urn:uuid:2"));
        send(`<!DOCTYPE a [<!ENTITY b "c">]>${match(id, "&b;")}`);
        send(match(id, "urn:uuid:3").slice(0, 200));
        send(`${match(id, "urn:uuid:4")}${" ".repeat(20_000)}`);
        send(Buffer.from([0, 1, 2, 255]));
        send("lollipop");
        send(match(id, "urn:uuid:5"));
      });
      const found = await discoverDevices(on(camera.port));
      expect(found.devices.map(({ endpoint }) => endpoint)).toEqual(["urn:uuid:5"]);
      expect(found.refused).toHaveLength(12);
      expect(found.refused[0]).toMatchObject({
        from: "127.0.0.1",
        why: expect.stringContaining("did not ask"),
      });
    },
  );

  test("addresses of other machines are not taken, whatever they are", againWhereHeldUp, async () => {
    const lies =
      "http://192.0.2.1/x file:///etc/passwd javascript:alert(1) http:// http://localhost.evil/ \u202e";
    await using camera = await neighbour((probe, send) => send(match(idOf(probe), "urn:uuid:6", lies)));
    const found = await discoverDevices(on(camera.port));
    expect(found.devices).toMatchObject([{ address: undefined, namesOthers: true }]);
  });

  test("a flood ends the listening, with as many as anybody looks at", againWhereHeldUp, async () => {
    let more = true;
    await using camera = await neighbour((probe, send) => {
      const id = idOf(probe);
      const pour = (n: number): void => {
        if (!more || n >= 20_000) return;
        for (let one = 0; one < 50; one++) send(match(id, `urn:uuid:${n + one}`));
        setImmediate(pour, n + 50);
      };
      pour(0);
    });
    const begun = clock.now();
    const found = await discoverDevices(on(camera.port, "127.0.0.1", 10_000));
    more = false;
    expect(found.isFull).toBe(true);
    expect(found.devices).toHaveLength(256);
    expect(clock.now() - begun).toBeLessThan(5_000);
  });
});
