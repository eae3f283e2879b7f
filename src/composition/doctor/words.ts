import type { Bilingual } from "../../config/config-error.ts";
import type { ProcessView, SiteState } from "../../ports/controller-services.ts";
import type { CameraFault } from "../../ports/frame-source.ts";
import type { LineLevel } from "../../ports/services/commissioning-finds.ts";
import { inItsWords, said } from "./finding.ts";

export const levels: Readonly<Record<LineLevel, Bilingual>> = {
  open: said("open", "开"),
  closed: said("closed", "关"),
  thrown: said("thrown", "锁舌伸出"),
  retracted: said("retracted", "锁舌缩回"),
  pressed: said("pressed", "按下"),
  idle: said("idle", "未动作"),
  active: said("active", "动作"),
  present: said("present", "正常"),
  absent: said("absent", "断开"),
  good: said("good", "良好"),
  low: said("low", "电量低"),
  secured: said("secured", "已上锁"),
  released: said("released", "已开锁"),
  fault: said("fault", "故障"),
  unread: said("not read", "未读到"),
};

export const processes: Readonly<Record<ProcessView["state"], Bilingual>> = {
  starting: said("starting", "启动中"),
  running: said("running", "运行中"),
  lost: said("lost", "失联"),
};

export const cameraStates: Readonly<Record<SiteState["cameras"][number]["state"], Bilingual>> = {
  starting: said("starting", "启动中"),
  live: said("live", "在线"),
  lost: said("lost", "失联"),
};

const cameraFaults: Readonly<Record<CameraFault, string>> = {
  unreachable: "无法连接",
  unauthorised: "用户名或密码错误",
  notFound: "没有该码流",
  stalled: "长时间没有画面",
  undecodable: "画面无法解码",
  decoderFailed: "解码程序出错",
  notOnvif: "不是 ONVIF 摄像机",
  otherCamera: "是另一台摄像机",
};

/** As `vision/camera-health.ts` says them. */
const pictureFaults: ReadonlyMap<string, string> = new Map([
  ["the picture is black", "画面全黑"],
  ["the picture shows nothing: the lens may be covered", "画面没有内容，镜头可能被遮挡"],
  ["the picture is blurred", "画面模糊"],
  [
    "the picture shows another view than before: the camera may have been turned away",
    "画面视野与此前不同，摄像机可能被转动",
  ],
  ["the picture stands still: every one is the same", "画面静止：每一帧都相同"],
  ["the picture stands still: not even noise moves", "画面静止：连噪点也不变化"],
  ["the same pictures come again and again", "同样的画面反复出现"],
  ["the picture is damaged", "画面损坏"],
  ["no picture yet", "尚无画面"],
]);

const conditions: ReadonlyMap<string, Bilingual> = new Map([
  ["CameraCovered", said("covered or turned away", "被遮挡或转动")],
  ["CameraFrozen", said("the picture stands still", "画面静止")],
  ["CameraLost", said("lost", "失联")],
]);

/** What stands as an alarm of this camera. */
export const conditionText = (type: string): Bilingual =>
  conditions.get(type) ?? inItsWords(type, "摄像机异常");

/** Why a camera cannot be used. */
export function cameraText(detail: string, fault?: CameraFault): Bilingual {
  const known = pictureFaults.get(detail);
  return known === undefined
    ? inItsWords(detail, fault === undefined ? "摄像机异常" : cameraFaults[fault])
    : said(detail, known);
}

/** Several in one line, in each language's own punctuation. */
export const together = (parts: readonly Bilingual[]): Bilingual =>
  said(parts.map(({ en }) => en).join(", "), parts.map(({ zh }) => zh).join("，"));
