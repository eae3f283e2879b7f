// Writes the JSON Schemas that editors check firmware-config/ with: node scripts/schema.ts
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { editorSchemas } from "../src/config/editor-schemas.ts";

const folder = new URL("../firmware-config/", import.meta.url);
const files: string[] = [];
for (const [name, schema] of Object.entries(editorSchemas())) {
  const file = fileURLToPath(new URL(name, folder));
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
  files.push(file);
}
const biome = fileURLToPath(new URL("../node_modules/.bin/biome", import.meta.url));
const formatted = spawnSync(biome, ["format", "--write", ...files], { stdio: "inherit" });
process.exitCode = formatted.status ?? 1;
