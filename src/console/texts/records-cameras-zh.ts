import type { cameraRecordTextsEn } from "./records-cameras-en.ts";
import type { Translated } from "./translated.ts";

export const cameraRecordTextsZh = {
  CameraTampered: "摄像机被触动：{{camera}}（{{detail}}）",
  CameraTamperEnded: "摄像机恢复正常：{{camera}}",
  CameraInputChanged: "摄像机 {{camera}} 的输入 {{input}} 变化",
  CameraClockDrifted: "摄像机 {{camera}} 的时钟偏差 {{seconds}} 秒",
  CameraClockRight: "摄像机 {{camera}} 的时钟已恢复准确",
  CameraEventsSuppressed: "摄像机 {{camera}} 一小时内另有 {{number}} 条事件未记录",
} satisfies Translated<typeof cameraRecordTextsEn>;
