import { describe, expect, test } from "vitest";
import { discoverDevices } from "../src/drivers/camera-onvif/discovery.ts";
import { meetDevice } from "../src/drivers/camera-onvif/met-device.ts";
import { OnvifCamera } from "../src/drivers/camera-onvif/onvif-camera.ts";
import { OnvifSession } from "../src/drivers/camera-onvif/onvif-session.ts";
import { SystemClock } from "../src/drivers/clock/system-clock.ts";
import type { CameraDeviceEvent } from "../src/ports/vision-link.ts";
import { CertificateAuthority } from "./support/certificates.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";
import { OnvifDevice } from "./support/onvif-device.ts";
import { recordedOnvifDevice } from "./support/recorded-onvif.ts";
import { until } from "./support/until.ts";

const clock = new SystemClock();

watchMachine();
const at = (port: number, tls?: { ca?: string; fingerprint?: string }) =>
  ({ host: "127.0.0.1", port, path: "/onvif/device_service", tls }) as const;
const hour = 3_600_000;

describe("a device that we did not write", () => {
  test(
    "is discovered, met, and tells profiles, stream, snapshot, presets and its wrong clock",
    againWhereHeldUp,
    async () => {
      await using device = await recordedOnvifDevice();
      const found = await discoverDevices({
        // A process that is not ours answers, beside whatever else this machine does.
        ...{ clock, length: 1_500, interfaces: ["lo", "nowhere"] },
        target: { host: "127.0.0.1", port: 3702 },
      });
      expect(found.devices).toMatchObject([
        {
          from: "127.0.0.1",
          address: `http://127.0.0.1:${device.port}/onvif/device_service`,
          name: "PREDATOR",
        },
      ]);
      expect(found.unasked).toMatchObject([{ interface: "nowhere" }]);

      using session = new OnvifSession({
        address: at(device.port),
        clock,
        login: { username: "a", password: "b" },
      });
      const met = await meetDevice(session, {});
      expect(met.information).toMatchObject({
        manufacturer: "Mockup Manufacturer",
        serialNumber: "00000000",
      });
      expect(met.profile).toMatchObject({ token: "main", codec: "H264", width: 1920, height: 1080 });
      expect(met.streamUrl).toBe("rtsp://127.0.0.1/h264main");
      expect(await session.snapshotPath(met.profile)).toMatch(/^\/onvif-cgi\/jpg/);
      // Recorded at Christmas 2014.
      expect(session.offset).toBeCloseTo(Date.UTC(2014, 11, 24, 19, 14, 37) - Date.now(), -4);

      await using camera = new OnvifCamera({ cameraId: "c1", address: at(device.port) }, clock, Math.random);
      expect(await camera.recallPreset("DarkAutoMono")).toEqual({ recalled: true });
      expect(await camera.recallPreset("nowhere")).toMatchObject({ recalled: false, why: "failed" });
    },
  );
});

describe("passwords and clocks", () => {
  const login = { username: "door", password: "pä&<s>'\"" };

  test.each(["token", "digest"] as const)("%s: the right one opens, another does not", async (auth) => {
    await using device = await OnvifDevice.start({ user: login.username, password: login.password, auth });
    using right = new OnvifSession({ address: at(device.port), clock, login });
    await expect(meetDevice(right, {})).resolves.toMatchObject({ profile: { token: "sub" } });
    using wrong = new OnvifSession({ address: at(device.port), clock, login: { ...login, password: "x" } });
    await expect(meetDevice(wrong, {})).rejects.toMatchObject({ kind: "unauthorised" });
    using none = new OnvifSession({ address: at(device.port), clock });
    await expect(meetDevice(none, {})).rejects.toMatchObject({ kind: "unauthorised" });
  });

  test(
    "a camera a year behind believes the password all the same, and how far it is off is told",
    againWhereHeldUp,
    async () => {
      const options = { user: login.username, password: login.password, clockOffset: -365 * 24 * hour };
      await using device = await OnvifDevice.start(options);
      await using camera = new OnvifCamera(
        { cameraId: "c1", address: at(device.port), login },
        clock,
        Math.random,
      );
      const told: CameraDeviceEvent[] = [];
      camera.listen((event) => void told.push(event));
      expect(await camera.meet()).toMatchObject({ met: true });
      const measurements = told.filter(({ type }) => type === "CameraClockMeasured");
      expect(measurements).toHaveLength(1);
      const [measured] = measurements;
      if (measured?.type !== "CameraClockMeasured") throw new Error("no clock was measured");
      expect(Math.abs(measured.offset - options.clockOffset)).toBeLessThan(1_500);
      // Somebody sets it: the password is not believed until the time has been asked for again.
      device.clockOffset = 0;
      expect(await camera.meet()).toMatchObject({ met: true });
    },
  );
});

