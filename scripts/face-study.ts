// How well faces are told apart, cut and compared in many ways: node scripts/face-study.ts --faces DIR [--cache DIR]
// DIR holds a folder for each set, with pictures named PERSON_0001.jpg; those named by --grey are made grey besides.
// Prints Markdown tables. The cache keeps descriptors: personal data, so only for public pictures, and only if named.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { convertedModels, readConverted, readManifest } from "../src/drivers/face-nets/model-manifest.ts";
import { loadOnnxNets } from "../src/drivers/face-nets/onnx/onnx-nets.ts";
import { RecipeEngine } from "../src/drivers/face-nets/recipe/recipe-engine.ts";
import { describeSet } from "./face-study/described.ts";
import {
  cutTable,
  distanceTable,
  farTable,
  fusingTable,
  type StudySet,
  studySet,
  thresholdTable,
} from "./face-study/parts.ts";

const { values } = parseArgs({
  options: {
    faces: { type: "string" },
    sets: { type: "string", default: "lfw-gray,orl,johns" },
    grey: { type: "string", default: "johns" },
    cache: { type: "string" },
  },
});
if (values.faces === undefined) throw new Error("--faces DIR is needed");
const { faces } = values;
const cache = values.cache ?? (await mkdtemp(join(tmpdir(), "face-study-")));

try {
  const manifest = await readManifest();
  const nets = await loadOnnxNets(await readConverted(manifest, convertedModels));
  const sets: StudySet[] = [];
  for (const name of values.sets.split(",")) {
    sets.push(studySet(await describeSet(nets, join(faces, name), name, false, cache)));
  }
  for (const name of values.grey.split(",").filter((one) => one !== "")) {
    sets.push(studySet(await describeSet(nets, join(faces, name), `${name}, grey`, true, cache)));
  }
  const show = (title: string, text: string): void => {
    process.stdout.write(`\n## ${title}\n\n${text}`);
  };
  show("Cuts", cutTable(sets));
  show("Distances", distanceTable(sets));
  show("Fusing", fusingTable(sets));
  show("Thresholds", thresholdTable(sets));
  const { id, dimensions } = manifest.descriptor;
  await using engine = await RecipeEngine.start({ id, hash: "", dimensions }, "onnx", nets);
  const [first = ""] = values.sets.split(",");
  show(`Further away: ${first}`, await farTable(engine, join(faces, first)));
} finally {
  if (values.cache === undefined) await rm(cache, { recursive: true });
}
