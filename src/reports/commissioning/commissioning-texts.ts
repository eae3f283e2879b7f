import type { CommissioningStep, TestView } from "../../ports/services/commissioning-services.ts";

export interface CommissioningTexts {
  readonly title: string;
  readonly heading: readonly string[];
  readonly states: Readonly<Record<TestView["state"], string>>;
  readonly steps: Readonly<Record<CommissioningStep, string>>;
  readonly wiring: string;
  readonly input: string;
  readonly output: string;
  readonly openPoints: string;
  readonly noOpenPoints: string;
  readonly leftOut: string;
  readonly todo: string;
  readonly colon: string;
  readonly comment: string;
  readonly figures: string;
  readonly facts: Readonly<
    Record<
      "site" | "box" | "board" | "begun" | "ended" | "configuration" | "position" | "hash" | "signed",
      string
    >
  >;
  readonly signed: string;
  readonly summary: string;
  readonly count: (passed: number, doubtful: number, failed: number, untried: number) => string;
  readonly pageOf: (page: number, of: number) => string;
}

const en: CommissioningTexts = {
  title: "Commissioning report",
  heading: ["Test", "Verdict", "What was seen", "By", "When"],
  states: {
    passed: "passed",
    doubtful: "with a remark",
    failed: "FAILED",
    untried: "not tried",
    outdated: "to be tried again",
  },
  steps: {
    board: "Board",
    lines: "Lines",
    doors: "Doors, locks and bolts",
    readers: "Readers",
    cameras: "Cameras",
    clock: "Clock",
    broker: "Broker",
    interlock: "The interlock, shown step by step",
  },
  wiring: "Wiring",
  input: "input",
  output: "output",
  openPoints: "Open points",
  noOpenPoints: "none",
  leftOut: "left out",
  todo: "To do",
  colon: ": ",
  comment: "Comment",
  figures: "Figures",
  facts: {
    site: "Site",
    box: "Box",
    board: "Board",
    begun: "Begun",
    ended: "Ended",
    configuration: "Configuration (SHA-256)",
    position: "Journal position",
    hash: "Journal hash",
    signed: "Signature",
  },
  signed:
    "in report.note, by the key of the journal: vestibule commission verify REPORT.pdf REPORT.note --key KEY",
  summary: "Summary",
  count: (passed, doubtful, failed, untried) =>
    `${passed} passed, ${doubtful} with a remark, ${failed} failed, ${untried} not tried`,
  pageOf: (page, of) => `page ${page} of ${of}`,
};

const zh: CommissioningTexts = {
  title: "开通调试报告",
  heading: ["测试项目", "结论", "现象", "操作人", "时间"],
  states: {
    passed: "合格",
    doubtful: "合格（有备注）",
    failed: "不合格",
    untried: "未测试",
    outdated: "需重新测试",
  },
  steps: {
    board: "主板",
    lines: "线路",
    doors: "门、电锁与锁舌",
    readers: "读卡器",
    cameras: "摄像机",
    clock: "时钟",
    broker: "MQTT 服务器",
    interlock: "双门互锁逐步演示",
  },
  wiring: "接线表",
  input: "输入",
  output: "输出",
  openPoints: "遗留问题",
  noOpenPoints: "无",
  leftOut: "未做",
  todo: "处理",
  colon: "：",
  comment: "备注",
  figures: "数据",
  facts: {
    site: "站点",
    box: "设备",
    board: "主板",
    begun: "开始",
    ended: "结束",
    configuration: "配置（SHA-256）",
    position: "日志序号",
    hash: "日志哈希",
    signed: "签名",
  },
  signed: "见 report.note，由日志密钥签名：vestibule commission verify REPORT.pdf REPORT.note --key KEY",
  summary: "汇总",
  count: (passed, doubtful, failed, untried) =>
    `合格 ${passed} 项，有备注 ${doubtful} 项，不合格 ${failed} 项，未测试 ${untried} 项`,
  pageOf: (page, of) => `第 ${page} 页，共 ${of} 页`,
};

export const commissioningTexts: Readonly<Record<"en" | "zh", CommissioningTexts>> = { en, zh };
