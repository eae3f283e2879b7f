import type { liveTextsEn } from "./live-en.ts";
import type { Translated } from "./translated.ts";

export const liveTextsZh: Translated<typeof liveTextsEn> = {
  healed: "连接中断 {{seconds}} 秒后已恢复。记录无缺失：期间新增 {{records}} 条记录。",
  healedLeft:
    "连接中断 {{seconds}} 秒后已恢复。期间新增 {{records}} 条记录，其中最早的 {{left}} 条请到“事件”页面查看。",
  dismiss: "关闭",
  ended: "您已退出登录",
  endedLead: "本页面已停止监视，不再显示任何报警。请重新登录，页面将从原处继续，记录不会缺失。",
  endedSince: "自 {{time}} 起",
  other: "由其他操作员使用本页面",
  newer: "控制器已升级，本页面仍为旧版本。",
  newerSoon: "如无人操作，{{seconds}} 秒后将自动加载新页面。",
  reload: "加载新页面",
};