describe("T20: another camera at that address", () => {
  test("is known by its serial number, and not looked at", async () => {
    await using device = await OnvifDevice.start({ serialNumber: "12345678901234567890" });
    const options = { cameraId: "c1", address: at(device.port), serialNumber: "12345678901234567890" };
    await using camera = new OnvifCamera(options, clock, Math.random);
    const told: CameraDeviceEvent[] = [];
    camera.listen((event) => void told.push(event));
    expect(await camera.meet()).toMatchObject({ met: true });
    device.serialNumber = "12345678901234567891";
    expect(await camera.meet()).toMatchObject({
      ...{
        met: false,
        fault: "otherCamera",
        detail: expect.stringContaining("12345678901234567891, not 12345678901234567890"),
      },
    });
    await camera.meet();
    device.serialNumber = "12345678901234567890";
    await camera.meet();
    // Told once each, and as what it is: somebody was at the camera.
    const tampering = told.filter(({ type }) => type.startsWith("CameraTamper"));
    expect(tampering).toMatchObject([
      { type: "CameraTamperEnded" },
      { type: "CameraTampered", detail: expect.stringContaining("another camera is at this address") },
      { type: "CameraTamperEnded" },
    ]);
  });

  test("over HTTPS by its certificate, before it learns anything", async () => {
    using authority = new CertificateAuthority();
    const files = authority.issue("camera", "IP:127.0.0.1");
    const { cert, key } = { cert: authority.read(files.certificateFile), key: authority.read(files.keyFile) };
    await using device = await OnvifDevice.start({ tls: { cert, key } });
    const ask = async (trust: { ca?: string; fingerprint?: string }): Promise<unknown> => {
      await using camera = new OnvifCamera(
        { cameraId: "c1", address: at(device.port, trust) },
        clock,
        Math.random,
      );
      return await camera.meet();
    };
    expect(await ask({ ca: authority.read(authority.caFile) })).toMatchObject({ met: true });
    // Every request went over a connection that had been proven, and there is no other.
    expect(device.connections).toBe(device.asked.length);
    const before = device.asked.length;
    expect(await ask({})).toMatchObject({ met: false, fault: "otherCamera" });
    const told = await ask({ fingerprint: "00".repeat(32) });
    expect(told).toMatchObject({ met: false, fault: "otherCamera" });
    expect(device.asked).toHaveLength(before);
    // What is told is what has to be written, to trust it.
    const fingerprint = /fingerprint is ([0-9a-f]{64})/.exec((told as { detail: string }).detail)?.[1];
    expect(await ask({ fingerprint: fingerprint ?? "" })).toMatchObject({ met: true });
  });
});

describe("presets and events", () => {
  test("a preset is recalled by name or token", async () => {
    await using device = await OnvifDevice.start();
    await using camera = new OnvifCamera({ cameraId: "c1", address: at(device.port) }, clock, Math.random);
    expect(await camera.recallPreset("Hall")).toEqual({ recalled: true });
    expect(await camera.recallPreset("1")).toEqual({ recalled: true });
    expect(device.asked.filter((one) => one.startsWith("preset"))).toEqual(["preset 2", "preset 1"]);
  });

  test("tampering and inputs are told as they come", async () => {
    await using device = await OnvifDevice.start();
    await using camera = new OnvifCamera({ cameraId: "c1", address: at(device.port) }, clock, Math.random);
    const told: CameraDeviceEvent[] = [];
    camera.listen((event) => void told.push(event));
    camera.begin();
    device.notify("tns1:Device/Trigger/DigitalInput", { InputToken: "in1" }, { LogicalState: "true" });
    device.notify("tns1:VideoSource/MotionAlarm", { Source: "0" }, { State: "true" });
    device.notify("tns1:VideoSource/GlobalSceneChange/ImagingService", { Source: "0" }, { State: "true" });
    await until(() => told.length >= 3, "three events");
    expect(told).toHaveLength(3);
    expect(told.slice(1)).toEqual([
      { type: "CameraInputChanged", input: "in1", active: true },
      { type: "CameraTampered", detail: "it reports VideoSource/GlobalSceneChange/ImagingService" },
    ]);
  });
});
