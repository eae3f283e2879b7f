import type { DetectedFace, Picture, Point } from "../../../ports/face-engine.ts";
import type { NetName } from "../model-manifest.ts";
import type { Chip } from "../recipe/chip.ts";
import { fitPicture, searched } from "../recipe/fitted-picture.ts";
import type { Nets } from "../recipe/nets.ts";
import type { Candidate } from "./found-boxes.ts";
import { type NetSession, openSession } from "./session.ts";
import { runSsd } from "./ssd.ts";
import { runTiny } from "./tiny.ts";

const ssdInput = 512;
const landmarkInput = 112;
/** More at once take more memory and no less time each. */
const mostAtOnce = 4;

/** The nets on ONNX Runtime, from the bytes of their converted files. */
export async function loadOnnxNets(files: Readonly<Record<NetName, Uint8Array>>): Promise<Nets> {
  const ssd = await openSession(files.ssdMobilenetv1);
  const tiny = await openSession(files.tinyFaceDetector);
  const landmark = await openSession(files.faceLandmark68);
  const recognition = await openSession(files.faceRecognition);
  return onnxNets({ ssd, tiny, landmark, recognition });
}

export interface Sessions {
  readonly ssd: NetSession;
  readonly tiny: NetSession;
  readonly landmark: NetSession;
  readonly recognition: NetSession;
}

export function onnxNets({ ssd, tiny, landmark, recognition }: Sessions): Nets {
  return {
    findThoroughly: (picture, minConfidence) =>
      locate(picture, ssdInput, (seen) => runSsd(ssd, seen, minConfidence)),
    findQuickly: (picture, inputSize, minConfidence) =>
      locate(picture, inputSize, (seen) => runTiny(tiny, seen, inputSize, minConfidence)),
    landmarks: async (chips) => {
      const rows = await eachChip(landmark, "landmarks", chips, landmarkInput);
      return rows.map((flat, index) => points(flat, chips[index]?.size ?? 0));
    },
    describe: (chips) => eachChip(recognition, "descriptors", chips, chips[0]?.size ?? 0),
    dispose: () => {
      // Released by the process's end at the latest; nobody waits for it.
      for (const session of [ssd, tiny, landmark, recognition]) void session.dispose().catch(() => undefined);
    },
  };
}

async function locate(
  picture: Picture,
  inputSize: number,
  find: (seen: Picture) => Promise<readonly Candidate[]>,
): Promise<readonly DetectedFace[]> {
  const seen = searched(picture, inputSize);
  if (seen === undefined) return [];
  // In pixels of what was looked at, and these in pixels of the picture.
  const width = seen.picture.width * seen.factor;
  const height = seen.picture.height * seen.factor;
  return (await find(seen.picture)).map(({ score, top, left, bottom, right }) => ({
    confidence: score,
    box: {
      x: left * width,
      y: top * height,
      width: (right - left) * width,
      height: (bottom - top) * height,
    },
  }));
}

/** One row of numbers for each chip, resized to `size`. */
async function eachChip(
  session: NetSession,
  output: string,
  chips: readonly Chip[],
  size: number,
): Promise<readonly Float32Array[]> {
  const rows: Float32Array[] = [];
  for (let first = 0; first < chips.length; first += mostAtOnce) {
    const batch = chips.slice(first, first + mostAtOnce);
    const data = new Float32Array(batch.length * 3 * size * size);
    for (const [index, chip] of batch.entries()) {
      data.set(
        fitPicture({ width: chip.size, height: chip.size, rgb: chip.pixels }, size, "planes"),
        index * 3 * size * size,
      );
    }
    const found = (await session.run({ input: { shape: [batch.length, 3, size, size], data } }))[output];
    if (found === undefined) throw new RangeError(`the net has no output ${output}`);
    const columns = found.shape[1] ?? 0;
    for (const index of batch.keys()) rows.push(found.data.slice(index * columns, (index + 1) * columns));
  }
  return rows;
}

function points(flat: Float32Array, scale: number): Point[] {
  const found: Point[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    found.push({ x: (flat[index] ?? Number.NaN) * scale, y: (flat[index + 1] ?? Number.NaN) * scale });
  }
  return found;
}
