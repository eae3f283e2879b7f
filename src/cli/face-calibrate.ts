import { readFile, rename, writeFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { openFaceEngine } from "../drivers/face-nets/open-face-engine.ts";
import { requireAccepted } from "../drivers/face-nets/recogniser/accepted-licences.ts";
import { Recogniser } from "../drivers/face-nets/recogniser/recogniser.ts";
import {
  readRecogniserManifest,
  recogniserSchema,
} from "../drivers/face-nets/recogniser/recogniser-manifest.ts";
import { RecognisingEngine } from "../drivers/face-nets/recogniser/recognising-engine.ts";
import type { Command, CommandIo } from "./command.ts";
import { describeAll } from "./face-bench.ts";
import { readBenchInput } from "./face-bench-input.ts";
import { calibrateSet, type KindCalibration, type SetCalibration, thresholdsOf } from "./face-calibration.ts";
import { backendOption, failure, usageError } from "./face-options.ts";
import { DescriptorCache } from "./face-pictures.ts";
import { dataDirectory } from "./storage-command.ts";

const usage = `Usage: vestibule face calibrate DIR | PAIRS.csv … --manifest FILE [--dry-run] [--backend auto|onnx|tfjs-node|wasm]
                                [--cache DIR] [--json]

Fits the thresholds of a recogniser for false match rates of 1e-3, 1e-4 and 1e-5 to sets of pictures, as "face bench" takes
them, and writes them with what they were fitted to into its manifest; of several sets the strictest counts. A rate that a
set has too few comparisons of strangers for is not stated: it needs ten false matches, 100,000 comparisons for 1e-4.
Exit 0: thresholds for 1e-4 are there, for one picture and fused, 1: they are not.

  --manifest  the recogniser's manifest; its licence must have been accepted (face accept-licence)
  --dry-run   write nothing
  --backend   what finds the faces; auto takes the first that loads and passes its self-test
  --cache     remember descriptors in DIR between runs; they are personal data, so only for public pictures
  --json      print {"recogniser", "sets", "thresholds", "written"}
`;

export const faceCalibrate: Command = {
  name: ["face", "calibrate"],
  summary: "fit a recogniser's thresholds to folders of pictures, and write them into its manifest",
  usage,
  async run(args, io) {
    try {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          manifest: { type: "string" },
          "dry-run": { type: "boolean", default: false },
          backend: { type: "string", default: "auto" },
          cache: { type: "string" },
          json: { type: "boolean", default: false },
        },
      });
      const { manifest: path } = values;
      if (path === undefined) throw usageError("--manifest FILE is needed");
      if (positionals.length === 0) throw usageError("at least one folder or list of pairs is needed");
      const manifest = await readRecogniserManifest(path);
      requireAccepted(path, manifest, undefined, dataDirectory(io.env));
      await using engine = await openWith(path, values.backend);
      const sets = await calibrateAll(engine, positionals, values.cache, io);
      const on = new Date().toISOString().slice(0, 10);
      const thresholds = thresholdsOf(sets, manifest.distance, engine.model.hash, on);
      const written = !values["dry-run"];
      if (written) await writeThresholds(path, thresholds);
      const report = { recogniser: engine.model.id, sets, thresholds, written };
      io.stdout(values.json ? `${JSON.stringify(report, undefined, 2)}\n` : told(report));
      return thresholds.single["1e-4"] === undefined || thresholds.fused["1e-4"] === undefined ? 1 : 0;
    } catch (cause) {
      return failure("face calibrate", cause, io);
    }
  },
};

async function openWith(path: string, backend: string): Promise<RecognisingEngine> {
  const engine = await openFaceEngine({ backend: backendOption(backend) });
  try {
    return new RecognisingEngine(engine, { main: await Recogniser.open(path, engine.model) });
  } catch (cause) {
    await engine[Symbol.asyncDispose]();
    throw cause;
  }
}

async function calibrateAll(
  engine: RecognisingEngine,
  paths: readonly string[],
  cacheFolder: string | undefined,
  io: CommandIo,
): Promise<readonly SetCalibration[]> {
  const cache =
    cacheFolder === undefined ? undefined : await DescriptorCache.open(cacheFolder, engine, "thorough");
  const sets: SetCalibration[] = [];
  for (const path of paths) {
    const input = await readBenchInput(path);
    const faces = await describeAll(engine, input, "thorough", cache, io);
    const descriptors = faces.map((face) => face && { model: engine.model.id, values: face.descriptor });
    sets.push(calibrateSet(basename(resolve(path)), input, descriptors));
  }
  return sets;
}

/** Everything else in the file stays as it was written; there is never half a manifest. */
async function writeThresholds(path: string, thresholds: ReturnType<typeof thresholdsOf>): Promise<void> {
  const manifest: Record<string, unknown> = JSON.parse(await readFile(path, "utf8"));
  const changed = { ...manifest, thresholds };
  recogniserSchema.parse(changed);
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(changed, undefined, 2)}\n`, { flush: true });
  await rename(draft, path);
}

interface Report {
  readonly recogniser: string;
  readonly sets: readonly SetCalibration[];
  readonly thresholds: ReturnType<typeof thresholdsOf>;
  readonly written: boolean;
}

function told({ recogniser, sets, thresholds, written }: Report): string {
  const lines = [recogniser];
  for (const set of sets) {
    const people = set.people === null ? "" : ` of ${set.people} people`;
    const missed = `${percent(set.failureToAcquire)} without a face that can be described`;
    lines.push(`${set.set}: ${set.pictures} pictures${people}, ${missed}`);
    lines.push(...kindLines("one picture against one", set.single), ...kindLines("fused", set.fused));
  }
  for (const kind of ["single", "fused"] as const) {
    const all = Object.entries(thresholds[kind]).map(([rate, value]) => `${rate}: ${value}`);
    lines.push(`thresholds, ${kind}: ${all.join(", ") || "none"}`);
  }
  lines.push(written ? "written into the manifest" : "nothing was written");
  return `${lines.join("\n")}\n`;
}

function kindLines(name: string, { genuine, impostor, at, notCarried }: KindCalibration): string[] {
  return [
    `  ${name}: ${genuine} genuine comparisons, ${impostor} of strangers`,
    ...Object.entries(at).map(
      ([
        rate,
        {
          threshold,
          falseMatchRate: { low, high },
          refused,
        },
      ]) =>
        `    at ${rate}: cosine distance ${threshold.toFixed(5)}, accepts ${low.toExponential(1)} to ${high.toExponential(1)} of strangers, refuses ${percent(refused.share)} (${percent(refused.low)} to ${percent(refused.high)})`,
    ),
    ...Object.entries(notCarried).map(
      ([rate, needed]) => `    at ${rate}: cannot be stated, ${needed} comparisons of strangers are needed`,
    ),
  ];
}

const percent = (share: number): string => (Number.isNaN(share) ? "–" : `${(share * 100).toFixed(2)} %`);
