import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { tryDoors } from "../commissioning/door-trial.ts";
import { openCamera } from "../composition/cameras.ts";
import { wiredVestibulesOf } from "../composition/door-lines.ts";
import { deviceAddressOf, loginOf } from "../composition/onvif-cameras.ts";
import { placedReaders, readersOf } from "../composition/readers.ts";
import { languageOf } from "../config/config-error.ts";
import { interlockPolicyOf } from "../config/policy-of.ts";
import { loadWiredSite, type WiredSite } from "../config/site-board.ts";
import { probeDevice } from "../drivers/camera-onvif/probe.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import { createGpioDoorHardware, surveyGpioLines } from "../drivers/gpio/open-gpio.ts";
import { HardwareFault } from "../ports/door-hardware.ts";
import type { CommandIo } from "./command.ts";
import { cameraFindings } from "./doctor/camera-findings.ts";
import { requestText, trialFinding } from "./doctor/door-trial-findings.ts";
import { type Finding, said, same } from "./doctor/finding.ts";
import { keyFindings } from "./doctor/key-findings.ts";
import { lineFindings } from "./doctor/line-findings.ts";
import { modelFindings } from "./doctor/model-findings.ts";
import { onvifFindings } from "./doctor/onvif-findings.ts";
import { readerFindings } from "./doctor/reader-findings.ts";
import { brokerFindings, clockFindings, diskFindings, serviceFindings } from "./doctor/surroundings.ts";
import { watchdogFindings } from "./doctor/watchdog-findings.ts";
import { doctor } from "./doctor.ts";

const clock = new SystemClock();
const demoSite = fileURLToPath(new URL("../../firmware-config/demo.yaml", import.meta.url));
const secretIn = (file: string): string => readFileSync(file, "utf8").trimEnd();

/** `doctor` with the real drivers. */
export const composedDoctor = doctor({
  async *examine(file, { doors }, io) {
    const wired = loadWiredSite(file ?? (io.env["VESTIBULE_CONFIG"] || demoSite), io.env);
    const { site } = wired;
    yield await serviceFindings(site);
    yield await boardFindings(wired);
    if (doors) yield* doorFindings(wired, io);
    if (wired.wiring !== undefined) yield watchdogFindings(wired.wiring.profile.watchdog);
    yield await readerFindings(placedReaders(site), () => readersOf(site, { clock }), clock);
    yield clockFindings(clock);
    yield await diskFindings(site);
    yield keyFindings(site);
    yield await brokerFindings(site, secretIn, clock);
    yield await cameraFindings(site, (camera, source) => openCamera(camera, source, clock), clock);
    yield await onvifFindings(site, (source) => probeDevice(deviceAddressOf(source), loginOf(source), clock));
    yield await modelFindings(site);
  },
});

async function boardFindings(wired: WiredSite): Promise<readonly Finding[]> {
  const { board } = wired.site;
  const lines = wiredVestibulesOf(wired);
  if (board.kind === "simulated" || lines === undefined)
    return [
      {
        area: "lines",
        subject: "board",
        verdict: "good",
        tried: said("read the configuration", "读取配置"),
        seen: said("the simulated board: there are no lines", "模拟主板,没有实际线路"),
      },
    ];
  try {
    return lineFindings(await surveyGpioLines(board.driver, new Map(lines)));
  } catch (error) {
    if (!(error instanceof HardwareFault)) throw error;
    return [noBoard(error)];
  }
}

const noBoard = (fault: HardwareFault): Finding => ({
  area: "lines",
  subject: "board",
  verdict: "bad",
  tried: said("opened the kernel's GPIO interface", "打开内核 GPIO 接口"),
  seen: same(fault.message),
  todo: said(
    "see with gpiodetect whether the kernel has chips, and whether this user may open them",
    "请用 gpiodetect 检查内核是否有 GPIO 芯片,以及当前用户是否有权限。",
  ),
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
  seen: said("the simulated board: its doors are wired right", "模拟主板,接线无需测试"),
};
