import type { keepingRecordTextsEn } from "./records-keeping-en.ts";
import type { Translated } from "./translated.ts";

export const keepingRecordTextsZh = {
  BackupMade: "已完成备份，截至第 {{last}} 条记录：{{file}}",
  BackupFailed: "备份失败：{{detail}}",
  JournalRestored: "{{operator}}已用备份恢复本机，备份截至第 {{last}} 条记录",
  JournalCarriedForward: "清理旧记录前，重新写入其中仍然有效的内容",
  JournalPruned: "第 {{from}} 至 {{to}} 条记录已到期清理，由检查点 {{checkpoint}} 签名覆盖",
} satisfies Translated<typeof keepingRecordTextsEn>;
