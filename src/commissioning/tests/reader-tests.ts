import type { Presented } from "../../ports/commissioning.ts";
import { at, pointWords, said } from "../said.ts";
import { patience, type TestOutcome, type TestRun, type TestSession } from "../test-session.ts";

/** Something comes in here, and not at another access point. */
export const readerTest: TestRun = (session) => presentedTest(session, "card");
export const keypadTest: TestRun = (session) => presentedTest(session, "keys");

async function presentedTest(session: TestSession, what: Presented["what"]): Promise<TestOutcome> {
  const { accessPoint } = session.options.test;
  if (accessPoint === undefined) throw new Error(`${session.options.test.id} is about no access point`);
  const { id } = session.vestibule;
  const { en, zh } = pointWords[accessPoint];
  const status = () =>
    session.hooks.services
      .state()
      .readers.find((one) => one.vestibule === id && one.accessPoint === accessPoint);
  const told = status();
  if (told?.state === "lost") return lost(told.detail);
  const asked =
    what === "card"
      ? said(`present a card at ${en}`, `请在${zh}刷卡`)
      : said(`press some keys at ${en}`, `请在${zh}按几个键`);
  session.ask(at(id, asked), patience);
  const came = await session.until(() => session.presented.find((one) => one.what === what), patience);
  if (came === undefined)
    return {
      verdict: "failed",
      finding: "nothingCame",
      seen: said("nothing came in", "没有收到任何数据"),
      todo: said(
        "see its supply and wires, its device in the site's file, and for OSDP its address and key",
        "请检查供电与接线、站点文件中的设备，OSDP 还须检查地址与密钥。",
      ),
    };
  const figures = { length: came.length, ...(came.format === null ? {} : { format: came.format }) };
  if (came.vestibule !== id || came.accessPoint !== accessPoint) {
    const there = pointWords[came.accessPoint];
    return {
      verdict: "failed",
      finding: "readersSwapped",
      seen: said(`it came in at ${came.vestibule}, ${there.en}`, `数据来自 ${came.vestibule} 的${there.zh}`),
      todo: said(
        "exchange the two readers, or their devices in the site's file",
        "请对调两个读卡器或站点文件中的设备。",
      ),
      figures,
    };
  }
  if (status()?.tampered === true) return { ...tampered, figures };
  const seen =
    what === "card"
      ? said(
          `a card was read: ${came.format}, ${came.length} characters`,
          `已读到卡：${came.format}，${came.length} 个字符`,
        )
      : said("keys were read", "已收到按键");
  return { verdict: "passed", finding: "read", seen, figures };
}

const lost = (detail: string | null): TestOutcome => ({
  verdict: "failed",
  finding: "lost",
  seen: said(detail ?? "the reader does not answer", detail ?? "读卡器无应答"),
  todo: said("see its supply, wires and device", "请检查供电、接线与设备。"),
});

const tampered: TestOutcome = {
  verdict: "doubtful",
  finding: "tampered",
  seen: said("it reads, and says that its housing is open", "可以读卡，但报告外壳已打开"),
  todo: said("close its housing", "请关闭外壳。"),
};
