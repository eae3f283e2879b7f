import type { evidenceRecordTextsEn } from "./records-evidence-en.ts";
import type { Translated } from "./translated.ts";

export const evidenceRecordTextsZh = {
  AlarmEvidenceAdded: "报警已附取证图像：{{alarm}}",
  EvidenceCaptured: "已保存取证图像：{{where}}",
  EvidenceNotKept: "取证图像未能保存：{{detail}}",
  EvidenceViewed: "{{operator}} 查看了取证图像",
  EvidencePruned: "{{files}} 份取证图像到期，已按规定删除",
  EvidenceNotDeleted: "到期的取证图像未能删除：{{detail}}",
  EvidenceSpaceExceeded: "报警取证图像已超出存储上限，且尚未到期，不得删除",
  EvidenceSpaceRestored: "取证图像已回到存储上限以内",
  EvidenceAudited: "全部取证图像核查完毕：共 {{files}} 份，异常 {{found}} 份",
  EvidenceMissing: "取证图像缺失，且没有删除记录",
  EvidenceAltered: "取证图像与保存时不一致",
} satisfies Translated<typeof evidenceRecordTextsEn>;
