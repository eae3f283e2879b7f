import { Document, isMap, isScalar, type Pair } from "yaml";
import type { JsonObject } from "../../ports/journal.ts";

/** Before each part of the file, for whoever reads it in an editor. */
const remarks: Readonly<Record<string, string>> = {
  site: " In MQTT topics and file names: choose the id once, never change it.\n 站点编号用于 MQTT 主题和文件名，确定后请勿更改。",
  board:
    " The board and how its lines are driven; the profile says which line is which.\n 主板及线路驱动方式；每路线的定义见 profile。",
  vestibules:
    " Door pairs, each under one interlock; at their access points readers and cameras.\n 联动门，每组一个互锁；其出入口有读卡器和摄像机。",
  cameras: " Passwords stand in files of their own, never here.\n 密码保存在单独文件中，切勿写在此处。",
  mqtt: " Where the security centre hears of it.\n 监控中心使用的 MQTT 服务器。",
  accessLevels:
    " Who may pass where and when; changed in the console afterwards.\n 权限组，之后可在控制台修改。",
  lines: " By meaning: which line of which chip it is.\n 按含义列出：对应芯片的哪一路线。",
};

const head = (what: string): string =>
  ` ${what}, as it was written by commissioning (开通调试). \`vestibule check-config\` checks it.`;

/** YAML with its remarks. */
export function siteText(site: JsonObject): string {
  return written(site, head("The site's file"));
}

export function boardText(board: JsonObject): string {
  return written(board, head("The board's profile with this site's lines"));
}

function written(tree: JsonObject, comment: string): string {
  const document = new Document(tree);
  document.commentBefore = comment;
  if (isMap(document.contents)) for (const pair of document.contents.items as Pair[]) remark(pair);
  return document.toString({ lineWidth: 120 });
}

function remark({ key }: Pair): void {
  if (!isScalar(key)) return;
  const text = remarks[String(key.value)];
  key.spaceBefore = true;
  if (text !== undefined) key.commentBefore = text;
}
