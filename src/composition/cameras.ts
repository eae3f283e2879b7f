import { readFileSync } from "node:fs";
import { milliseconds } from "../config/policy-of.ts";
import type { CameraConfiguration, SiteConfiguration } from "../config/site-schema.ts";
import type { Milliseconds } from "../domain/time.ts";
import { CameraClips, type UnitListener } from "../drivers/camera-rtsp/camera-clips.ts";
import { clipFileOf } from "../drivers/camera-rtsp/clip-file.ts";
import { findProgram } from "../drivers/camera-rtsp/confined-process.ts";
import { openRtspCamera } from "../drivers/camera-rtsp/rtsp-frame-source.ts";
import { type BuildingMessage, type Scene, scenePictureSize } from "../ports/building-link.ts";
import type { CameraControl, ClipSource } from "../ports/camera-control.ts";
import type { Clock } from "../ports/clock.ts";
import type { Picture, Point } from "../ports/face-engine.ts";
import type { FrameSource } from "../ports/frame-source.ts";
import type { PictureCodec } from "../ports/picture-codec.ts";
import type { ProcessLink } from "../ports/process-link.ts";
import { type ClipPicture, type EncodeClip, PictureClips } from "../simulation/picture-clips.ts";
import { SimulatedCameraControl } from "../simulation/simulated-camera-control.ts";
import { SimulatedFrameSource, type SimulatedScene } from "../simulation/simulated-frame-source.ts";
import { openOnvifCamera } from "./onvif-cameras.ts";

/** The landmarks of every face of a picture, largest first. */
export type FindFaces = (picture: Picture) => Promise<readonly (readonly Point[])[]>;

export interface OpenedCameras {
  readonly sources: readonly FrameSource[];
  readonly clips: readonly ClipSource[];
  /** Those of the simulated building among them. */
  readonly simulated: ReadonlyMap<string, SimulatedFrameSource>;
  /** Of those that are more than a stream. */
  readonly controls: readonly CameraControl[];
}

/**
 * Opens every camera of the site; those of the simulated building show what it tells them to, and whoever is on the
 * pictures moves by the landmarks that `findFaces` gives.
 */
export function openCameras(
  { cameras, data }: SiteConfiguration,
  clock: Clock,
  link: ProcessLink,
  codec: PictureCodec,
  findFaces: FindFaces,
): OpenedCameras {
  const simulated = new Map<string, SimulatedFrameSource>();
  const clips: ClipSource[] = [];
  const controls: CameraControl[] = [];
  const sources = cameras.map((camera, index) => {
    if (camera.source.kind !== "simulated") {
      const kept = clipsOf(camera.id, data.clips, clock);
      clips.push(kept);
      if (camera.source.kind === "rtsp") return openCamera(camera, camera.source, clock, kept);
      const { source, control } = openOnvifCamera(camera, camera.source, clock, kept);
      control.begin();
      controls.push(control);
      return source;
    }
    controls.push(new SimulatedCameraControl(camera.id));
    const source = new SimulatedFrameSource(
      { cameraId: camera.id, seed: index + 1, framesPerSecond: camera.framesPerSecond, tremble: 1 },
      clock,
    );
    simulated.set(camera.id, source);
    const span = milliseconds(data.clips.before) + groupLength;
    clips.push(
      new PictureClips({ source, codec, clock, span, encode: (pictures) => filmOf(pictures, clock) }),
    );
    return source;
  });
  if (simulated.size > 0) followBuilding(simulated, link, (scene) => sceneOf(scene, codec, findFaces));
  return { sources, clips, simulated, controls };
}

/** The simulated camera sends pictures and no stream. */
async function filmOf(pictures: readonly ClipPicture[], clock: Clock): ReturnType<EncodeClip> {
  const program = findProgram("ffmpeg");
  if (program === undefined) return { problem: "FFmpeg was not found" };
  const units = pictures.map(({ at, jpeg, width, height }) => ({
    ...{ bytes: jpeg, isKey: true, at, streamTime: at, connection: 0 },
    description: { codec: "mjpeg", width, height },
  }));
  return await clipFileOf(units, { program, clock, asH264: true });
}

/** Beyond what is asked for: a clip begins with the key picture before, which may be some seconds earlier. */
const groupLength: Milliseconds = 2_500;

const clipsOf = (cameraId: string, { before, memory }: SiteConfiguration["data"]["clips"], clock: Clock) =>
  new CameraClips({ cameraId, clock, span: milliseconds(before) + groupLength, mostBytes: memory * 1e6 });

export type RealSource = Extract<CameraConfiguration["source"], { readonly kind: "rtsp" | "onvif" }>;

/** A real camera, as the controller opens it. */
export function openCamera(
  camera: CameraConfiguration,
  source: RealSource,
  clock: Clock,
  units?: UnitListener,
): FrameSource {
  if (source.kind === "onvif") return openOnvifCamera(camera, source, clock, units).source;
  return openRtspCamera(
    {
      cameraId: camera.id,
      url: source.url,
      transport: source.transport,
      trust: { caFile: source.caFile, fingerprint: source.certificateFingerprint },
      username: source.username,
      password:
        source.passwordFile === undefined ? undefined : readFileSync(source.passwordFile, "utf8").trimEnd(),
      framesPerSecond: camera.framesPerSecond,
      firstFrameTimeout: milliseconds(camera.firstFrameTimeout),
      stallTimeout: milliseconds(camera.stallTimeout),
    },
    { clock, random: Math.random, units },
  );
}

function followBuilding(
  cameras: ReadonlyMap<string, SimulatedFrameSource>,
  link: ProcessLink,
  prepare: (scene: Scene) => Promise<SimulatedScene>,
): void {
  // Scenes of one camera are shown in the order in which they came, though some take longer to decode.
  const shown = new Map<string, Promise<void>>();
  link.onMessage((from, raw) => {
    const message = raw as BuildingMessage; // carried by our own supervisor
    if (from !== "building" || message.type !== "scene") return;
    const { camera, scene } = message;
    cameras.get(camera)?.lookAway();
    const before = shown.get(camera) ?? Promise.resolve();
    shown.set(
      camera,
      before.then(async () => cameras.get(camera)?.show(await prepare(scene))),
    );
  });
  link.onPeer((role, state) => {
    if (role !== "building") return;
    if (state === "up") link.send("building", { type: "attachCameras" });
    else for (const camera of cameras.values()) camera.show({ kind: "unplugged" });
  });
}

async function sceneOf(scene: Scene, codec: PictureCodec, findFaces: FindFaces): Promise<SimulatedScene> {
  if (scene.kind !== "picture") return scene;
  // The API made it fit before; a building that sends anything else shows nothing, and vision lives.
  try {
    const picture = await codec.decode(scene.jpeg);
    const { width, height } = scenePictureSize;
    if (picture.width !== width || picture.height !== height) return { kind: "dark" };
    const faces = await findFaces(picture);
    // Nobody there: what is on the picture just hangs there.
    if (faces.length === 0) return { kind: "picture", picture };
    const { presented = "live", obeys = true } = scene;
    return { kind: "people", picture, faces, presented, obeys };
  } catch {
    return { kind: "dark" };
  }
}
