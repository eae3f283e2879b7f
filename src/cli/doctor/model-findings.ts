import type { SiteConfiguration } from "../../config/site-schema.ts";
import { ModelError } from "../../drivers/face-nets/model-manifest.ts";
import { openFaceEngine } from "../../drivers/face-nets/open-face-engine.ts";
import { BackendError } from "../../drivers/face-nets/tensorflow/tensorflow.ts";
import { type Finding, said, same } from "./finding.ts";

/** Checks the nets against their manifest, loads them and runs each once. */
export async function modelFindings({ face }: SiteConfiguration): Promise<readonly Finding[]> {
  const common = {
    area: "models",
    subject: "face",
    tried: said("checked the nets against their manifest and ran each once", "按清单校验模型文件并试运行"),
  } as const;
  try {
    await using engine = await openFaceEngine({ backend: face.backend });
    const { id, hash } = engine.model;
    return [
      { ...common, verdict: "good", seen: same(`${id}, ${engine.backend}, sha256 ${hash.slice(0, 12)}…`) },
    ];
  } catch (error) {
    if (!(error instanceof ModelError || error instanceof BackendError)) throw error;
    const todo = said(
      "install the program again: its files are not what was shipped",
      "请重新安装程序:模型文件与发布内容不符。",
    );
    return [{ ...common, verdict: "bad", seen: same(error.message), todo }];
  }
}
