import type { WiredSite } from "../../config/site-board.ts";
import { surveyGpioLines } from "../../drivers/gpio/open-gpio.ts";
import { HardwareFault } from "../../ports/door-hardware.ts";
import { wiredVestibulesOf } from "../door-lines.ts";
import { type Finding, inItsWords, said } from "./finding.ts";
import { lineFindings } from "./line-findings.ts";

/** Each line of the board as this machine has it; what a running service holds is said to be its. */
export async function boardFindings(wired: WiredSite): Promise<readonly Finding[]> {
  const { board } = wired.site;
  const lines = wiredVestibulesOf(wired);
  if (board.kind === "simulated" || lines === undefined)
    return [
      {
        area: "lines",
        subject: "board",
        verdict: "good",
        tried: said("read the configuration", "读取配置"),
        seen: said("the simulated board: there are no lines", "模拟主板，没有实际线路"),
      },
    ];
  try {
    return lineFindings(await surveyGpioLines(board.driver, new Map(lines)));
  } catch (error) {
    if (!(error instanceof HardwareFault)) throw error;
    return [noBoard(error)];
  }
}

export const noBoard = (fault: HardwareFault): Finding => ({
  area: "lines",
  subject: "board",
  verdict: "bad",
  tried: said("opened the kernel's GPIO interface", "打开内核 GPIO 接口"),
  seen: inItsWords(fault.message, "GPIO 接口无法使用"),
  todo: said(
    "see with gpiodetect whether the kernel has chips, and whether this user may open them",
    "请用 gpiodetect 检查内核是否有 GPIO 芯片，以及当前用户是否有权限。",
  ),
});
