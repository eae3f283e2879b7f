import { parseArgs } from "node:util";
import { cosineDistance } from "../domain/biometric/descriptor.ts";
import { readManifest } from "../drivers/face-nets/model-manifest.ts";
import { openFaceEngine } from "../drivers/face-nets/open-face-engine.ts";
import type { FaceEngine, Picture } from "../ports/face-engine.ts";
import type { Command } from "./command.ts";
import { backendOption, failure, usageError } from "./face-options.ts";
import { describeMain, InputError, readPicture } from "./face-pictures.ts";

const usage = `Usage: vestibule face compare A.jpg B.jpg [--backend auto|onnx|tfjs-node|wasm] [--json]

Compares the main face (large, near the middle) of two pictures (JPEG, PNG or PGM). Exit 0: the same person, 1: not, 2: bad input.
  --backend  what computes; auto takes the first of them that loads and passes its self-test
  --json     print {"distance", "threshold", "match", "faces", "model", "backend", "ms"}
`;

export const faceCompare: Command = {
  name: ["face", "compare"],
  summary: "say whether two pictures show the same person",
  usage,
  async run(args, io) {
    try {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { backend: { type: "string", default: "auto" }, json: { type: "boolean", default: false } },
      });
      const [one, other] = positionals;
      if (one === undefined || other === undefined || positionals.length !== 2)
        throw usageError("two pictures are needed");
      const backend = backendOption(values.backend);
      const pictures = [await open(one), await open(other)] as const;
      await using engine = await openFaceEngine({ backend });
      const report = await compare(engine, pictures);
      io.stdout(values.json ? `${JSON.stringify(report, undefined, 2)}\n` : sentence(report));
      return report.match ? 0 : 1;
    } catch (cause) {
      return failure("face compare", cause, io);
    }
  },
};

interface OpenPicture {
  readonly path: string;
  readonly picture: Picture;
}

const open = async (path: string): Promise<OpenPicture> => ({ path, picture: await readPicture(path) });

async function compare(engine: FaceEngine, [one, other]: readonly [OpenPicture, OpenPicture]) {
  const { thresholds } = await readManifest();
  const threshold = thresholds.single["1e-4"];
  const faces = [await faceIn(engine, one), await faceIn(engine, other)] as const;
  const [first, second] = faces.map(({ descriptor }) => ({ model: engine.model.id, values: descriptor }));
  const distance = first && second && cosineDistance(first, second);
  if (distance === undefined) throw new Error("the engine made descriptors that cannot be compared");
  return {
    distance,
    threshold,
    match: distance <= threshold,
    faces: faces.map(({ box, confidence, quality }) => ({ box, confidence, ...quality })),
    model: engine.model.id,
    backend: engine.backend,
    ms: sum(faces.map((face) => face.ms)),
  };
}

async function faceIn(engine: FaceEngine, { path, picture }: OpenPicture) {
  const face = await describeMain(engine, picture, "thorough");
  if (face === undefined) throw new InputError(`${path}: no face found`);
  return face;
}

/** Both pictures together. */
function sum(all: readonly { detect: number; landmarks: number; embed: number }[]) {
  const total = (pick: (one: (typeof all)[number]) => number): number =>
    Math.round(all.reduce((so, one) => so + pick(one), 0) * 10) / 10;
  return {
    detect: total((one) => one.detect),
    landmarks: total((one) => one.landmarks),
    embed: total((one) => one.embed),
  };
}

function sentence(report: Awaited<ReturnType<typeof compare>>): string {
  const verdict = report.match ? "the same person" : "not the same person";
  return `${verdict}: distance ${report.distance.toFixed(4)}, threshold ${report.threshold}\n`;
}
