import type { ruleRecordTextsEn, ruleTextsEn } from "./records-rules-en.ts";
import type { Translated } from "./translated.ts";

export const ruleRecordTextsZh = {
  ConfigurationChanged: "{{changer}}变更了规则：{{rules}}。{{reason}}",
  RulesInForce: "自此记录起，各出入口按这些规则判定",
  ConfigurationRefused: "变更后的规则未生效：{{rules}}。{{why}}",
} satisfies Translated<typeof ruleRecordTextsEn>;

export const ruleTextsZh = {
  siteFile: "站点配置文件",
  kind: {
    "access-levels": "权限组",
    schedules: "时段",
    holidays: "节假日",
    settings: "运行设置",
    "site-file": "配置文件内容",
  },
} satisfies Translated<typeof ruleTextsEn>;
