/** 开通调试的记录。 */
export const commissioningRecordTextsZh = {
  CommissioningBegan: "{{operator}} 开始开通调试：刷卡不能开门",
  CommissioningEnded: "{{operator}} 结束开通调试：恢复刷卡",
  CommissioningTested: "开通调试测试 {{test}}：{{verdict}}",
  CommissioningTestLeftOut: "{{operator}} 跳过开通调试测试 {{test}}",
  CommissioningTestBroke: "开通调试测试 {{test}} 中断：{{detail}}",
  CommissioningRelease: "{{operator}} 为开通调试测试申请开锁：{{door}}",
  DraftChanged: "{{operator}} 修改站点配置草稿",
  DraftDiscarded: "{{operator}} 放弃站点配置草稿",
  SecretKept: "{{operator}} 保存了密码",
  ConfigurationApplied: "{{operator}} 启用新的站点配置文件：{{reason}}",
  ConfigurationTakenBack: "新的站点配置文件无法运行，已恢复原文件：{{detail}}",
};

export const commissioningVerdictTextsZh = {
  passed: "合格",
  doubtful: "合格，有备注",
  failed: "不合格",
};
