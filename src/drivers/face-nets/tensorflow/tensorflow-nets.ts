import type * as Tensors from "@tensorflow/tfjs";
import type { DetectedFace, Picture, Point } from "../../../ports/face-engine.ts";
import type { NetWeights, VerifiedModels } from "../model-manifest.ts";
import type { Chip } from "../recipe/chip.ts";
import { fitPicture, searched } from "../recipe/fitted-picture.ts";
import type { Nets } from "../recipe/nets.ts";
import { FusedRecognition } from "./fused-recognition.ts";
import { FusedSsd } from "./fused-ssd.ts";
import { FusedTiny } from "./fused-tiny.ts";
import type { FoundFace, NetInput, Runtime, SsdNet, TinyNet } from "./tensorflow.ts";
import type { Tf } from "./tf.ts";

const ssdInput = 512;
const mostFaces = 16;

export function loadTensorflowNets(runtime: Runtime, models: VerifiedModels): Nets {
  const { tf, faceApi } = runtime;
  const toInput = pictureInput(runtime);
  const ssd = loadSsd(runtime, models.weights.ssdMobilenetv1);
  const tiny = loadTiny(runtime, models.weights.tinyFaceDetector);
  const landmark = load(tf, new faceApi.FaceLandmark68Net(), models.weights.faceLandmark68);
  const recognition = loadRecognition(runtime, models.weights.faceRecognition);
  const toTensor = ({ size, pixels }: Chip): Tensors.Tensor3D => tf.tensor3d(pixels, [size, size, 3]);
  return {
    findThoroughly: (picture, minConfidence) =>
      locate(toInput, picture, ssdInput, (input) =>
        ssd.net.locateFaces(input, { minConfidence, maxResults: mostFaces }),
      ),
    findQuickly: (picture, inputSize, minConfidence) =>
      locate(toInput, picture, inputSize, (input) =>
        tiny.net.locateFaces(input, { inputSize, scoreThreshold: minConfidence }),
      ),
    landmarks: async (chips) => {
      const rows = await run(tf, chips.map(toTensor), (inputs) => landmark.forward(inputs));
      return rows.map((flat, index) => pairs(flat, chips[index]?.size ?? 0));
    },
    describe: (chips) =>
      run(tf, chips.map(toTensor), async (inputs) =>
        recognition.forward(tf.stack(inputs) as Tensors.Tensor4D),
      ),
    dispose: () => {
      landmark.dispose();
      tf.dispose([...ssd.fused.tensors(), ...tiny.fused.tensors(), ...recognition.tensors()]);
    },
  };
}

/** The library's net finds the boxes; what it computes them from comes out of the folded one. */
function loadSsd({ tf, faceApi }: Runtime, weights: NetWeights): { net: SsdNet; fused: FusedSsd } {
  const net = load(tf, new faceApi.SsdMobilenetv1(), weights);
  const fused = new FusedSsd(tf, net.params);
  net.dispose();
  fused.prepare();
  net.forwardInput = (input) => fused.forward(input.toBatchTensor(ssdInput));
  return { net, fused };
}

function loadTiny({ tf, faceApi }: Runtime, weights: NetWeights): { net: TinyNet; fused: FusedTiny } {
  const net = load(tf, new faceApi.TinyFaceDetector(), weights);
  const fused = new FusedTiny(tf, net.params);
  net.dispose();
  net.forwardInput = (input, inputSize) => fused.forward(input.toBatchTensor(inputSize));
  return { net, fused };
}

function loadRecognition({ tf, faceApi }: Runtime, weights: NetWeights): FusedRecognition {
  const net = load(tf, new faceApi.FaceRecognitionNet(), weights);
  const fused = new FusedRecognition(tf, net.params);
  net.dispose();
  return fused;
}

function load<N extends { loadFromWeightMap(weights: Tensors.NamedTensorMap): void }>(
  tf: Tf,
  net: N,
  { data, layout }: NetWeights,
): N {
  // The layout file's own format: a list of groups, each with the tensors' specifications in order.
  const groups = JSON.parse(layout) as { weights: Tensors.io.WeightsManifestEntry[] }[];
  const bytes = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer;
  net.loadFromWeightMap(
    tf.io.decodeWeights(
      bytes,
      groups.flatMap((group) => group.weights),
    ),
  );
  return net;
}

async function locate(
  toInput: (picture: Picture) => NetInput,
  picture: Picture,
  inputSize: number,
  find: (input: NetInput) => Promise<readonly FoundFace[]>,
): Promise<readonly DetectedFace[]> {
  const seen = searched(picture, inputSize);
  if (seen === undefined) return [];
  const { factor } = seen;
  const faces = await find(toInput(seen.picture));
  return faces.map(({ score, box }) => ({
    confidence: score,
    box: { x: box.x * factor, y: box.y * factor, width: box.width * factor, height: box.height * factor },
  }));
}

/** A picture as the library's detectors take one; the class is theirs, because they look at it. */
function pictureInput({ tf, faceApi }: Runtime): (picture: Picture) => NetInput {
  class PictureInput extends faceApi.NetInput implements NetInput {
    readonly #picture: Picture;
    #size = 0;

    constructor(picture: Picture) {
      super([]);
      this.#picture = picture;
    }

    get inputSize(): number {
      return this.#size;
    }

    getInputWidth(): number {
      return this.#picture.width;
    }

    getInputHeight(): number {
      return this.#picture.height;
    }

    toBatchTensor(size: number): Tensors.Tensor4D {
      this.#size = size;
      return tf.tensor4d(fitPicture(this.#picture, size), [1, size, size, 3]);
    }
  }
  return (picture) => new PictureInput(picture);
}

/** One forward pass over a batch; the rows of what comes out. */
async function run(
  tf: Tf,
  inputs: Tensors.Tensor3D[],
  forward: (inputs: Tensors.Tensor3D[]) => Promise<Tensors.Tensor2D>,
): Promise<readonly Float32Array[]> {
  try {
    const output = await forward(inputs);
    const [rows, columns] = output.shape;
    const flat = (await output.data()) as Float32Array;
    output.dispose();
    return Array.from({ length: rows }, (_, row) => flat.slice(row * columns, (row + 1) * columns));
  } finally {
    tf.dispose(inputs);
  }
}

function pairs(flat: Float32Array, scale: number): Point[] {
  const points: Point[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    points.push({ x: (flat[index] ?? Number.NaN) * scale, y: (flat[index + 1] ?? Number.NaN) * scale });
  }
  return points;
}
