import type { alarmActionRecordTextsEn, alarmActionTextsEn } from "./records-alarm-actions-en.ts";
import type { Translated } from "./translated.ts";

export const alarmActionRecordTextsZh = {
  AlarmActionDone: "已为“{{alarm}}”执行联动：{{action}} {{means}}",
  AlarmActionFailed: "“{{alarm}}”的联动失败：{{action}} {{means}}。{{detail}}",
  AlarmOutputEnded: "输出 {{means}} 已复位：“{{alarm}}”",
  AlarmOutputFault: "输出 {{means}} 无法控制：{{detail}}",
  CameraPresetRequested: "已请视频监控系统转动“{{camera}}”：“{{alarm}}”",
  CameraWatched: "{{operator}}实时查看“{{camera}}”",
} as const satisfies Translated<typeof alarmActionRecordTextsEn>;
export const alarmActionTextsZh = {
  output: "输出",
  preset: "预置位",
  webhook: "外部通知",
  mail: "邮件",
  cctv: "已通知视频监控系统",
} as const satisfies Translated<typeof alarmActionTextsEn>;
