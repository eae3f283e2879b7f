import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as Tensors from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";
import {
  type NetWeights,
  packagedModels,
  readManifest,
  type VerifiedModels,
  verifyModels,
} from "../../src/drivers/face-nets/model-manifest.ts";
import { FusedRecognition } from "../../src/drivers/face-nets/tensorflow/fused-recognition.ts";
import { FusedSsd, type SsdOutput } from "../../src/drivers/face-nets/tensorflow/fused-ssd.ts";
import { loadRuntime, type Runtime } from "../../src/drivers/face-nets/tensorflow/tensorflow.ts";
import { decodePicture } from "../../src/drivers/picture-sharp/decode.ts";

const samples = join(
  dirname(createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json")),
  "demo",
);

let runtime: Runtime;
let models: VerifiedModels;
let picture: Tensors.Tensor3D;
beforeAll(async () => {
  runtime = await loadRuntime("wasm");
  models = await verifyModels(await readManifest(), packagedModels());
  const { width, height, rgb } = await decodePicture(await readFile(join(samples, "sample6.jpg")));
  picture = runtime.tf.tensor3d(rgb, [height, width, 3]);
});

function loaded<N extends { loadFromWeightMap(weights: Tensors.NamedTensorMap): void }>(
  net: N,
  { data, layout }: NetWeights,
): N {
  const groups = JSON.parse(layout) as { weights: Tensors.io.WeightsManifestEntry[] }[];
  const bytes = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer;
  net.loadFromWeightMap(
    runtime.tf.io.decodeWeights(
      bytes,
      groups.flatMap((group) => group.weights),
    ),
  );
  return net;
}

async function farthest(one: Tensors.Tensor, other: Tensors.Tensor): Promise<number> {
  expect(one.shape).toEqual(other.shape);
  const [largest = Number.NaN] = await one.sub(other).abs().max().data();
  return largest;
}

test("the folded recognition net gives what the library's gives, for a batch too", async () => {
  const { tf, faceApi } = runtime;
  const net = loaded(new faceApi.FaceRecognitionNet(), models.weights.faceRecognition);
  const fused = new FusedRecognition(tf, net.params);
  const cut = (left: number): Tensors.Tensor3D =>
    tf.image.resizeBilinear(picture.slice([300, left, 0], [300, 300, 3]), [150, 150]);
  const chips = [cut(1400), cut(200)];
  const expected = await (
    net as unknown as { forward(input: Tensors.Tensor3D[]): Promise<Tensors.Tensor> }
  ).forward(chips);
  const found = fused.forward(tf.stack(chips) as Tensors.Tensor4D);
  expect(await farthest(expected, expected.mul(0))).toBeGreaterThan(0.1); // there is something to compare
  expect(await farthest(expected, found)).toBeLessThan(1e-5);
});

test("the folded SSD gives what the library's gives", async () => {
  const { tf, faceApi } = runtime;
  const net = loaded(new faceApi.SsdMobilenetv1(), models.weights.ssdMobilenetv1);
  const fused = new FusedSsd(tf, net.params);
  const square = tf.image
    .resizeBilinear(picture.slice([0, 0, 0], [900, 900, 3]), [512, 512])
    .expandDims<Tensors.Tensor4D>();
  const expected: SsdOutput = net.forwardInput({
    inputSize: 512,
    getInputWidth: () => 512,
    getInputHeight: () => 512,
    toBatchTensor: () => square.clone(),
  });
  const found = fused.forward(square.clone());
  for (const part of ["boxes", "scores"] as const) {
    const [one, other] = [expected[part][0], found[part][0]];
    if (one === undefined || other === undefined) throw new Error(`no ${part}`);
    expect(await farthest(one, other)).toBeLessThan(1e-4);
  }
  const [best = 0] = await (expected.scores[0]?.max() ?? tf.scalar(0)).data();
  expect(best).toBeGreaterThan(0.5);
});
