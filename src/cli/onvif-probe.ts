import { writeFileSync } from "node:fs";
import { asDeviceFault, type DeviceFaultKind } from "../drivers/camera-onvif/device-fault.ts";
import { OnvifSession } from "../drivers/camera-onvif/onvif-session.ts";
import { type ProbeReport, type ProbeStep, probeDevice } from "../drivers/camera-onvif/probe.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import type { Command, CommandIo } from "./command.ts";
import { type DeviceGiven, deviceGiven, deviceUsage } from "./onvif-device.ts";

const usage = `Usage: vestibule onvif probe [OPTIONS] ADDRESS

Asks a camera over ONVIF who it is, how right its clock is, which streams, presets and settings it has, says which stream
to verify faces by, and what to write into the configuration.

${deviceUsage}
  --snapshot FILE      also fetch a picture that the camera makes itself

Exit: 0 it has a stream to verify by, 1 it has not or cannot be asked, 2 wrong usage.
`;

const clock = new SystemClock();

export const onvifProbe: Command = {
  name: ["onvif", "probe"],
  summary: "ask an ONVIF camera what it is and has, and say what to configure",
  usage,
  async run(args, io) {
    const given = deviceGiven(args, ["snapshot"]);
    if (typeof given === "string") {
      io.stderr(`onvif probe: ${given}\n\n${usage}`);
      return 2;
    }
    const report = await probeDevice(given.address, given.login, clock);
    const { shown: address } = given;
    io.stdout(given.json ? `${JSON.stringify({ address, ...report })}\n` : asText(given, report));
    const file = given.values["snapshot"];
    const isTaken = file === undefined || (await keepSnapshot(given, report, file, io));
    return report.recommended !== undefined && isTaken ? 0 : 1;
  },
};

async function keepSnapshot(
  { address, login }: DeviceGiven,
  { recommended }: ProbeReport,
  file: string,
  io: CommandIo,
): Promise<boolean> {
  if (recommended === undefined) return false;
  try {
    using session = new OnvifSession({ address, login, clock });
    await session.measureClock();
    writeFileSync(file, await session.snapshot({ token: recommended }));
    return true;
  } catch (error) {
    io.stderr(`onvif probe: no snapshot: ${asDeviceFault(error).message}\n`);
    return false;
  }
}

function asText(given: DeviceGiven, report: ProbeReport): string {
  const { device, clockOffset, profiles, recommended, presets, imaging, fingerprint } = report;
  const faults = report.steps.filter(({ fault }) => fault !== undefined);
  return [
    given.shown,
    ...(fingerprint === undefined ? [] : [line("certificate", `SHA-256 ${fingerprint}`)]),
    ...(device === undefined
      ? []
      : [
          line("device", `${device.manufacturer} ${device.model}, firmware ${device.firmware}`),
          line("serial number", device.serialNumber === "" ? "none" : device.serialNumber),
        ]),
    ...(clockOffset === undefined ? [] : [line("clock", clockText(clockOffset))]),
    ...(profiles ?? []).map((one) =>
      line(
        one.token === recommended ? "stream *" : "stream",
        `${one.name} (${one.token}): ${one.codec} ${one.width}×${one.height}, ${one.framesPerSecond}/s, ${one.bitRate} kbit/s${keyText(one)}  ${one.streamUrl ?? ""}`,
      ),
    ),
    ...(presets === undefined ? [] : [line("presets", presets.map(({ name }) => name).join(", ") || "none")]),
    ...(imaging?.irCutFilter === undefined ? [] : [line("IR cut filter", imaging.irCutFilter)]),
    ...(imaging?.exposure?.maxExposureTime === undefined
      ? []
      : [line("exposure", `at most ${imaging.exposure.maxExposureTime / 1000} ms`)]),
    ...faults.flatMap(({ asked, fault }) =>
      fault === undefined
        ? []
        : [line(`no ${askedText[asked]}`, fault.text), `    → ${remedies[fault.kind]}`],
    ),
    ...(recommended === undefined
      ? []
      : ["", "For the configuration (* is the stream it takes):", ...yaml(given, report)]),
    "",
  ].join("\n");
}

const line = (name: string, value: string): string => `  ${name.padEnd(14)} ${value}`;

const keyText = ({
  keyInterval,
  framesPerSecond,
}: {
  keyInterval: number | undefined;
  framesPerSecond: number;
}) =>
  keyInterval === undefined || framesPerSecond === 0
    ? ""
    : `, key picture every ${Math.round((keyInterval * 10) / framesPerSecond) / 10} s`;

function clockText(offset: number): string {
  const seconds = Math.round(offset / 1000);
  if (Math.abs(seconds) <= 1) return "right";
  const text = `${Math.abs(seconds)} s ${seconds > 0 ? "ahead" : "behind"}`;
  return Math.abs(seconds) > 5 ? `${text} → give it a time server (NTP)` : text;
}

function yaml({ shown, login }: DeviceGiven, { device, fingerprint }: ProbeReport): readonly string[] {
  return [
    "  source:",
    "    kind: onvif",
    `    address: ${shown}`,
    ...(login === undefined ? [] : [`    username: ${login.username}`, "    passwordFile: FILE"]),
    ...(device === undefined || device.serialNumber === ""
      ? []
      : [`    serialNumber: ${JSON.stringify(device.serialNumber)}`]),
    ...(fingerprint === undefined ? [] : [`    certificateFingerprint: ${fingerprint}`]),
  ];
}

const askedText: Readonly<Record<ProbeStep["asked"], string>> = {
  certificate: "certificate",
  clock: "time",
  device: "device",
  services: "services",
  profiles: "streams",
  streams: "address",
  presets: "presets",
  imaging: "settings",
};

/** What the installer can do about it. */
export const remedies: Readonly<Record<DeviceFaultKind, string>> = {
  unreachable: "check the address, the cable and the camera's power, and that ONVIF is switched on in it",
  unauthorised:
    "check name and password of the camera's ONVIF user; many cameras keep those apart from their own page's, and lock after several wrong ones",
  unsupported: "the camera has no such thing",
  refused: "look into the camera's own page, and for newer firmware",
  notTrusted: "give --fingerprint as printed above, once you know that this is your camera, or --ca-file",
  otherDevice: "see who put another camera there",
  hostile: "this is no ONVIF camera, or a broken or hostile one",
};
