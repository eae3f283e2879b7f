import type { mimicTextsEn } from "./mimic-en.ts";
import type { Translated } from "./translated.ts";

export const mimicTextsZh: Translated<typeof mimicTextsEn> = {
  between: "互锁间人数",
  inside: "内区人数",
  most: "最多 {{number}} 人",
  least: "最少 {{number}} 人",
  and: "、",
  counts: "互锁间 {{between}} 人，内区 {{inside}} 人。",
  nobody: "当前无人通行",
  passage: "正在通行",
  seconds: "{{seconds}} 秒",
  steps: "通行步骤",
  done: "已完成",
  step: {
    card: "刷卡",
    face: "人脸",
    pin: "密码",
    remote: "监控中心确认",
    others: "多人认证",
    count: "清点人脸",
    release: "开锁",
    open: "开门",
    close: "关门",
  },
  progress: "{{present}}/{{of}} 人",
  displays: "门口屏当前显示",
  moreAlarms: "另有 {{number}} 项",
  operate: "操作门：转到监控中心",
};
