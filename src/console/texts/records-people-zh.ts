import type { peopleRecordTextsEn } from "./records-people-en.ts";

export const peopleRecordTextsZh: Record<keyof typeof peopleRecordTextsEn, string> = {
  CardStatusChanged: "{{operator}} 将{{who}}的卡 {{card}} 改为 {{status}}",
  PinSet: "{{operator}} 设置了{{who}}的 PIN",
  PinRemoved: "{{operator}} 取消了{{who}}的 PIN",
  CardholdersImported: "{{operator}} 导入了名单，共 {{people}} 人",
  CardholderImportAbandoned: "名单未导入，其中无人被添加",
  AreaReset: "{{operator}} 重新设定了{{who}}的所在区域",
  ConsentRecorded: "{{operator}} 记录了{{who}}同意使用人脸信息",
  ConsentWithdrawn: "{{operator}} 记录了{{who}}撤回同意，照片与人脸模板已删除",
  PhotoViewed: "{{operator}} 查看了{{who}}的照片",
  CardholdersExported: "{{operator}} 导出了人员名单",
};
