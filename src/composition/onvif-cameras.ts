import { readFileSync } from "node:fs";
import type { OnvifSource } from "../config/onvif-schema.ts";
import { milliseconds } from "../config/policy-of.ts";
import type { CameraConfiguration } from "../config/site-schema.ts";
import type { DeviceAddress } from "../drivers/camera-onvif/bounded-request.ts";
import type { DeviceLogin } from "../drivers/camera-onvif/guarded-cam.ts";
import { OnvifCamera } from "../drivers/camera-onvif/onvif-camera.ts";
import { OnvifFrameSource } from "../drivers/camera-onvif/onvif-frame-source.ts";
import type { UnitListener } from "../drivers/camera-rtsp/camera-clips.ts";
import { openRtspCamera } from "../drivers/camera-rtsp/rtsp-frame-source.ts";
import type { Clock } from "../ports/clock.ts";

export interface OpenedOnvifCamera {
  readonly source: OnvifFrameSource;
  /** Not begun. */
  readonly control: OnvifCamera;
}

/** What speaks to the device, and the stream that it names, opened as any RTSP camera's. */
export function openOnvifCamera(
  camera: CameraConfiguration,
  source: OnvifSource,
  clock: Clock,
  units?: UnitListener,
): OpenedOnvifCamera {
  const login = loginOf(source);
  const { id: cameraId } = camera;
  const { profile, serialNumber, caFile, certificateFingerprint: fingerprint } = source;
  const control = new OnvifCamera(
    { cameraId, address: deviceAddressOf(source), login, profile, serialNumber },
    clock,
    Math.random,
  );
  const openStream = (url: string) =>
    openRtspCamera(
      {
        cameraId,
        url,
        trust: { caFile, fingerprint },
        username: login?.username,
        password: login?.password,
        framesPerSecond: camera.framesPerSecond,
        firstFrameTimeout: milliseconds(camera.firstFrameTimeout),
        stallTimeout: milliseconds(camera.stallTimeout),
      },
      { clock, random: Math.random, units },
    );
  return {
    control,
    source: new OnvifFrameSource({ finder: control, openStream, clock, random: Math.random }),
  };
}

type Where = Pick<OnvifSource, "address" | "caFile" | "certificateFingerprint">;

/** The service is at the path of the standard, unless the address names another. */
export function deviceAddressOf({ address, caFile, certificateFingerprint }: Where): DeviceAddress {
  const url = new URL(address);
  const isSecure = url.protocol === "https:";
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (isSecure ? 443 : 80) : Number(url.port),
    path: url.pathname === "/" ? "/onvif/device_service" : url.pathname,
    tls: isSecure
      ? { ca: caFile && readFileSync(caFile, "utf8"), fingerprint: certificateFingerprint }
      : undefined,
  };
}

export function loginOf({ username, passwordFile }: OnvifSource): DeviceLogin | undefined {
  if (username === undefined || passwordFile === undefined) return undefined;
  return { username, password: readFileSync(passwordFile, "utf8").trimEnd() };
}
