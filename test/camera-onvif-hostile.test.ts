import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { DeviceFault } from "../src/drivers/camera-onvif/device-fault.ts";
import { deviceLimits } from "../src/drivers/camera-onvif/limits.ts";
import { OnvifCamera } from "../src/drivers/camera-onvif/onvif-camera.ts";
import { OnvifSession } from "../src/drivers/camera-onvif/onvif-session.ts";
import { SystemClock } from "../src/drivers/clock/system-clock.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";
import { envelope, OnvifDevice, soap } from "./support/onvif-device.ts";
import { peer } from "./support/tcp-peer.ts";

watchMachine();

const clock = new SystemClock();
/** Short where a device keeps us waiting; what it sends at once is judged however busy the machine is. */
const brief = { ...deviceLimits, deadline: 400, pullDeadline: 400 };
const limits = { ...deviceLimits, deadline: 5_000, pullDeadline: 5_000 };

function sessionWith(port: number, bounds = limits): OnvifSession {
  return new OnvifSession({
    address: { host: "127.0.0.1", port, path: "/onvif/device_service" },
    ...{ limits: bounds, clock },
  });
}

async function faultOf(asking: Promise<unknown>): Promise<DeviceFault> {
  const outcome = await asking.then(
    (value) => new Error(`it was believed: ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (!(outcome instanceof DeviceFault)) throw outcome;
  return outcome;
}

const xml = { "Content-Type": "application/soap+xml" };
const laughs =
  '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>';
const information =
  "<tds:GetDeviceInformationResponse><tds:SerialNumber>&c;</tds:SerialNumber></tds:GetDeviceInformationResponse>";

/** What it does to the answer, and what must come of it. */
const lies: Readonly<
  Record<string, readonly [(response: ServerResponse) => void, DeviceFault["kind"], RegExp]>
> = {
  "an XML bomb": [
    (response) =>
      void response.writeHead(200, xml).end(laughs + envelope(information).replace(/^<\?.*?\?>/, "")),
    "hostile",
    /declaration/,
  ],
  "an entity of a file of ours": [
    (response) =>
      void response
        .writeHead(200, xml)
        .end(`<!DOCTYPE e [<!ENTITY c SYSTEM "file:///etc/passwd">]>${envelope(information).slice(38)}`),
    "hostile",
    /declaration/,
  ],
  "an entity that nobody has declared": [(response) => soap(response, information), "hostile", /entity/],
  "a body without end": [
    (response) => {
      response.writeHead(200, xml);
      const pour = (): void => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
        if (!response.destroyed) response.once("drain", pour);
      };
      pour();
    },
    "hostile",
    /more than 1000000 bytes/,
  ],
  "a body that drips": [
    (response) => {
      response.writeHead(200, xml);
      const drip = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(drip));
    },
    "unreachable",
    /within 0\.4 s/,
  ],
  "more than it announced, or less": [
    (response) => {
      response.writeHead(200, { ...xml, "Content-Length": "5000" });
      response.write("<a/>");
      setTimeout(() => response.destroy(), 20);
    },
    "unreachable",
    /./,
  ],
  "elements without end": [
    (response) => soap(response, `<a>${"<b/>".repeat(30_000)}</a>`),
    "hostile",
    /20000 elements/,
  ],
  "depth without end": [
    (response) => soap(response, "<a>".repeat(100_000) + "</a>".repeat(100_000)),
    "hostile",
    /40 levels/,
  ],
  "attributes without end": [
    (response) => soap(response, `<a ${Array.from({ length: 5_000 }, (_, n) => `n${n}=""`).join(" ")}/>`),
    "hostile",
    /32 attributes/,
  ],
  "what makes the package's own parser run for minutes": [
    (response) => soap(response, `<a>${"xmlns".repeat(190_000)}</a>`),
    "hostile",
    /./,
  ],
  "a page": [
    (response) => void response.writeHead(200, { "Content-Type": "text/html" }).end("<html></html>"),
    "hostile",
    /text\/html/,
  ],
  garbage: [
    (response) => void response.writeHead(200, xml).end(Buffer.from([0, 255, 60, 1, 62, 254])),
    "hostile",
    /XML/,
  ],
  nothing: [(response) => void response.writeHead(200, xml).end(), "hostile", /./],
  "an answer of another question": [(response) => soap(response, "<tds:RebootResponse/>"), "hostile", /./],
  "headers without end": [
    (response) => void response.writeHead(200, { ...xml, "X-Long": "y".repeat(100_000) }).end(),
    "unreachable",
    /./,
  ],
  "a digest that nobody can answer": [
    (response) => void response.writeHead(401, { "WWW-Authenticate": "Digest qop=((, ,=" }).end(),
    "unauthorised",
    /./,
  ],
};

describe("T21: a hostile device costs a bounded time, and is told as what it is", () => {
  test.each(Object.entries(lies))("%s", againWhereHeldUp, async (name, [lie, kind, text]) => {
    await using device = await OnvifDevice.start();
    device.misbehave = (_request, response) => lie(response);
    using session = sessionWith(device.port, name === "a body that drips" ? brief : limits);
    const begun = clock.now();
    // The profiles are the longest way through the package: services, two generations, lists.
    const faults = await Promise.all([faultOf(session.information()), faultOf(session.profiles())]);
    expect(faults[0].kind).toBe(kind);
    expect(faults[0].message).toMatch(text);
    expect(clock.now() - begun).toBeLessThan(4_500);
  });

  test("a redirect is not followed, neither there nor to itself", async () => {
    await using other = await OnvifDevice.start();
    await using device = await OnvifDevice.start();
    device.misbehave = (_request, response) =>
      void response.writeHead(307, { Location: `http://127.0.0.1:${other.port}/onvif/device_service` }).end();
    using session = sessionWith(device.port);
    expect(await faultOf(session.information())).toMatchObject({ kind: "hostile", message: /redirect/ });
    expect(other.asked).toEqual([]);
  });

  test("services, streams and snapshots at other hosts are asked for at the device itself", async () => {
    await using device = await OnvifDevice.start();
    using session = sessionWith(device.port);
    const profiles = await session.profiles();
    expect(profiles.map(({ token }) => token)).toEqual(["main", "sub"]);
    expect(await session.streamUrl({ token: "sub" })).toBe("rtsp://127.0.0.1:554/live");
    expect(await session.snapshotPath({ token: "sub" })).toBe("/snapshot.jpg?of=door");
  });

  test("an address for a stream that would be a file, an option or another's password is none", async () => {
    await using device = await OnvifDevice.start();
    using session = sessionWith(device.port);
    await session.profiles();
    for (const uri of ["file:///etc/passwd", "concat:a|b", "http://x/", "rtsp:", "", "x".repeat(5_000)]) {
      device.misbehave = (_request, response) =>
        soap(
          response,
          `<r:GetStreamUriResponse xmlns:r="r"><r:MediaUri><r:Uri>${uri}</r:Uri></r:MediaUri></r:GetStreamUriResponse>`,
        );
      expect((await faultOf(session.streamUrl({ token: "sub" }))).kind).toBe("hostile");
    }
  });

  test("a list without end is read as far as anybody looks", async () => {
    await using device = await OnvifDevice.start();
    using session = sessionWith(device.port);
    await session.introduce();
    const preset = (token: number): string =>
      `<p:Preset token="t${token}"><p:Name>n${token}</p:Name></p:Preset>`;
    const many = Array.from({ length: 5_000 }, (_, n) => preset(n)).join("");
    device.misbehave = (_request, response) =>
      soap(response, `<p:GetPresetsResponse xmlns:p="p">${many}</p:GetPresetsResponse>`);
    expect(await session.presets({ token: "sub" })).toHaveLength(256);
  });

  test("a half-closed connection, and one on which nobody ever answers, end in time", async () => {
    await using halved = await peer((socket) => void socket.end());
    await using silent = await peer(() => undefined);
    for (const { url } of [halved, silent]) {
      using session = sessionWith(Number(new URL(url).port), brief);
      expect((await faultOf(session.information())).kind).toBe("unreachable");
    }
  });

  test("its own words are one line without control characters, and short", async () => {
    await using device = await OnvifDevice.start({ serialNumber: `A&#10;B\u202e${"9".repeat(5_000)}` });
    using session = sessionWith(device.port);
    const { serialNumber } = await session.information();
    expect(serialNumber).toMatch(/^A B/);
    expect(serialNumber.length).toBeLessThanOrEqual(128);
  });

  test("messages without end are asked for at our own pace", againWhereHeldUp, async () => {
    await using device = await OnvifDevice.start();
    const address = { host: "127.0.0.1", port: device.port, path: "/onvif/device_service" };
    await using camera = new OnvifCamera({ cameraId: "c1", address, limits }, clock, Math.random);
    for (let n = 0; n < 500; n++) device.notify("tns1:VideoSource/MotionAlarm", {}, { State: "true" });
    camera.begin();
    const pulls = (): number => device.asked.filter((one) => one === "PullMessages").length;
    await expect.poll(() => pulls() > 1, { timeout: 3_000 }).toBe(true);
    const begun = clock.now();
    await expect.poll(() => pulls() > 3, { timeout: 3_000 }).toBe(true);
    expect(clock.now() - begun).toBeGreaterThan(limits.pullInterval);
    expect(pulls()).toBeLessThan(20);
  });

  test("events of any shape end the subscription, never the process", againWhereHeldUp, async () => {
    await using device = await OnvifDevice.start();
    const address = { host: "127.0.0.1", port: device.port, path: "/onvif/device_service" };
    const camera = new OnvifCamera(
      { cameraId: "c1", address, limits: brief, retry: { first: 20, longest: 100 } },
      clock,
      Math.random,
    );
    const told: string[] = [];
    camera.listen(({ type }) => void told.push(type));
    device.notify("<b>", { a: "b" }, {});
    camera.begin();
    device.notify("tns1:VideoSource/GlobalSceneChange/ImagingService", { Source: "0" }, { State: "true" });
    await expect.poll(() => told.includes("CameraTampered"), { timeout: 3_000 }).toBe(true);
    await camera[Symbol.asyncDispose]();
  });
});
