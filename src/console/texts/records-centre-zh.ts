/** 监控中心通过 MQTT 提出的请求及其结果。 */
export const centreRecordTextsZh = {
  ReplayRequested: "监控中心请求重发 {{after}} 之后的事件",
  CentreRequestAccepted: "已接受监控中心请求：{{action}}，请求人 {{operators}}。{{reason}}",
  CentreRequestCarriedOut: "监控中心请求 {{action}} 的结果：{{outcome}}",
  CentreRequestRefused: "拒绝外部请求 {{action}}：{{why}}",
  CentreRequestsSuppressed: "另有 {{number}} 个外部请求被拒绝",
  CentreRequestsFlooding: "外部请求过于频繁：{{seconds}} 秒内不再接收",
};
