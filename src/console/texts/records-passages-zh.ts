import type { passageRecordTextsEn } from "./records-passages-en.ts";

export const passageRecordTextsZh: Record<keyof typeof passageRecordTextsEn, string> = {
  RemoteVerificationStarted: "{{operator}} 正在{{where}}核对未带卡的{{who}}。{{reason}}",
  FaceMatched: "人脸与{{who}}相符，{{where}}还需继续验证",
  PinAsked: "请求输入密码：{{where}}",
  PinEntered: "已输入密码：{{where}}",
  RemoteGrantAsked: "{{who}}在{{where}}等待操作员远程放行",
  PersonVerified: "{{who}}已通过验证：{{where}}",
  FaceCountAsked: "正在清点两门之间的人脸数",
  TailgatingFound: "尾随：两门之间的人数多于已验证人数，{{door}}保持上锁",
  AntiPassbackNoticed: "防反潜回：{{who}}的所在区域与本次通行不符，{{where}}",
  AccessWithdrawn: "撤销放行：{{who}}，{{where}}，{{reason}}。门若尚未打开即重新上锁",
  DuressSignalled: "胁迫：{{who}}被人挟持，{{where}}",
  KeypadLockoutEnded: "{{where}}的键盘恢复使用",
  DuressHoldEnded: "胁迫处置结束，内门恢复正常放行",
};
