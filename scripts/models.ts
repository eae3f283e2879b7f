// Builds the face nets for ONNX Runtime from the weights in the npm package: node scripts/models.ts [--check | --accept]
// Without an option it converts what is missing or damaged in models/onnx. --check only looks: exit 1 where something
// has to be built. --accept writes what the conversion gives now into models/manifest.json.
import { readFile, writeFile } from "node:fs/promises";
import process from "node:process";
import { parseArgs } from "node:util";
import {
  convertedModels,
  packagedModels,
  readManifest,
  shippedManifest,
  verifyModels,
} from "../src/drivers/face-nets/model-manifest.ts";
import { build, convertedEntries, unbuilt } from "./models/build.ts";

const { values } = parseArgs({ options: { check: { type: "boolean" }, accept: { type: "boolean" } } });

async function accept(): Promise<void> {
  const models = await verifyModels(await readManifest(), packagedModels());
  // As text: what else stands there keeps its place and form.
  let text = await readFile(shippedManifest, "utf8");
  const parsed = JSON.parse(text) as { nets: { name: string; converted: unknown }[] };
  for (const [name, entry] of convertedEntries(models)) {
    const net = parsed.nets.find((one) => one.name === name);
    if (net !== undefined) net.converted = entry;
  }
  text = `${JSON.stringify(parsed, null, 2)}\n`;
  await writeFile(shippedManifest, text);
}

if (values.accept === true) {
  await accept();
} else {
  const manifest = await readManifest();
  const missing = await unbuilt(manifest, convertedModels);
  if (values.check === true) {
    for (const { converted } of missing) process.stderr.write(`${converted.file} has to be built\n`);
    process.exitCode = missing.length === 0 ? 0 : 1;
  } else if (missing.length > 0) {
    await build(await verifyModels(manifest, packagedModels()), missing, convertedModels);
    for (const { converted } of missing) process.stdout.write(`${converted.file}: built\n`);
  }
}
