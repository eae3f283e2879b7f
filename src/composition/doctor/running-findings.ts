import type { Bilingual } from "../../config/config-error.ts";
import type { ControllerServices, ProcessView } from "../../ports/controller-services.ts";
import type { LineView } from "../../ports/services/commissioning-finds.ts";
import type { TemplateView } from "../../ports/template-store.ts";
import { type Finding, inItsWords, said, same } from "./finding.ts";
import { cameraStates, cameraText, conditionText, levels, processes, together } from "./words.ts";

/** What the running service holds is asked of it: nothing is opened twice. */
export function runningFindings(
  services: Pick<ControllerServices, "state">,
  lines: readonly LineView[] | undefined,
): readonly Finding[] {
  const { cameras, readers, processes, templates } = services.state();
  return [
    ...(lines === undefined ? [silent] : lines.map(lineFinding)),
    visionFinding(processes.vision),
    ...(templates === null ? [] : [templateFinding(templates)]),
    ...readers.map(({ vestibule, accessPoint, state, tampered, powerFault, detail }): Finding => {
      const bad = state === "lost" || tampered || powerFault;
      return {
        area: "readers",
        subject: `${vestibule}.${accessPoint}`,
        verdict: bad ? "bad" : "good",
        tried: asked,
        seen: bad ? readerText(detail, state, tampered) : fine,
      };
    }),
    ...cameras.map(({ id, state, detail, health }): Finding => {
      const bad = state !== "live" || health.length > 0;
      return {
        area: "cameras",
        subject: id,
        verdict: bad ? "bad" : "good",
        tried: asked,
        seen: bad ? wrongWith(state, detail, health) : fine,
      };
    }),
  ];
}

const asked = said("asked the running service", "询问运行中的服务");
const fine = said("it works", "正常");

const silent: Finding = {
  area: "lines",
  subject: "board",
  verdict: "bad",
  tried: asked,
  seen: said("the interlock does not answer", "互锁进程无应答"),
};

/** The nets are vision's: loaded here once more, they would hold up whoever decides about doors. */
function visionFinding({ state, detail }: ProcessView): Finding {
  const { model, backend } = detail ?? {};
  const named = [model, backend].filter((one) => typeof one === "string").join(" · ");
  const isUp = state === "running";
  return {
    ...{ area: "models", subject: "face", tried: asked, verdict: isUp ? "good" : "bad" },
    seen: isUp ? same(named) : said(`vision is ${processes[state].en}`, `人脸识别进程${processes[state].zh}`),
  };
}

function templateFinding({ enrolled, without }: TemplateView): Finding {
  return {
    ...{ area: "models", subject: "templates", tried: asked },
    verdict: without === 0 ? "good" : "doubtful",
    seen:
      without === 0
        ? said(`all ${enrolled} enrolled`, `${enrolled} 人齐全`)
        : said(`${without} of ${enrolled} people have none`, `${enrolled} 人中有 ${without} 人没有模板`),
  };
}

const lineFinding = ({ name, raw, chip, line }: LineView): Finding => ({
  area: "lines",
  subject: name,
  verdict: raw === "fault" || raw === "unread" ? "bad" : "good",
  tried: asked,
  seen: said(placed(chip, line, ": ") + levels[raw].en, placed(chip, line, "：") + levels[raw].zh),
});

/** On the simulated board a line is nowhere. */
const placed = (chip: string | null, line: string | null, then: string): string => {
  const where = [chip, line].filter((part) => part !== null).join(" ");
  return where === "" ? "" : where + then;
};

function readerText(detail: string | null, state: string, tampered: boolean): Bilingual {
  if (detail !== null) return inItsWords(detail, "读卡器报告异常");
  if (state === "lost") return said("it does not answer", "没有应答");
  return tampered ? said("its housing is open", "外壳被打开") : said("its supply fails", "供电异常");
}

function wrongWith(
  state: keyof typeof cameraStates,
  detail: string | null,
  health: readonly string[],
): Bilingual {
  const why = [...(detail === null ? [] : [cameraText(detail)]), ...health.map(conditionText)];
  return why.length === 0 ? cameraStates[state] : together(why);
}
