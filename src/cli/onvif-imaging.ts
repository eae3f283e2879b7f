import { asDeviceFault, DeviceFault } from "../drivers/camera-onvif/device-fault.ts";
import { profileNamed, recommendedProfile } from "../drivers/camera-onvif/media-profiles.ts";
import { type ImagingChange, OnvifSession } from "../drivers/camera-onvif/onvif-session.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import type { Command } from "./command.ts";
import { type DeviceGiven, deviceGiven, deviceUsage } from "./onvif-device.ts";
import { remedies } from "./onvif-probe.ts";

const usage = `Usage: vestibule onvif imaging [OPTIONS] ADDRESS

Shows what a camera's sensor is set to, and changes what is named. The service itself never changes it; everybody who
looks at this camera sees the change.

${deviceUsage}
  --profile NAME       the stream whose sensor it is, where a camera has several
  --ir-cut MODE        on, off or auto: on by day and off by night
  --longest-exposure N milliseconds, 1 to 200; a face that moves is blurred by more than about 10

Exit: 0 done, 1 the camera did not do it, 2 wrong usage.
`;

const clock = new SystemClock();

export const onvifImaging: Command = {
  name: ["onvif", "imaging"],
  summary: "show or change what an ONVIF camera's sensor is set to",
  usage,
  async run(args, io) {
    const given = deviceGiven(args, ["profile", "ir-cut", "longest-exposure"]);
    const change = typeof given === "string" ? given : changeOf(given);
    if (typeof given === "string" || typeof change === "string") {
      io.stderr(`onvif imaging: ${typeof change === "string" ? change : ""}\n\n${usage}`);
      return 2;
    }
    try {
      const imaging = await changed(given, change);
      const lines = [
        `IR cut filter     ${imaging.irCutFilter ?? "none"}`,
        `longest exposure  ${imaging.exposure?.maxExposureTime === undefined ? "not told" : `${imaging.exposure.maxExposureTime / 1000} ms`}`,
      ];
      io.stdout(given.json ? `${JSON.stringify(imaging)}\n` : `${lines.join("\n")}\n`);
      return 0;
    } catch (error) {
      const { kind, message } = asDeviceFault(error);
      io.stderr(`onvif imaging: ${message}\n  → ${remedies[kind]}\n`);
      return 1;
    }
  },
};

async function changed({ address, login, values }: DeviceGiven, change: ImagingChange) {
  using session = new OnvifSession({ address, login, clock });
  await session.measureClock();
  const profiles = await session.profiles();
  const wanted = values["profile"];
  const profile = wanted === undefined ? recommendedProfile(profiles) : profileNamed(profiles, wanted);
  if (profile === undefined) throw new DeviceFault("unsupported", "it has no such stream");
  if (Object.keys(change).length > 0) await session.setImaging(profile, change);
  return await session.imaging(profile);
}

function changeOf({ values }: DeviceGiven): ImagingChange | string {
  const irCut = values["ir-cut"]?.toUpperCase();
  if (irCut !== undefined && irCut !== "ON" && irCut !== "OFF" && irCut !== "AUTO")
    return "--ir-cut: expected on, off or auto";
  const written = values["longest-exposure"];
  const longestExposure = written === undefined ? undefined : Number(written);
  if (longestExposure !== undefined && !(longestExposure >= 1 && longestExposure <= 200))
    return "--longest-exposure: expected 1 to 200";
  return {
    ...(irCut !== undefined && { irCutFilter: irCut }),
    ...(longestExposure !== undefined && { longestExposure }),
  };
}
