import type { evidenceRecordTextsEn } from "./records-evidence-en.ts";
import type { Translated } from "./translated.ts";

export const evidenceRecordTextsZh = {
  AlarmEvidenceAdded: "报警已附取证资料：{{alarm}}",
  EvidenceCaptured: "已保存取证资料：{{where}}",
  EvidenceNotKept: "取证资料未能保存：{{detail}}",
  EvidenceViewed: "{{operator}} 查看了取证资料",
  EvidencePruned: "{{files}} 份取证资料到期，已按规定删除",
  EvidenceNotDeleted: "到期的取证资料未能删除：{{detail}}",
  EvidenceSpaceExceeded: "报警取证资料已超出存储上限，且尚未到期，不得删除",
  EvidenceSpaceRestored: "取证资料已回到存储上限以内",
  EvidenceAudited: "全部取证资料核查完毕：共 {{files}} 份，异常 {{found}} 份",
  EvidenceMissing: "取证资料缺失，且没有删除记录",
  EvidenceAltered: "取证资料与保存时不一致",
} satisfies Translated<typeof evidenceRecordTextsEn>;
