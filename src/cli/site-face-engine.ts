import { openSiteFaces } from "../composition/site-faces.ts";
import { ConfigError, languageOf } from "../config/config-error.ts";
import { faceSchema } from "../config/face-schema.ts";
import { loadSite } from "../config/load.ts";
import { ModelError, readManifest } from "../drivers/face-nets/model-manifest.ts";
import { BackendError } from "../drivers/face-nets/tensorflow/tensorflow.ts";
import type { FaceEngine } from "../ports/face-engine.ts";
import type { CommandIo } from "./command.ts";
import { backendOption } from "./face-options.ts";
import { InputError } from "./face-pictures.ts";
import { dataDirectory } from "./storage-command.ts";

export interface SiteEngineOptions {
  /** Of the command line; else `VESTIBULE_CONFIG`, else the shipped net describes. */
  readonly config: string | undefined;
  readonly backend: string | undefined;
}

/**
 * The engine that the site's own configuration asks for: templates of any other would let nobody in; and at which
 * cosine distance two fused templates are one person's. Throws `InputError` where it cannot be had.
 */
export async function openSiteEngine(
  { config, backend }: SiteEngineOptions,
  io: CommandIo,
): Promise<{ readonly engine: FaceEngine; readonly threshold: number }> {
  try {
    const file = config ?? (io.env.VESTIBULE_CONFIG || undefined);
    const face = file === undefined ? faceSchema.parse({}) : loadSite(file, io.env).face;
    const chosen = backend === undefined ? face : { ...face, backend: backendOption(backend) };
    const { engine, thresholds } = await openSiteFaces(chosen, dataDirectory(io.env));
    const threshold = thresholds?.fused ?? (await readManifest()).thresholds.fused["1e-4"];
    return { engine, threshold };
  } catch (error) {
    if (error instanceof ConfigError) throw new InputError(error.text(languageOf(io.env)), { cause: error });
    if (error instanceof ModelError || error instanceof BackendError)
      throw new InputError(error.message, { cause: error });
    throw error;
  }
}
