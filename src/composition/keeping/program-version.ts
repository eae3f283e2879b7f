import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const packageFile = fileURLToPath(new URL("../../../package.json", import.meta.url));

export const modelsManifest = fileURLToPath(new URL("../../../models/manifest.json", import.meta.url));

export const programVersion = (): string =>
  (JSON.parse(readFileSync(packageFile, "utf8")) as { version: string }).version; // our own package
