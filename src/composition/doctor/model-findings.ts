import type { SiteConfiguration } from "../../config/site-schema.ts";
import { ModelError } from "../../drivers/face-nets/model-manifest.ts";
import { BackendError } from "../../drivers/face-nets/tensorflow/tensorflow.ts";
import type { PassedOver } from "../../ports/face-engine.ts";
import { openSiteFaces } from "../site-faces.ts";
import { type Finding, inItsWords, said, same } from "./finding.ts";
import { recogniserFindings, templateFindings } from "./recogniser-findings.ts";

/** Not there is not missing: tfjs-node is optional, and slower than this. */
const fastest = "onnx";

/** It works, and takes ten times as long for each face. */
export function slownessFindings(passedOver: readonly PassedOver[]): readonly Finding[] {
  return passedOver.filter(({ backend }) => backend === fastest).map(slowness);
}

function slowness({ backend, reason }: PassedOver): Finding {
  return {
    area: "models",
    subject: backend,
    verdict: "doubtful",
    tried: said("loaded the fastest face engine and ran its self-test", "加载最快的人脸计算引擎并运行自检"),
    seen: said(
      `not taken, faces are compared ten times slower: ${reason}`,
      `未采用，人脸比对速度降为约十分之一（原文：${reason}）`,
    ),
    todo: said(
      "install the program again (a source tree: run scripts/start); if it stays, the processor or system lacks something that ONNX Runtime takes",
      "请重新安装程序（源码目录请运行 scripts/start）；若仍如此，则处理器或系统不满足 ONNX Runtime 的要求。",
    ),
  };
}

/** Checks the nets against their manifest, loads them and runs each once. */
export async function modelFindings({ face, data }: SiteConfiguration): Promise<readonly Finding[]> {
  const common = {
    area: "models",
    subject: "face",
    tried: said("checked the nets against their manifest and ran each once", "按清单校验模型文件并试运行"),
  } as const;
  try {
    const faces = await openSiteFaces(face, data.directory);
    await using engine = faces.engine;
    const { id, hash } = engine.model;
    return [
      { ...common, verdict: "good", seen: same(`${id} · ${engine.backend} · sha256 ${hash.slice(0, 12)}…`) },
      ...slownessFindings(engine.passedOver ?? []),
      ...recogniserFindings(face, faces),
      ...templateFindings(data.directory, engine),
    ];
  } catch (error) {
    if (!(error instanceof ModelError || error instanceof BackendError)) throw error;
    const todo = said(
      "where it is about the site's own recogniser, do what it says; else install the program again: its files are not what was shipped",
      "若与本站点自备的识别模型有关，请按提示处理；否则请重新安装程序：模型文件与发布内容不符。",
    );
    return [{ ...common, verdict: "bad", seen: inItsWords(error.message, "人脸模型无法使用"), todo }];
  }
}
