import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ModelManifest, VerifiedModels } from "../../src/drivers/face-nets/model-manifest.ts";
import { convert } from "./convert.ts";

type Net = ModelManifest["nets"][number];

/** The conversion gives other files than the manifest names; both the weights and the templates hang on them. */
export class ConversionError extends Error {
  override readonly name = "ConversionError";
}

/** The nets whose converted file in `folder` is missing or not what the manifest says. */
export async function unbuilt(manifest: ModelManifest, folder: string): Promise<readonly Net[]> {
  const missing: Net[] = [];
  for (const net of manifest.nets) {
    const found = await readFile(join(folder, net.converted.file)).then(sha256, () => undefined);
    if (found !== net.converted.sha256) missing.push(net);
  }
  return missing;
}

/** Converts `nets` into `folder`. A file is there whole or not at all, whatever happens meanwhile. */
export async function build(models: VerifiedModels, nets: readonly Net[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, converted } of nets) {
    const bytes = convert(name, models.weights[name]);
    const found = sha256(bytes);
    if (found !== converted.sha256) {
      throw new ConversionError(
        `${converted.file}: the conversion gives SHA-256 ${found}, models/manifest.json says ${converted.sha256}. If the conversion was changed on purpose, run node scripts/models.ts --accept and then the tests in test/faces, which compare with the library's own nets`,
      );
    }
    await replaceFile(join(folder, converted.file), bytes);
  }
}

/** The manifest's entry of each converted net as it comes out now. */
export function convertedEntries(
  models: VerifiedModels,
): readonly (readonly [Net["name"], Net["converted"]])[] {
  return models.manifest.nets.map(({ name, converted }) => {
    const bytes = convert(name, models.weights[name]);
    return [name, { file: converted.file, bytes: bytes.length, sha256: sha256(bytes) }] as const;
  });
}

async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const half = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(half, bytes, { flush: true });
    await rename(half, path);
  } finally {
    await rm(half, { force: true });
  }
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
