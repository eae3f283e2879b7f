import type { proofRecordTextsEn } from "./records-proofs-en.ts";
import type { Translated } from "./translated.ts";

export const proofRecordTextsZh = {
  JournalKeyChanged: "日志链自此使用新密钥签名",
  JournalKeyRotationOrdered: "{{operator}} 下令更换日志链密钥",
  WitnessReturned: "见证方已恢复对日志链的联署",
  WitnessSilent: "日志链未获见证：{{detail}}",
  WitnessAheadOfBackup:
    "见证方所见多于备份所含：见证方已见到第 {{saw}} 条记录，备份截至第 {{last}} 条；有 {{lost}} 条已获见证的记录不在本机日志链中",
  WitnessForgot: "见证方丢失了先前的见证状态：原已见证至第 {{saw}} 条记录，现仅至第 {{now}} 条",
  WitnessContradicted: "见证方所见日志链与本机不一致：{{detail}}",
} as const satisfies Translated<typeof proofRecordTextsEn>;
