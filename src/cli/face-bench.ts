import { parseArgs } from "node:util";
import type { Descriptor } from "../domain/biometric/descriptor.ts";
import { readManifest } from "../drivers/face-nets/model-manifest.ts";
import { openFaceEngine } from "../drivers/face-nets/open-face-engine.ts";
import type { Effort, FaceEngine } from "../ports/face-engine.ts";
import type { Command, CommandIo } from "./command.ts";
import { compareAll, compareFused, type Descriptors, rates, shippedRates } from "./face-bench-figures.ts";
import { type BenchInput, readBenchInput } from "./face-bench-input.ts";
import { benchTable } from "./face-bench-table.ts";
import { backendOption, failure, usageError } from "./face-options.ts";
import { DescriptorCache, describeLargest, type PictureFace, readPicture } from "./face-pictures.ts";

const usage = `Usage: vestibule face bench DIR | PAIRS.csv [--effort thorough|quick] [--backend auto|onnx|tfjs-node|wasm]
                            [--cache DIR] [--json]

Compares faces all with all and says how often the right ones are refused and the wrong ones accepted.
DIR holds PERSON_0001.jpg, .png or .pgm; PAIRS.csv has columns file_x, file_y, Decision (Yes or No).
  --effort   thorough (default): as at enrolment; quick: as with live frames
  --backend  what computes; auto takes the first of them that loads and passes its self-test
  --cache    remember descriptors in DIR between runs; they are personal data, so only for public pictures
Intervals are Wilson's, 95 %.
`;

const fusions = [
  [1, 2],
  [2, 2],
  [3, 2],
  [3, 3],
  [5, 2],
  [5, 5],
] as const;

export type BenchReport = Awaited<ReturnType<typeof bench>>;

export const faceBench: Command = {
  name: ["face", "bench"],
  summary: "measure how well faces are told apart on a folder of pictures or a list of pairs",
  usage,
  async run(args, io) {
    try {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          effort: { type: "string", default: "thorough" },
          backend: { type: "string", default: "auto" },
          cache: { type: "string" },
          json: { type: "boolean", default: false },
        },
      });
      const [path] = positionals;
      if (path === undefined || positionals.length !== 1)
        throw usageError("one folder or list of pairs is needed");
      const effort = effortOption(values.effort);
      const input = await readBenchInput(path);
      await using engine = await openFaceEngine({ backend: backendOption(values.backend) });
      const cache =
        values.cache === undefined ? undefined : await DescriptorCache.open(values.cache, engine, effort);
      const report = await bench(engine, input, effort, cache, io);
      io.stdout(values.json ? `${JSON.stringify(report, undefined, 2)}\n` : benchTable(report));
      return 0;
    } catch (cause) {
      return failure("face bench", cause, io);
    }
  },
};

function effortOption(value: string): Effort {
  if (value === "thorough" || value === "quick") return value;
  throw usageError(`--effort ${value}: thorough or quick is expected`);
}

async function bench(
  engine: FaceEngine,
  input: BenchInput,
  effort: Effort,
  cache: DescriptorCache | undefined,
  io: CommandIo,
) {
  const faces = await describeAll(engine, input, effort, cache, io);
  const descriptors: Descriptors = faces.map(
    (face): Descriptor | undefined => face && { model: engine.model.id, values: face.descriptor },
  );
  const { thresholds } = await readManifest();
  const distances = compareAll(input, descriptors);
  return {
    images: input.files.length,
    people: input.people === undefined ? null : new Set(input.people).size,
    genuine: distances.genuine.length,
    impostor: distances.impostor.length,
    failureToAcquire: faces.filter((face) => face === undefined).length / faces.length,
    fnmr: rates(distances),
    shipped: shippedRates(distances, thresholds.single["1e-4"]),
    fused: fusedEntries(input, descriptors, thresholds.fused["1e-4"]),
    ms: {
      detect: median(faces.flatMap((face) => face?.ms.detect ?? [])),
      landmarks: median(faces.flatMap((face) => face?.ms.landmarks ?? [])),
      embed: median(faces.flatMap((face) => face?.ms.embed ?? [])),
    },
    model: engine.model.id,
    backend: engine.backend,
    effort,
    interval: "Wilson, 95 %",
  };
}

function fusedEntries(input: BenchInput, descriptors: Descriptors, threshold: number) {
  return fusions.flatMap(([enrolled, probes]) => {
    const { people, distances } = compareFused(input, descriptors, enrolled, probes);
    const { genuine, impostor } = distances;
    if (impostor.length === 0) return [];
    return {
      enrolled,
      probes,
      people,
      genuine: genuine.length,
      impostor: impostor.length,
      fnmr: rates(distances),
      shipped: shippedRates(distances, threshold),
    };
  });
}

async function describeAll(
  engine: FaceEngine,
  input: BenchInput,
  effort: Effort,
  cache: DescriptorCache | undefined,
  io: CommandIo,
): Promise<readonly (PictureFace | undefined)[]> {
  const faces: (PictureFace | undefined)[] = [];
  const start = performance.now();
  for (const [index, file] of input.files.entries()) {
    const face = cache
      ? await cache.describe(file, (picture) => describeLargest(engine, picture, effort))
      : await describeLargest(engine, await readPicture(file), effort);
    faces.push(face);
    const done = index + 1;
    if (done % 50 !== 0 && done !== input.files.length) continue;
    const left = ((performance.now() - start) / done) * (input.files.length - done);
    io.stderr(`${done} of ${input.files.length} pictures, ${Math.ceil(left / 1000)} s left\n`);
  }
  return faces;
}

function median(numbers: readonly number[]): number | null {
  const middle = numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
  return middle === undefined ? null : Math.round(middle * 10) / 10;
}
