import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SiteState } from "../src/ports/controller-services.ts";
import { DemoDaemon } from "./support/demo-daemon.ts";
import { freePort } from "./support/free-port.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";
import { RtspServer } from "./support/rtsp-server.ts";
import type { Recorded, SiteApi } from "./support/site-api.ts";
import { personVideo } from "./support/test-videos.ts";
import { seen } from "./support/until.ts";

// Real cameras on a simulated door pair: one that works, one that refuses the password, one that is not there.

watchMachine();

const password = "two doors and one key";
const account = { user: "door", password: "of the camera" } as const;

let scratch: string;
let server: RtspServer;
let daemon: DemoDaemon;
let api: SiteApi;
let start: number;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "vestibule-cameras-"));
  const secret = (name: string, text: string): string => {
    const file = join(scratch, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  server = await RtspServer.start({ files: { person: await personVideo("1001") }, ...account });
  const nowhere = `rtsp://127.0.0.1:${await freePort()}/live`;
  const sources = {
    "outer-entry": {
      url: server.url,
      username: account.user,
      passwordFile: secret("right", account.password),
    },
    "inner-entry": {
      url: server.url,
      username: account.user,
      passwordFile: secret("wrong", "of another camera"),
    },
    "inner-exit": { url: nowhere },
  };
  daemon = await DemoDaemon.start({
    name: "real-cameras",
    password,
    site: (site) => {
      for (const [id, source] of Object.entries(sources)) {
        const camera = site.cameras.find((one) => one["id"] === id);
        if (camera !== undefined) camera["source"] = { kind: "rtsp", ...source };
      }
      for (const door of Object.values(site.vestibules[0]?.doors ?? {})) door["releaseTime"] = 2;
    },
  });
  api = await daemon.logIn();
  await api.enrolled();
});

afterAll(async () => {
  await daemon?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
  rmSync(scratch, { recursive: true, force: true });
});

beforeEach(async () => {
  await api.atRest();
  start = await api.lastSeq();
});

type CameraSeen = SiteState["cameras"][number];

function camera(id: string, state: CameraSeen["state"]): Promise<CameraSeen> {
  let last: CameraSeen | undefined;
  const look = async (): Promise<CameraSeen | undefined> => {
    last = (await api.state()).cameras.find((one) => one.id === id);
    return last?.state === state ? last : undefined;
  };
  return seen(look, () => `camera ${id} ${state}: ${JSON.stringify(last)}`, 30_000);
}

async function cameraAlarm(id: string, phase: string): Promise<string> {
  const look = async (): Promise<string | undefined> => {
    const alarm = (await api.alarms()).find(
      ({ type, place }) => type === "CameraLost" && place.camera === id,
    );
    return alarm?.phase === phase ? (alarm.detail ?? "") : undefined;
  };
  return await seen(look, `CameraLost at ${id}, ${phase}`, 30_000);
}

async function denied(
  accessPoint: "outer-entry" | "inner-entry" | "inner-exit",
  card: string,
): Promise<Recorded> {
  await api.present(accessPoint, card);
  return await api.recorded("AccessDenied", start, { accessPoint, card });
}

/** Presents the card of the person on the video; what comes of it is a released door, or the reason why not. */
async function expectGranted(): Promise<Recorded> {
  const seq = await api.lastSeq();
  const outcome = await api.outcomeOf("outer-entry", "1001");
  expect(outcome, JSON.stringify(outcome)).toMatchObject({ type: "DoorReleased", door: "outer" });
  const grant = await api.recorded("AccessGranted", seq);
  await api.recorded("AccessNotTaken", seq);
  return grant;
}

test("a real passage over RTSP, the picture of it kept", againWhereHeldUp, async () => {
  await camera("outer-entry", "live");
  const grant = await expectGranted();
  const { bytes } = await api.send("GET", `/evidence/${String(grant["evidence"])}`);
  expect(await sharp(bytes).metadata()).toMatchObject({ format: "jpeg", width: 640, height: 360 });
});

test("somebody else's card before the same camera: faceMismatch", againWhereHeldUp, async () => {
  expect(await denied("outer-entry", "1002")).toMatchObject({ reason: "faceMismatch" });
});

describe("T18: a camera that shows nothing is no witness", againWhereHeldUp, () => {
  test("a wrong password: the alarm says that it is the password", async () => {
    expect(await cameraAlarm("inner-entry", "active-unacknowledged")).toMatch(
      /401|unauthori[sz]ed|password/i,
    );
    expect(await denied("inner-entry", "1001")).toMatchObject({ reason: "cameraFault" });
    expect(daemon.output).not.toContain("of another camera");
  });

  test("one that is not there: the alarm says that nobody answers", async () => {
    expect(await cameraAlarm("inner-exit", "active-unacknowledged")).toMatch(/refused|unreachable|answer/i);
    expect(await denied("inner-exit", "1001")).toMatchObject({ reason: "cameraFault" });
  });

  test("one that stalls: lost, refused, and good again when it moves again", async () => {
    server.freeze();
    try {
      expect(await cameraAlarm("outer-entry", "active-unacknowledged")).not.toBe("");
      expect(await denied("outer-entry", "1003")).toMatchObject({ reason: "cameraFault" });
    } finally {
      server.thaw();
    }
    await camera("outer-entry", "live");
    await cameraAlarm("outer-entry", "returned-unacknowledged");
    await expectGranted();
  });

  test("one that dies: lost, refused, and good again when it is back", async () => {
    await server.kill();
    await cameraAlarm("outer-entry", "active-unacknowledged");
    expect(await denied("outer-entry", "1003")).toMatchObject({ reason: "cameraFault" });
    server = await RtspServer.start({
      files: { person: await personVideo("1001") },
      ...account,
      port: server.port,
    });
    await camera("outer-entry", "live");
    await cameraAlarm("outer-entry", "returned-unacknowledged");
    await expectGranted();
  });
});
