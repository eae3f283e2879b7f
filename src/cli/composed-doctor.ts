import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openCamera } from "../composition/cameras.ts";
import { loadSite } from "../config/load.ts";
import type { SiteConfiguration } from "../config/site-schema.ts";
import { accessPointNames } from "../domain/names.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import { cameraFindings } from "./doctor/camera-findings.ts";
import { type Finding, said } from "./doctor/finding.ts";
import { modelFindings } from "./doctor/model-findings.ts";
import { brokerFindings, clockFindings, diskFindings, serviceFindings } from "./doctor/surroundings.ts";
import { doctor } from "./doctor.ts";

const clock = new SystemClock();
const demoSite = fileURLToPath(new URL("../../firmware-config/demo.yaml", import.meta.url));
const secretIn = (file: string): string => readFileSync(file, "utf8").trimEnd();

/** `doctor` with the real drivers. */
export const composedDoctor = doctor({
  async *examine(file, _options, io) {
    const site = loadSite(file ?? (io.env["VESTIBULE_CONFIG"] || demoSite), io.env);
    yield await serviceFindings(site);
    yield readerFindings(site);
    yield clockFindings(clock);
    yield await diskFindings(site);
    yield await brokerFindings(site, secretIn, clock);
    yield await cameraFindings(site, (camera, source) => openCamera(camera, source, clock), clock);
    yield await modelFindings(site);
  },
});

function readerFindings({ vestibules }: SiteConfiguration): readonly Finding[] {
  return vestibules.flatMap(({ id, accessPoints }) =>
    accessPointNames.flatMap((accessPoint): Finding[] => {
      const reader = accessPoints[accessPoint]?.reader;
      if (reader === undefined) return [];
      return [
        {
          area: "readers",
          subject: `${id}.${accessPoint}`,
          verdict: "good",
          tried: said("read the configuration", "读取配置"),
          seen: said("a reader of the simulated building", "模拟楼宇中的读卡器"),
        },
      ];
    }),
  );
}
