import type { operationTextsEn } from "./operations-en.ts";
import type { Translated } from "./translated.ts";

export const operationTextsZh = {
  mode: {
    normal: "正常运行",
    degraded: "降级运行",
    override: "应急开启",
    lockdown: "全部锁闭",
    emergency: "消防联动释放：门已开锁",
    silent: "互锁进程无响应：门的状态未知。",
    missing: "部分设备异常，请看下方系统状态。",
    overridden: "两名操作员已将门开锁，到时自动结束。",
    fireActive: "消防输入报火警。在其恢复并由操作员复位之前，门保持开锁。",
    fireQuiet: "消防输入已恢复。在操作员复位之前，门保持开锁。",
    lockedBy: {
      order: "操作员下令：所有门不再开锁。",
      input: "由开关触发：所有门不再开锁。",
      both: "操作员下令，且开关已触发：所有门不再开锁。",
    },
    note: {
      detained: "有人在两门之间滞留过久",
      tampered: "机箱已打开",
      mains: "市电中断",
      battery: "电池电量低",
      fireFault: "消防输入无法读取",
    },
  },
  waiting: {
    who: "{{who}} 正在等待操作员确认：{{accessPoint}}。请先查看摄像机画面。",
    somebody: "有人",
    grant: "准予通行",
    deny: "拒绝通行",
  },
  operations: {
    heading: "操作员操作",
    why: "原因（写入日志）",
    needsReason: "请先填写原因。",
    cancel: "取消",
    which: "选择门",
    join: "作为第二名操作员确认",
    proposedBy: "{{who}} 申请应急开启：{{doors}}。第二名操作员可在半分钟内确认。",
    proposedByYou: "您已申请应急开启：{{doors}}。第二名操作员须在半分钟内，用自己的账号在另一处登录后确认。",
    notRecorded: "已执行。日志暂时无法写入，存储恢复后将补记。",
    failed: "未执行：{{detail}}",
    lockdown: {
      button: "全部锁闭",
      explained:
        "立即将两扇门上锁。在解除之前，刷卡和出门按钮都不能开门，重启后仍然有效。两门之间的人员将留在原处。",
      confirm: "立即锁闭",
    },
    lift: {
      button: "解除锁闭",
      explained: "刷卡和出门按钮恢复正常开门。",
      confirm: "立即解除",
    },
    override: {
      button: "应急开启",
      explained:
        "在一段时间内将门开锁，不受另一扇门影响，两扇门可能同时打开。须由两名操作员各用自己的账号登录，在半分钟内申请同样的门。",
      confirm: "提出申请",
    },
    reset: {
      button: "复位消防联动",
      explained: "将消防联动释放的门重新上锁。请确认已无人需要通行。",
      confirm: "立即复位",
    },
    failure: {
      "nobody-waits": "那里已无人等待。",
      "same-person": "您已经申请过，须由第二名操作员确认。",
      "locked-down": "全部锁闭优先于应急开启，请先解除。",
      "interlock-silent": "互锁进程尚未确认。请先查看门的状态，再重试。",
      "emergency-active": "消防输入仍在报火警。请先复位消防主机或紧急破玻。",
      "no-emergency": "当前没有消防联动需要复位。",
    },
  },
} as const satisfies Translated<typeof operationTextsEn>;
