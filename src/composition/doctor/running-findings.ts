import type { ControllerServices } from "../../ports/controller-services.ts";
import type { LineView } from "../../ports/services/commissioning-services.ts";
import { type Finding, said, same } from "./finding.ts";

/** What the running service holds is asked of it: nothing is opened twice. */
export function runningFindings(
  services: Pick<ControllerServices, "state">,
  lines: readonly LineView[] | undefined,
): readonly Finding[] {
  const { cameras, readers } = services.state();
  return [
    ...(lines === undefined ? [silent] : lines.map(lineFinding)),
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

const lineFinding = ({ name, raw, chip, line }: LineView): Finding => ({
  area: "lines",
  subject: name,
  verdict: raw === "fault" || raw === "unread" ? "bad" : "good",
  tried: asked,
  seen: same(
    [[chip, line].filter((part) => part !== null).join(" "), raw].filter((part) => part !== "").join(": "),
  ),
});
