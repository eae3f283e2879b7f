import { existsSync } from "node:fs";
import type { SiteConfiguration } from "../../config/site-schema.ts";
import { directoryFile } from "../../drivers/sqlite/open-database.ts";
import { openTemplatesForReading } from "../../drivers/sqlite/open-for-reading.ts";
import type { FaceEngine } from "../../ports/face-engine.ts";
import { StorageFault } from "../../ports/journal.ts";
import type { SiteFaces } from "../site-faces.ts";
import { type Finding, inItsWords, said } from "./finding.ts";

/** Of recognisers that the site has put in itself. */
export function recogniserFindings(
  { recogniser }: SiteConfiguration["face"],
  { engine, fallback }: SiteFaces,
): readonly Finding[] {
  const tried = said("checked manifest, licence, file and thresholds", "检查清单、许可证、模型文件和阈值");
  const findings: Finding[] = [];
  if (fallback !== undefined && recogniser !== undefined) {
    const seen = said(
      `NOT in use, the shipped net describes: ${fallback}`,
      `未使用，已改用随附模型（原文：${fallback}）`,
    );
    const todo = said(
      "do what it says, or take face.recogniser out",
      "请按提示处理，或删除 face.recogniser。",
    );
    findings.push({ area: "models", subject: recogniser, verdict: "bad", tried, seen, todo });
  }
  if (engine.second !== undefined) {
    const seen = said(
      `${engine.second.id} votes: both must agree`,
      `${engine.second.id} 参与表决，两者须一致`,
    );
    findings.push({ area: "models", subject: "vote", verdict: "good", tried, seen });
  }
  return findings;
}

/** Whoever was enrolled and lacks a template of the models in use is not let in. */
export function templateFindings(directory: string, engine: FaceEngine): readonly Finding[] {
  if (!existsSync(directoryFile(directory))) return [];
  const common = {
    area: "models",
    subject: "templates",
    tried: said("counted the templates of everybody enrolled", "统计已注册人员的人脸模板"),
  } as const;
  const models = [engine.model.id, ...(engine.second === undefined ? [] : [engine.second.id])];
  try {
    using templates = openTemplatesForReading(directory);
    const { enrolled, without, due, refused } = templates.coverage(models);
    if (without === 0)
      return [{ ...common, verdict: "good", seen: said(`all ${enrolled} enrolled`, `${enrolled} 人齐全`) }];
    const seen = said(
      `${without} of ${enrolled} people have none for ${models.join(", ")}; ${due} photos are still to be described, ${refused} give none`,
      `${enrolled} 人中有 ${without} 人没有 ${models.join("、")} 的模板；${due} 张照片待处理，${refused} 张无法使用`,
    );
    const todo = said(
      "let the service run, it computes them by itself (or vestibule cardholder recompute); whose photo gives none is enrolled anew",
      "请让服务继续运行，它会自动计算（也可运行 vestibule cardholder recompute）；照片无法使用的人员请重新注册。",
    );
    return [{ ...common, verdict: due > 0 ? "doubtful" : "bad", seen, todo }];
  } catch (error) {
    if (!(error instanceof StorageFault)) throw error;
    return [{ ...common, verdict: "doubtful", seen: inItsWords(error.message, "人员数据无法读取") }];
  }
}
