import type { AlarmPlace, AlarmType } from "./alarm.ts";

interface Name {
  readonly en: string;
  readonly zh: string;
}

/** What an alarm is called outside the console: in a mail, in a bookmark. The same words as there (domain.md §8). */
export const alarmNames: Readonly<Record<AlarmType | "ClockUnsynchronised" | "BatteryLow", Name>> = {
  Duress: { en: "Duress", zh: "胁迫" },
  InterlockViolated: { en: "Both doors open", zh: "两门同时打开" },
  EmergencyRelease: { en: "Emergency release", zh: "消防联动释放" },
  EmergencyOverride: { en: "Emergency override", zh: "应急开启" },
  PersonDetained: { en: "Person detained", zh: "人员滞留" },
  Tampered: { en: "Tampering", zh: "防拆报警" },
  MainsLost: { en: "Mains lost", zh: "市电中断" },
  DoorForcedOpen: { en: "Door forced open", zh: "强行开门" },
  DoorHeldOpen: { en: "Door held open", zh: "开门超时" },
  LockFault: { en: "Lock fault", zh: "门锁故障" },
  ContactFault: { en: "Contact fault", zh: "门磁故障" },
  Tailgating: { en: "Tailgating", zh: "尾随" },
  PresentationAttack: { en: "Presentation attack", zh: "假体攻击" },
  UnknownCard: { en: "Unknown card", zh: "非法读卡" },
  LostCardUsed: { en: "Lost card used", zh: "挂失卡被使用" },
  RepeatedDenials: { en: "Repeated refusals", zh: "连续拒绝" },
  CameraLost: { en: "Camera lost", zh: "摄像机失联" },
  CameraFrozen: { en: "Camera picture frozen", zh: "摄像机画面静止" },
  CameraCovered: { en: "Camera covered or turned away", zh: "摄像机被遮挡或被转向" },
  CameraClockDrift: { en: "Camera clock wrong", zh: "摄像机时钟不准" },
  ReaderLost: { en: "Reader lost", zh: "读卡器失联" },
  ControllerLost: { en: "Controller lost", zh: "控制器失联" },
  VisionLost: { en: "Vision lost", zh: "人脸识别失联" },
  BrokerLost: { en: "Broker lost", zh: "消息服务失联" },
  StorageFault: { en: "Storage fault", zh: "存储故障" },
  DiskNearlyFull: { en: "Disk nearly full", zh: "磁盘将满" },
  ClockStepped: { en: "Clock stepped", zh: "时钟跳变" },
  ClockUnsynchronised: { en: "Clock not synchronised", zh: "时钟未同步" },
  BatteryLow: { en: "Battery low", zh: "电池电量低" },
  JournalUnwitnessed: { en: "Record not witnessed", zh: "日志链未获见证" },
  BackupOverdue: { en: "Backup overdue", zh: "备份逾期" },
  AuditBroken: { en: "Record altered", zh: "日志链被篡改" },
  AlarmActionFailed: { en: "Alarm action failed", zh: "报警联动失败" },
  CentreRequestsRefused: { en: "Requests from outside refused", zh: "外部请求被拒绝" },
  ConfigurationChanged: { en: "Configuration changed", zh: "配置变更" },
};

const doorNames = {
  outer: { en: "outer door", zh: "外门" },
  inner: { en: "inner door", zh: "内门" },
} as const;
const accessPointNames = {
  "outer-entry": { en: "outer door, in", zh: "外门·进" },
  "outer-exit": { en: "outer door, out", zh: "外门·出" },
  "inner-entry": { en: "inner door, in", zh: "内门·进" },
  "inner-exit": { en: "inner door, out", zh: "内门·出" },
} as const;

/** Where it is: `v1, outer door`; `camera street`; the whole site where nothing else is known. */
export function placeName({ vestibule, door, accessPoint, camera }: AlarmPlace): Name {
  const part =
    accessPoint === undefined
      ? door === undefined
        ? undefined
        : doorNames[door]
      : accessPointNames[accessPoint];
  const seenBy = camera === undefined ? undefined : { en: `camera ${camera}`, zh: `摄像机 ${camera}` };
  const pair = vestibule === undefined ? undefined : { en: vestibule, zh: vestibule };
  const parts = [pair, part, seenBy].filter((one) => one !== undefined);
  if (parts.length === 0) return { en: "the site", zh: "全站" };
  return { en: parts.map(({ en }) => en).join(", "), zh: parts.map(({ zh }) => zh).join("，") };
}
