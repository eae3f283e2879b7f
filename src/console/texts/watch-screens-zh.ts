import type { Translated } from "./translated.ts";
import type { watchScreenTextsEn } from "./watch-screens-en.ts";

export const watchScreenTextsZh: Translated<typeof watchScreenTextsEn> = {
  title: "值守屏",
  lead: "监控中心墙上的屏幕只要开机就持续值守，无需有人登录。它只能查看，不能进行任何操作。",
  open: "请在该屏幕上打开此地址：{{address}}",
  pair: "配对值守屏",
  code: "值守屏上的配对码",
  doPair: "配对值守屏",
  paired: "已配对：“{{name}}”两秒内开始值守。",
  waiting: "“{{name}}”已开始值守。显示胁迫须由第二位操作员复核。",
  changed: "已变更：“{{name}}”已按新设置显示。",
  name: "名称",
  nameExample: "监控中心左墙",
  shows: "联动门",
  allPairs: "全部（含以后新增的）",
  pictures: "报警所附的取证图像",
  duress: "胁迫",
  duressWarning:
    "此后任何能看到该屏幕的人，无论昼夜，都能看到有人被胁迫。仅可用于只有保卫人员进入的场所。该变更会被记录并触发报警；启用双人复核时须由第二位操作员确认。",
  yes: "显示",
  no: "不显示",
  change: "变更",
  changeOf: "变更“{{name}}”",
  unpairAsk: "解除“{{name}}”的配对？该屏将立即停止接收任何信息，并显示无人值守。",
  none: "尚无值守屏。",
  failed: "无法读取值守屏列表。",
};
