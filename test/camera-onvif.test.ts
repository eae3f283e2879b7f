import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openOnvifCamera } from "../src/composition/onvif-cameras.ts";
import { OnvifCamera } from "../src/drivers/camera-onvif/onvif-camera.ts";
import { OnvifFrameSource } from "../src/drivers/camera-onvif/onvif-frame-source.ts";
import { openRtspCamera } from "../src/drivers/camera-rtsp/rtsp-frame-source.ts";
import { SystemClock } from "../src/drivers/clock/system-clock.ts";
import { cameraControlContract } from "../src/ports/contracts/camera-control.contract.ts";
import type { FrameSource } from "../src/ports/frame-source.ts";
import { OnvifDevice } from "./support/onvif-device.ts";
import { processes } from "./support/processes.ts";
import { RtspServer } from "./support/rtsp-server.ts";
import { testVideos } from "./support/test-videos.ts";
import { until } from "./support/until.ts";

const clock = new SystemClock();
const random = Math.random;
const at = (port: number) => ({ host: "127.0.0.1", port, path: "/onvif/device_service" });

cameraControlContract("the ONVIF camera", async () => {
  const device = await OnvifDevice.start();
  const control = new OnvifCamera({ cameraId: "c1", address: at(device.port) }, clock, random);
  control.begin();
  return {
    control,
    preset: "Hall",
    turnedTo: () => device.asked.find((one) => one.startsWith("preset")),
    cover: () => device.notify("tns1:VideoSource/GlobalSceneChange/X", { Source: "0" }, { State: "true" }),
    until,
    [Symbol.asyncDispose]: async () => {
      await control[Symbol.asyncDispose]();
      await device[Symbol.asyncDispose]();
    },
  };
});

describe("as the service opens it", () => {
  test("its stream is found, and the password is in no message and no process list", async () => {
    const directory = mkdtempSync(join(tmpdir(), "vestibule-onvif-"));
    using _directory = { [Symbol.dispose]: () => rmSync(directory, { recursive: true }) };
    const [username, password] = ["door", "s3cret-pä&ss"];
    const passwordFile = join(directory, "password");
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    await using server = await RtspServer.start({
      files: await testVideos("live"),
      user: username,
      password,
    });
    const streamUrl = `rtsp://${username}:${encodeURIComponent(password)}@192.0.2.66:${server.port}/live`;
    await using device = await OnvifDevice.start({
      user: username,
      password,
      streamUrl: streamUrl.replace("&", "&amp;"),
    });
    const camera = {
      ...{ id: "c1", framesPerSecond: 8, firstFrameTimeout: 6, stallTimeout: 2 },
      source: { kind: "onvif", address: `http://127.0.0.1:${device.port}`, username, passwordFile },
    } as const;
    const said: string[] = [];
    const { source, control } = openOnvifCamera({ ...camera, presetsBy: "camera" }, camera.source, clock);
    control.listen((event) => void said.push(JSON.stringify(event)));
    source.listen({ onState: (state) => void said.push(JSON.stringify(state)) });
    await until(() => source.newest() !== undefined, "a frame");
    const decoders = processes().filter(({ name }) => name === "ffmpeg");
    expect(decoders.length).toBeGreaterThan(1);
    said.push(...decoders.map(({ text }) => text));
    // It now says what it was told, in every fault that there is.
    device.misbehave = (request, response) =>
      void response.writeHead(500).end(`${request.headers.authorization} ${password}`);
    said.push(JSON.stringify(await control.meet()), JSON.stringify(await control.recallPreset("Door")));
    await source[Symbol.asyncDispose]();
    await control[Symbol.asyncDispose]();
    expect(said.length).toBeGreaterThan(5);
    expect(said.filter((text) => /s3cret/.test(text))).toEqual([]);
  });

  test("T20: another camera at the address is lost before a picture of it is looked at", async () => {
    await using server = await RtspServer.start({ files: await testVideos("live") });
    await using device = await OnvifDevice.start({
      ...{ serialNumber: "SN-2", streamUrl: `rtsp://192.0.2.66:${server.port}/live` },
    });
    const options = { cameraId: "c1", address: at(device.port), serialNumber: "SN-1" };
    await using control = new OnvifCamera(options, clock, random);
    let streams = 0;
    const openStream = (url: string): FrameSource => {
      streams += 1;
      return openRtspCamera({ cameraId: "c1", url }, { clock, random });
    };
    await using source = new OnvifFrameSource({ finder: control, openStream, clock, random });
    await until(() => source.state().phase === "lost", "the other camera to be noticed");
    expect(source.state()).toMatchObject({
      fault: "otherCamera",
      detail: expect.stringContaining("another camera"),
    });
    expect(streams).toBe(0);
  });
});
