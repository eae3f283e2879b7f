import type { Translated } from "./translated.ts";
import type { watchTextsEn } from "./watch-en.ts";

export const watchTextsZh: Translated<typeof watchTextsEn> = {
  title: "值守屏",
  useAsWall: "将本屏用作值守屏",
  nobodyWatches: "本屏无人值守。",
  notPaired: "配对之前不显示任何报警。",
  takenBack: "配对已于 {{time}} 被解除。",
  unreachable: "控制器没有应答，每秒重试一次。",
  pairTitle: "配对本屏",
  pairLead: "配对后，只要开机就一直显示报警和各门状态，无需有人登录。",
  pairWhere: "请在控制台“设备 → 屏幕”中输入此配对码，并选择可显示的内容。配对码十分钟内有效。",
  toSignIn: "前往登录",
  someDoors: "{{name}} · 仅部分联动门",
  nobody: "当前无人登录：登录后方可确认报警。",
  signIn: "在此登录",
  signedIn: "{{name}}（{{role}}）已在此登录",
  left: {
    left: "{{name}} 已退出登录。",
    ended: "{{name}} 的登录已结束。",
  },
  signInLead: "用于确认、备注和暂时搁置报警。无论是否有人登录，本屏都持续值守。",
  close: "关闭",
  refused: {
    notReady: "该账户尚未完成设置，请先在控制台登录。",
    seesLess: "该角色可见的内容少于本屏，登录期间本屏将看不到那些内容。",
  },
};
