import { LinkFault } from "../../ports/alarm-link.ts";
import { said, same } from "../said.ts";
import type { TestOutcome, TestRun } from "../test-session.ts";

const goodOffset = 5_000;
const mostOffset = 60_000;

/** Something holds the clock right, and it says what the person's own clock says. */
export const clockTest: TestRun = async ({ options }) => {
  const { clock, shown, isClockSynchronised, site } = options;
  const wall = clock.wall();
  const synchronised = isClockSynchronised();
  const offset = shown === undefined ? null : wall - shown;
  const local = new Intl.DateTimeFormat("sv-SE", {
    timeZone: site.timeZone,
    dateStyle: "short",
    timeStyle: "medium",
  }).format(wall);
  const figures = {
    synchronised: synchronised ?? null,
    timeZone: site.timeZone,
    local,
    offsetSeconds: offset === null ? null : Math.round(offset / 100) / 10,
  };
  const seen = said(
    `${local} in ${site.timeZone}; ${synchronised === true ? "synchronised" : "not synchronised"}${offset === null ? "" : `, ${figures.offsetSeconds} s from the clock at the screen`}`,
    `${site.timeZone} ${local}；${synchronised === true ? "已同步" : "未同步"}${offset === null ? "" : `，与操作设备相差 ${figures.offsetSeconds} 秒`}`,
  );
  const far = offset === null ? 0 : Math.abs(offset);
  if (far > mostOffset)
    return {
      verdict: "failed",
      finding: "wrongTime",
      seen,
      todo: said("set the clock, and see the battery of the board", "请校准时钟并检查主板电池。"),
      figures,
    };
  if (synchronised === true && far <= goodOffset)
    return { verdict: "passed", finding: "right", seen, figures };
  return {
    verdict: "doubtful",
    finding: synchronised === true ? "offset" : "notSynchronised",
    seen,
    todo: said(
      "install chrony or switch on systemd-timesyncd, with a time server that is reachable from here",
      "请安装 chrony 或启用 systemd-timesyncd，并配置可达的时间服务器。",
    ),
    figures,
  };
};

/** Published, and received back from the broker itself. */
export const brokerTest: TestRun = async ({ hooks, options }) => {
  const { broker } = hooks;
  if (broker === undefined) return noBroker;
  const { clock, newId } = options;
  const topic = `commissioning/${newId()}`;
  const begun = clock.now();
  try {
    await broker.publish({ topic, body: { commissioning: true }, retain: true, expiry: 60 });
    const published = Math.round(clock.now() - begun);
    const back = (await broker.retained("commissioning/+")).includes(topic);
    const figures = { publishedMs: published, receivedMs: back ? Math.round(clock.now() - begun) : null };
    await broker.publish({ topic, body: undefined, retain: true });
    if (back)
      return {
        verdict: "passed",
        finding: "receivedBack",
        seen: said(
          `published, and received back after ${figures.receivedMs} ms`,
          `消息已发布，${figures.receivedMs} 毫秒后收回`,
        ),
        figures,
      };
    return {
      verdict: "doubtful",
      finding: "publishedOnly",
      seen: said("the broker took it, and does not let us read it back", "服务器已接收，但不允许读回"),
      todo: said("see at the centre that events arrive", "请在监控中心确认事件已到达。"),
      figures,
    };
  } catch (error) {
    if (!(error instanceof LinkFault)) throw error;
    return {
      verdict: "failed",
      finding: error.code,
      seen: same(error.message),
      todo: said(
        "check the address, the certificate, the user and what it may publish",
        "请检查地址、证书、用户及其发布权限。",
      ),
    };
  }
};

const noBroker: TestOutcome = {
  verdict: "doubtful",
  finding: "noBroker",
  seen: said("no broker is configured", "未配置 MQTT 服务器"),
  todo: said("the security centre hears of no alarm by MQTT", "监控中心将收不到 MQTT 报警。"),
};
