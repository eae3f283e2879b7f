import { existsSync, lstatSync } from "node:fs";
import type { SiteConfiguration } from "../../config/site-schema.ts";
import { formerKeyFile, keyFile } from "../../drivers/site-key/site-keys.ts";
import { type Finding, said } from "./finding.ts";

/** The file only, never what is in it: doctor may be run by somebody who is not to know the key. */
export function keyFindings({ data: { directory } }: SiteConfiguration): readonly Finding[] {
  const file = keyFile(directory);
  const common = {
    area: "disk",
    subject: "site.key",
    tried: said("looked at the key file's owner and mode", "检查密钥文件的属主和权限"),
  } as const;
  if (existsSync(formerKeyFile(directory))) {
    return [
      {
        ...common,
        verdict: "doubtful",
        seen: said(
          "two keys: not everything is sealed with the new one yet",
          "有两把密钥，尚未全部用新密钥加密",
        ),
        todo: said(
          "let the service run, or run vestibule key rotate with it stopped; the journal says what holds it up",
          "请让服务继续运行，或停止服务后运行 vestibule key rotate；受阻原因见日志链。",
        ),
      },
    ];
  }
  if (!existsSync(file)) return [];
  const { mode, uid } = lstatSync(file);
  const isPrivate = (mode & 0o077) === 0;
  const bits = (mode & 0o777).toString(8).padStart(4, "0");
  const seen = said(`uid ${uid}, ${bits}`, `属主 uid ${uid}，权限 ${bits}`);
  if (isPrivate) return [{ ...common, verdict: "good", seen }];
  const todo = said(
    "find out who read it, then chmod 600 it and change the key",
    "请查明何人读取过，执行 chmod 600 并更换密钥。",
  );
  return [{ ...common, verdict: "bad", seen, todo }];
}
