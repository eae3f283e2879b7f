import type { cameraTextsEn } from "./cameras-en.ts";
import type { Translated } from "./translated.ts";

export const cameraTextsZh = {
  heading: "摄像机",
  live: "实时",
  liveOf: "实时画面：{{camera}}",
  waiting: "正在等待画面，自动重试……",
  paused: "无人观看，已暂停。",
  evidence: "取证图像",
  evidenceNumber: "第 {{number}} 份",
  loading: "正在加载……",
} as const satisfies Translated<typeof cameraTextsEn>;
