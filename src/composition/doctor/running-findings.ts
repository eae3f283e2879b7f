import type { ControllerServices, ProcessView } from "../../ports/controller-services.ts";
import type { LineView } from "../../ports/services/commissioning-finds.ts";
import type { TemplateView } from "../../ports/template-store.ts";
import { type Finding, said, same } from "./finding.ts";

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
        seen: bad ? said(detail ?? "it says that something is wrong", detail ?? "读卡器报告异常") : fine,
      };
    }),
    ...cameras.map(({ id, state, detail, health }): Finding => {
      const bad = state !== "live" || health.length > 0;
      return {
        area: "cameras",
        subject: id,
        verdict: bad ? "bad" : "good",
        tried: asked,
        seen: bad ? same([detail, ...health].filter((part) => part !== null).join(", ") || state) : fine,
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
  const named = [model, backend].filter((one) => typeof one === "string").join(", ");
  const isUp = state === "running";
  return {
    ...{ area: "models", subject: "face", tried: asked, verdict: isUp ? "good" : "bad" },
    seen: isUp ? same(named) : said(`vision is ${state}`, `人脸识别进程：${state}`),
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
  seen: same(
    [[chip, line].filter((part) => part !== null).join(" "), raw].filter((part) => part !== "").join(": "),
  ),
});
