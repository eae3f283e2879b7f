import { fileURLToPath } from "node:url";
import { tryDoors } from "../commissioning/own-interlock.ts";
import { requestText } from "../commissioning/trial-texts.ts";
import { openCamera } from "../composition/cameras.ts";
import { boardFindings, noBoard } from "../composition/doctor/board-findings.ts";
import { cameraFindings } from "../composition/doctor/camera-findings.ts";
import { trialFinding } from "../composition/doctor/door-trial-findings.ts";
import { type Finding, said } from "../composition/doctor/finding.ts";
import { modelFindings } from "../composition/doctor/model-findings.ts";
import { readerFindings } from "../composition/doctor/reader-findings.ts";
import { serviceFindings } from "../composition/doctor/surroundings.ts";
import { surroundingsFindings } from "../composition/doctor/surroundings-findings.ts";
import { wiredVestibulesOf } from "../composition/door-lines.ts";
import { placedReaders, readersOf } from "../composition/readers.ts";
import { languageOf } from "../config/config-error.ts";
import { interlockPolicyOf } from "../config/policy-of.ts";
import { loadWiredSite, type WiredSite } from "../config/site-board.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import { createGpioDoorHardware } from "../drivers/gpio/open-gpio.ts";
import { HardwareFault } from "../ports/door-hardware.ts";
import type { CommandIo } from "./command.ts";
import { doctor } from "./doctor.ts";

const clock = new SystemClock();
const demoSite = fileURLToPath(new URL("../../firmware-config/demo.yaml", import.meta.url));

/** `doctor` with the real drivers. */
export const composedDoctor = doctor({
  async *examine(file, { doors }, io) {
    const wired = loadWiredSite(file ?? (io.env["VESTIBULE_CONFIG"] || demoSite), io.env);
    const { site } = wired;
    yield await serviceFindings(site);
    yield await boardFindings(wired);
    if (doors) yield* doorFindings(wired, io);
    yield await readerFindings(placedReaders(site), () => readersOf(site, { clock }), clock);
    yield await cameraFindings(site, (camera, source) => openCamera(camera, source, clock), clock);
    yield* surroundingsFindings(site, wired.wiring?.profile, clock);
    yield await modelFindings(site);
  },
});

/** With somebody at the doors. The lines are taken as in service, so a running service has to be stopped first. */
async function* doorFindings(wired: WiredSite, io: CommandIo): AsyncIterable<readonly Finding[]> {
  const { site } = wired;
  const { board } = site;
  const lines = wiredVestibulesOf(wired);
  if (board.kind === "simulated" || lines === undefined) {
    yield [nothingToTry];
    return;
  }
  const say = (text: string): void => io.stderr(`${text}\n`);
  try {
    const plan = new Map(lines);
    await using hardware = await createGpioDoorHardware({ driver: board.driver, plan, clock, log: say });
    const results = await tryDoors({
      vestibules: site.vestibules.map((vestibule) => ({
        id: vestibule.id,
        policy: interlockPolicyOf(site, vestibule),
      })),
      hardware,
      clock,
      ask: (request) => say(requestText(request)[languageOf(io.env)]),
      patience: 60_000,
    });
    yield results.map(trialFinding);
  } catch (error) {
    if (!(error instanceof HardwareFault)) throw error;
    yield [{ ...noBoard(error), area: "doors" }];
  }
}

const nothingToTry: Finding = {
  area: "doors",
  subject: "board",
  verdict: "good",
  tried: said("read the configuration", "读取配置"),
  seen: said("the simulated board: its doors are wired right", "模拟主板，接线无需测试"),
};
