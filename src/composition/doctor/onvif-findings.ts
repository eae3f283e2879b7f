import type { OnvifSource } from "../../config/onvif-schema.ts";
import type { CameraConfiguration, SiteConfiguration } from "../../config/site-schema.ts";
import type { ProbeReport } from "../../drivers/camera-onvif/probe.ts";
import { type Finding, inItsWords, said, same, unreadableSecret } from "./finding.ts";

type Probe = (source: OnvifSource) => Promise<ProbeReport>;

/** As the alarm CameraClockDrift has it. Seconds. */
const clockLimit = 5;

/** What ONVIF cameras say of themselves, beside their pictures. */
export async function onvifFindings(
  { cameras }: Pick<SiteConfiguration, "cameras">,
  probe: Probe,
): Promise<readonly Finding[]> {
  const found = await Promise.all(
    cameras.map(async (camera): Promise<readonly Finding[]> => {
      const { source } = camera;
      if (source.kind !== "onvif") return [];
      try {
        return findingsOf(camera, source, await probe(source));
      } catch (error) {
        return [unreadableSecret("cameras", camera.id, error)];
      }
    }),
  );
  return found.flat();
}

function findingsOf(
  camera: CameraConfiguration,
  source: OnvifSource,
  report: ProbeReport,
): readonly Finding[] {
  const fault = report.steps.find((step) => step.fault !== undefined)?.fault;
  const common = {
    area: "cameras",
    subject: `${camera.id} (ONVIF)`,
    tried: said("asked the camera over ONVIF", "通过 ONVIF 查询摄像机"),
  } as const;
  if (report.device === undefined)
    return [
      {
        ...common,
        verdict: "bad",
        seen:
          fault === undefined
            ? said("it does not say what it is", "设备没有说明自己的型号")
            : inItsWords(fault.text, "摄像机没有应答"),
        todo: said(
          "see vestibule onvif probe with this address, name and password",
          "请用该地址、用户名和密码运行 vestibule onvif probe 查看。",
        ),
      },
    ];
  return [
    { ...common, verdict: "good", seen: same(`${report.device.manufacturer} ${report.device.model}`) },
    ...clockFindings(report).map((one) => ({ ...common, ...one })),
    ...identityFindings(source, report).map((one) => ({ ...common, ...one })),
    ...presetFindings(camera, report).map((one) => ({ ...common, ...one })),
  ];
}

type Told = Pick<Finding, "verdict" | "seen" | "todo">;

function clockFindings({ clockOffset }: ProbeReport): readonly Told[] {
  const seconds = Math.round((clockOffset ?? 0) / 1000);
  if (Math.abs(seconds) <= clockLimit) return [];
  return [
    {
      verdict: "doubtful",
      seen: said(`its clock is ${seconds} s off`, `时钟偏差 ${seconds} 秒`),
      todo: said("give the camera a time server (NTP)", "请为摄像机设置时间服务器（NTP）。"),
    },
  ];
}

/** T20 */
function identityFindings({ serialNumber, address }: OnvifSource, { device }: ProbeReport): readonly Told[] {
  const told = device?.serialNumber ?? "";
  if (serialNumber !== undefined && serialNumber !== told)
    return [
      {
        verdict: "bad",
        seen: said(`another camera: its serial number is ${told}`, `是另一台摄像机，序列号为 ${told}`),
        todo: said(
          "see who put it there; if it was meant, write its serial number into the configuration",
          "请查明是谁更换的；如系有意更换，请将其序列号写入配置。",
        ),
      },
    ];
  if (serialNumber !== undefined || address.startsWith("https://") || told === "") return [];
  return [
    {
      verdict: "doubtful",
      seen: said("another camera at this address would not be noticed", "该地址换成另一台摄像机时无法察觉"),
      todo: said(
        `write serialNumber: "${told}" beside its address`,
        `请在地址旁写上 serialNumber: "${told}"。`,
      ),
    },
  ];
}

function presetFindings(
  { alarmPreset, presetsBy }: CameraConfiguration,
  { presets }: ProbeReport,
): readonly Told[] {
  if (alarmPreset === undefined || presetsBy !== "camera") return [];
  const wanted = typeof alarmPreset === "string" ? [alarmPreset] : Object.values(alarmPreset);
  const known = new Set((presets ?? []).flatMap(({ name, token }) => [name, token]));
  const missing = wanted.filter((name) => !known.has(name));
  if (missing.length === 0) return [];
  const names = missing.join(", ");
  return [
    {
      verdict: "bad",
      seen: said(`it has no preset ${names}`, `没有预置位 ${names}`),
      todo: said(
        "set it in the camera, or correct alarmPreset; vestibule onvif probe lists them",
        "请在摄像机中设置该预置位，或修改 alarmPreset；可用 vestibule onvif probe 列出。",
      ),
    },
  ];
}
