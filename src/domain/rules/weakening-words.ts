import type { DayKind } from "../access/schedule.ts";
import type { WeakenedRule, Weakening } from "./weakening.ts";

/** What became weaker, in words; where and how much are added by `weakeningText`. */
const words: Readonly<Record<WeakenedRule, readonly [en: string, zh: string]>> = {
  people: ["fewer people needed", "所需人数减少"],
  window: ["longer window between people", "多人认证间隔延长"],
  directions: ["several people on the way in only", "仅进入时须多人认证"],
  group: ["a group no longer needed", "不再要求某组人员"],
  remoteGrant: ["no operator looks any more", "不再须监控中心确认"],
  antiPassback: ["anti-passback lowered", "防反潜回级别降低"],
  vestibuleMax: ["more people between the doors", "互锁间允许人数增加"],
  secureMax: ["more people in the secure area", "内区允许人数增加"],
  secureMin: ["fewer people may stay inside", "内区最少人数降低"],
  countFaces: ["faces are no longer counted", "不再清点人脸"],
  countingCamera: ["faces are counted by another camera", "改用其他摄像机清点人脸"],
  duress: ["duress opens more", "胁迫时开放更多"],
  duressGesture: ["duress gesture changed", "胁迫手势变更"],
  duressPin: ["kind of duress PIN changed", "胁迫密码方式变更"],
  maxFailures: ["more failures before lock-out", "锁定前允许失败次数增加"],
  lockoutTime: ["shorter lock-out", "锁定时长缩短"],
  liveness: ["liveness lowered", "活体检测级别降低"],
  releaseTime: ["longer release", "开锁时间延长"],
  relockOnOpen: ["lock stays released when opened", "开门后不立即上锁"],
  relockDelay: ["later relock", "上锁延迟增加"],
  heldOpenTime: ["later held-open alarm", "开门超时报警推迟"],
  bolt: ["bolt sensor no longer used", "不再使用锁舌检测"],
  boltTime: ["later lock-fault alarm", "门锁故障报警推迟"],
  flapLimit: ["flapping contact believed longer", "门磁抖动限值提高"],
  stuckContactLimit: ["stuck contact believed longer", "门磁卡滞限值提高"],
  settleTime: ["shorter dead time between the doors", "两门间隔时间缩短"],
  overrideTime: ["longer override", "应急开启时间延长"],
  dwellTime: ["later alarm of a person detained", "人员滞留报警推迟"],
  onFire: ["fire releases more doors", "消防联动释放更多门"],
  heartbeatTime: ["silence noticed later", "失联判定推迟"],
  faceThreshold: ["looser face threshold", "人脸阈值放宽"],
  falseMatchRate: ["more false matches allowed", "允许误识率提高"],
  minFrames: ["fewer frames must agree", "所需一致帧数减少"],
  frameMaxAge: ["older frames count", "允许更旧的图像"],
  livenessTime: ["faces watched for less time", "活体观察时间缩短"],
  challengeCount: ["fewer movements asked for", "动作指令减少"],
  vote: ["no second recogniser votes", "不再由第二识别器复核"],
  easyPins: ["PINs that are easy to guess will do", "允许容易猜到的 PIN"],
  fourEyes: ["no second operator is asked for", "不再双人复核"],
  secondFactor: ["signs in by password alone", "仅凭密码登录"],
  levelPlaces: ["level opens more places", "权限组可通行处增加"],
  levelTimes: ["level opens at more times", "权限组可通行时段增加"],
  levelMode: ["level asks for less", "权限组验证要求降低"],
  levelLiveness: ["level's liveness lowered", "权限组活体检测级别降低"],
  levelWithoutFace: ["new level without a face", "新增不比对人脸的权限组"],
  levelReturns: ["a level comes back to those who still have it", "已删除的权限组对原有持卡人重新生效"],
  firstPerson: ["first person in changed", "首人进入规则变更"],
  holidayAdded: ["new holiday opens more", "新增节假日开放更多时段"],
  holidayRemoved: ["holiday removed", "取消节假日"],
  dayChanged: ["day opens more", "该日开放更多时段"],
  priority: ["priority of fire and lockdown changed", "消防与全部锁闭的优先级变更"],
  timeZone: ["time zone changed", "时区变更"],
};

const dayWords: Readonly<Record<DayKind, readonly [en: string, zh: string]>> = {
  monday: ["Monday", "周一"],
  tuesday: ["Tuesday", "周二"],
  wednesday: ["Wednesday", "周三"],
  thursday: ["Thursday", "周四"],
  friday: ["Friday", "周五"],
  saturday: ["Saturday", "周六"],
  sunday: ["Sunday", "周日"],
  holiday: ["holiday", "节假日"],
  halfDay: ["half day", "半日"],
  yearEnd: ["year-end closing day", "年终决算日"],
  special: ["special day", "特殊日"],
};
const isDay = (text: string): text is DayKind => Object.hasOwn(dayWords, text);

export interface WeakeningText {
  readonly en: string;
  readonly zh: string;
}

/** `fewer people needed at v1/inner: 2 → 1`. */
export function weakeningText({ rule, where, before, after }: Weakening): WeakeningText {
  const [en, zh] = words[rule];
  const say = (text: string, language: 0 | 1): string =>
    rule === "dayChanged" && isDay(text) ? dayWords[text][language] : text;
  const change = (language: 0 | 1): string =>
    before === "" && after === "" ? "" : `${say(before, language)} → ${say(after, language)}`.trim();
  return {
    en: `${en}${where === "" ? "" : ` at ${where}`}${change(0) === "" ? "" : `: ${change(0)}`}`,
    zh: `${zh}${where === "" ? "" : `（${where}）`}${change(1) === "" ? "" : `：${change(1)}`}`,
  };
}
