import { parseArgs } from "node:util";
import type { Descriptor } from "../domain/biometric/descriptor.ts";
import { readManifest } from "../drivers/face-nets/model-manifest.ts";
import { openFaceEngine } from "../drivers/face-nets/open-face-engine.ts";
import type { Effort, FaceEngine } from "../ports/face-engine.ts";
import type { Command, CommandIo } from "./command.ts";
import {
  type Comparisons,
  type Descriptors,
  fusedComparisons,
  singleComparisons,
} from "./face-bench-comparisons.ts";
import { distancesOf, rates, shippedRates } from "./face-bench-figures.ts";
import { type BenchInput, readBenchInput } from "./face-bench-input.ts";
import { benchTable } from "./face-bench-table.ts";
import { backendOption, failure, usageError } from "./face-options.ts";
import { DescriptorCache, describeMain, type PictureFace, readPicture } from "./face-pictures.ts";

const usage = `Usage: vestibule face bench DIR | PAIRS.csv [--effort thorough|quick] [--backend auto|onnx|tfjs-node|wasm]
                            [--cache DIR] [--json]

Compares faces all with all and says how often the right ones are refused and the wrong ones accepted.
DIR holds PERSON_0001.jpg, .png or .pgm; PAIRS.csv has columns file_x, file_y, Decision (Yes or No).
  --effort   thorough (default): as at enrolment; quick: as with live frames
  --backend  what computes; auto takes the first of them that loads and passes its self-test
  --cache    remember descriptors in DIR between runs; they are personal data, so only for public pictures
Intervals are 95 %: Wilson's over comparisons, and with people drawn anew (bootstrap).
`;

/** Pictures enrolled, and pictures compared with them. */
const fusions = [
  [1, 2],
  [3, 1],
  [2, 2],
  [3, 2],
  [3, 3],
  [5, 2],
  [5, 3],
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
  const single = singleComparisons(input, descriptors);
  return {
    images: input.files.length,
    people: input.people === undefined ? null : new Set(input.people).size,
    ...figuresOf(single, thresholds.single),
    failureToAcquire: faces.filter((face) => face === undefined).length / faces.length,
    fused: fusions.flatMap(([enrolled, probes]) => {
      const comparisons = fusedComparisons(input, descriptors, enrolled, probes);
      const entry = comparisons && figuresOf(comparisons, thresholds.fused);
      const people = comparisons && peopleOnBothSides(comparisons);
      return entry === undefined || entry.impostor === 0 ? [] : [{ enrolled, probes, people, ...entry }];
    }),
    ms: {
      detect: median(faces.flatMap((face) => face?.ms.detect ?? [])),
      landmarks: median(faces.flatMap((face) => face?.ms.landmarks ?? [])),
      embed: median(faces.flatMap((face) => face?.ms.embed ?? [])),
    },
    model: engine.model.id,
    backend: engine.backend,
    effort,
    interval: "95 %: Wilson (low, high); people drawn anew (overPeople)",
  };
}

type Thresholds = Awaited<ReturnType<typeof readManifest>>["thresholds"]["single"];

function figuresOf(comparisons: Comparisons, thresholds: Thresholds) {
  const distances = distancesOf(comparisons);
  return {
    genuine: distances.genuine.length,
    impostor: distances.impostor.length,
    fnmr: rates(comparisons, distances),
    shipped: {
      ...shippedRates(comparisons, distances, thresholds["1e-4"]),
      strict: shippedRates(comparisons, distances, thresholds["1e-5"]),
    },
  };
}

/** People with enough pictures for a genuine comparison. */
function peopleOnBothSides(comparisons: Comparisons): number {
  const people = new Set<number>();
  comparisons.each((_, person) => people.add(person), "genuine");
  return people.size;
}

export async function describeAll(
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
      ? await cache.describe(file, (picture) => describeMain(engine, picture, effort))
      : await describeMain(engine, await readPicture(file), effort);
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
