import type { proofRecordTextsEn } from "./records-proofs-en.ts";
import type { Translated } from "./translated.ts";

export const proofRecordTextsZh = {
  JournalKeyChanged: "日志链自此使用新密钥签名",
  JournalKeyRotationOrdered: "{{operator}} 下令更换日志链密钥",
  WitnessReturned: "见证方已恢复对日志链的联署",
  WitnessSilent: "日志链未获见证：{{detail}}",
  WitnessContradicted: "见证方所见日志链与本机不一致：{{detail}}",
} as const satisfies Translated<typeof proofRecordTextsEn>;
