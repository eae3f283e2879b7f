import type { Bilingual } from "../../config/config-error.ts";
import type { SurveyedLine } from "../../drivers/gpio/line-survey.ts";
import { type Finding, said } from "./finding.ts";
import { levels } from "./words.ts";

/** What a level means, in the words of the display; by the last part of the line's name. */
const meanings: Readonly<Record<string, readonly [active: Bilingual, inactive: Bilingual]>> = {
  contact: [said("open", "开"), said("closed", "关")],
  bolt: [said("retracted", "锁舌缩回"), said("thrown", "锁舌伸出")],
  rex: [said("pressed", "按下"), said("not pressed", "未按")],
  fire: [said("FIRE", "火警"), said("no fire", "无火警")],
  lockdown: [said("LOCKED DOWN", "全部锁闭"), said("no lockdown", "未锁闭")],
  tamper: [said("HOUSING OPEN", "机箱打开"), said("housing closed", "机箱关闭")],
  mains: [said("mains there", "市电正常"), said("NO MAINS", "市电断开")],
  battery: [said("battery good", "电池正常"), said("BATTERY LOW", "电池电量低")],
};

/** Levels nobody expects while nothing happens at the doors. */
const disquieting: Readonly<Record<string, boolean>> = {
  rex: true,
  fire: true,
  lockdown: true,
  tamper: true,
  mains: false,
  battery: false,
};

/** Each line by itself; what is wrong with all of them alike is the board's. */
export function lineFindings(lines: readonly SurveyedLine[]): readonly Finding[] {
  const [first, ...others] = lines.map(lineFinding);
  const isShared =
    first?.verdict === "bad" && others.length > 0 && others.every(({ seen }) => seen.en === first.seen.en);
  return isShared ? [{ ...first, subject: "board" }] : lines.map(lineFinding);
}

export function lineFinding({ plan, direction, place, holder, active, fault }: SurveyedLine): Finding {
  const common = {
    area: "lines",
    subject: plan.name,
    tried: said(`looked for it on ${plan.chip}`, `在芯片 ${plan.chip} 上查找`),
  } as const;
  const where = place ?? plan.chip;
  if (fault !== undefined)
    return {
      ...common,
      verdict: "bad",
      seen: said(`${where}: ${fault}`, `${where}：无法使用（原文：${fault}）`),
      todo: said(
        "compare the profile with gpiodetect and gpioinfo on this machine",
        "请用 gpiodetect 与 gpioinfo 核对本机芯片和线号。",
      ),
    };
  if (holder !== undefined) return { ...common, ...heldBy(holder, where, direction) };
  if (direction === "out")
    return { ...common, verdict: "good", seen: said(`${where}, free`, `${where}，空闲`) };
  if (active === undefined)
    return { ...common, verdict: "bad", seen: said(`${where}: no level`, `${where}：读不到电平`) };
  const kind = plan.name.slice(plan.name.lastIndexOf(".") + 1);
  const meaning = meanings[kind]?.[active ? 0 : 1] ?? (active ? levels.active : levels.idle);
  return {
    ...common,
    verdict: disquieting[kind] === active ? "doubtful" : "good",
    seen: said(`${where}: ${meaning.en}`, `${where}:${meaning.zh}`),
  };
}

/** By us it is in service, by anybody else it is in our way. */
function heldBy(
  holder: string,
  where: string,
  direction: SurveyedLine["direction"],
): Pick<Finding, "verdict" | "seen" | "todo"> {
  const ours = /^vestibule|^sysfs$/.test(holder);
  return {
    verdict: ours ? "good" : "bad",
    seen: said(`${where}, held by ${holder}`, `${where}，已被 ${holder} 占用`),
    todo: ours
      ? said(
          direction === "in"
            ? "its level is shown by the running controller's console; to read it here, stop the service"
            : "nothing to do: the running controller drives it",
          direction === "in"
            ? "电平请在控制台查看；如需在此读取，请先停止服务。"
            : "无需处理：由运行中的控制器驱动。",
        )
      : said(
          `stop what holds it, or take it out of the device tree: ${holder}`,
          `请停止占用该线的程序，或在设备树中释放：${holder}。`,
        ),
  };
}
