import type { alarmRecordTextsEn } from "./records-alarms-en.ts";
import type { Translated } from "./translated.ts";

export const alarmRecordTextsZh = {
  AlarmRaised: "报警：{{alarm}}",
  AlarmRepeated: "报警再次出现，至今共 {{number}} 次：{{alarm}}",
  AlarmReturned: "报警恢复：{{alarm}}",
  AlarmAcknowledged: "{{by}} 已确认报警：{{alarm}}。{{comment}}",
  AlarmShelved: "{{by}} 已将报警暂时搁置：{{alarm}}。{{reason}}",
  AlarmUnshelved: "报警已取消搁置：{{alarm}}",
  AlarmCommented: "{{by}} 就报警“{{alarm}}”留言：{{comment}}",
  BatteryLow: "电池电量低",
  BatteryRestored: "电池恢复正常",
  ClockUnsynchronised: "时钟已有 {{minutes}} 分钟未与时间服务同步",
  ClockSynchronised: "时钟已恢复同步",
} as const satisfies Translated<typeof alarmRecordTextsEn>;
