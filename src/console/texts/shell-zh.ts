import type { shellTextsEn } from "./shell-en.ts";
import type { Translated } from "./translated.ts";

export const shellTextsZh: Translated<typeof shellTextsEn> = {
  menu: "菜单",
  skip: "跳到页面内容",
  loading: "请稍候……",
  noPage: "没有此页面，或您的角色无权查看。",
  theme: { auto: "自动", light: "浅色", dark: "深色" },
  themeLabel: "配色：{{now}}。切换为{{next}}",
  group: {
    watch: "监控",
    people: "人员",
    rules: "规则",
    records: "记录",
    box: "设备",
  },
  page: {
    cardholders: "持卡人",
    cardholder: "持卡人",
    groups: "组",
    commissioning: "开通调试",
    reports: "报表",
    centre: "报警",
    approvals: "双人复核",
    operators: "操作员",
    tokens: "访问令牌",
    account: "我的账户",
    doors: "门状态",
    events: "事件",
    demo: "演示",
  },
};
