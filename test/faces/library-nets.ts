import type * as Tensors from "@tensorflow/tfjs";
import type { NetWeights, VerifiedModels } from "../../src/drivers/face-nets/model-manifest.ts";
import type { Chip } from "../../src/drivers/face-nets/recipe/chip.ts";
import type { Nets } from "../../src/drivers/face-nets/recipe/nets.ts";
import type { Runtime } from "../../src/drivers/face-nets/tensorflow/tensorflow.ts";
import type { Picture } from "../../src/ports/face-engine.ts";

interface Found {
  readonly score: number;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** What the library offers everybody, as far as it is compared with. */
interface LibraryNet {
  loadFromWeightMap(weights: Tensors.NamedTensorMap): void;
  dispose(): void;
}
interface LibraryDetector extends LibraryNet {
  locateFaces(input: Tensors.Tensor3D, options: object): Promise<readonly Found[]>;
}
interface LibraryLandmarks extends LibraryNet {
  detectLandmarks(
    input: Tensors.Tensor3D,
  ): Promise<{ readonly positions: readonly { readonly x: number; readonly y: number }[] }>;
}
interface LibraryRecognition extends LibraryNet {
  computeFaceDescriptor(input: Tensors.Tensor3D): Promise<Float32Array>;
}

/** The library's own nets and its own way from a picture to boxes: nothing of it is folded or replaced. */
export function libraryNets({ tf, faceApi }: Runtime, { weights }: VerifiedModels): Nets {
  const load = <N extends LibraryNet>(net: unknown, { data, layout }: NetWeights): N => {
    const groups = JSON.parse(layout) as { weights: Tensors.io.WeightsManifestEntry[] }[];
    const bytes = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer;
    const specifications = groups.flatMap((group) => group.weights);
    (net as N).loadFromWeightMap(tf.io.decodeWeights(bytes, specifications));
    return net as N;
  };
  const ssd = load<LibraryDetector>(new faceApi.SsdMobilenetv1(), weights.ssdMobilenetv1);
  const tiny = load<LibraryDetector>(new faceApi.TinyFaceDetector(), weights.tinyFaceDetector);
  const landmark = load<LibraryLandmarks>(new faceApi.FaceLandmark68Net(), weights.faceLandmark68);
  const recognition = load<LibraryRecognition>(new faceApi.FaceRecognitionNet(), weights.faceRecognition);

  const withTensor = async <Result>(
    tensor: Tensors.Tensor3D,
    work: (tensor: Tensors.Tensor3D) => Promise<Result>,
  ): Promise<Result> => {
    try {
      return await work(tensor);
    } finally {
      tensor.dispose();
    }
  };
  const ofPicture = ({ width, height, rgb }: Picture): Tensors.Tensor3D =>
    tf.tensor3d(rgb, [height, width, 3], "int32");
  const ofChip = ({ size, pixels }: Chip): Tensors.Tensor3D => tf.tensor3d(pixels, [size, size, 3]);
  const faces = (found: readonly Found[]) =>
    found.map(({ score, box: { x, y, width, height } }) => ({
      confidence: score,
      box: { x, y, width, height },
    }));
  return {
    findThoroughly: async (picture, minConfidence) =>
      faces(
        await withTensor(ofPicture(picture), (input) =>
          ssd.locateFaces(input, { minConfidence, maxResults: 16 }),
        ),
      ),
    findQuickly: async (picture, inputSize, scoreThreshold) =>
      faces(
        await withTensor(ofPicture(picture), (input) =>
          tiny.locateFaces(input, { inputSize, scoreThreshold }),
        ),
      ),
    landmarks: (chips) =>
      Promise.all(
        chips.map((chip) =>
          withTensor(ofChip(chip), async (input) =>
            (await landmark.detectLandmarks(input)).positions.map(({ x, y }) => ({ x, y })),
          ),
        ),
      ),
    describe: (chips) =>
      Promise.all(
        chips.map((chip) => withTensor(ofChip(chip), (input) => recognition.computeFaceDescriptor(input))),
      ),
    dispose: () => {
      for (const net of [ssd, tiny, landmark, recognition]) net.dispose();
    },
  };
}
