import { type Conv, convolve, onNormalised, plainConv, pool, scaled } from "./layers.ts";
import { OnnxNet, type Value } from "./onnx-file.ts";
import type { WeightTable } from "./weights.ts";

const inputSize = 150;
const meanColour = [122.782, 117.001, 104.298];
const outputCount = 128;

/** dlib's ResNet-29, block by block; where it goes down, how many channels and pixels are missing in the sum. */
const blocks: readonly (readonly [
  name: string,
  down?: { readonly channels: number; readonly pixels: number },
])[] = [
  ["conv32_1"],
  ["conv32_2"],
  ["conv32_3"],
  ["conv64_down", { channels: 32, pixels: 0 }],
  ["conv64_1"],
  ["conv64_2"],
  ["conv64_3"],
  ["conv128_down", { channels: 64, pixels: 0 }],
  ["conv128_1"],
  ["conv128_2"],
  ["conv256_down", { channels: 128, pixels: 1 }],
  ["conv256_1"],
  ["conv256_2"],
  ["conv256_down_out", { channels: 0, pixels: 1 }],
];

/** Input: chips of 150 pixels, planes of red, green, blue, 0 to 255; output: 128 numbers each, not normalised. */
export function recognitionNet(weights: WeightTable): Uint8Array {
  const net = new OnnxNet("face_recognition");
  const get = (name: string): Float32Array => weights.get(name).values;
  const layer = (name: string): Conv =>
    scaled(
      plainConv(weights.get(`${name}/conv/filters`), get(`${name}/conv/bias`)),
      get(`${name}/scale/weights`),
      get(`${name}/scale/biases`),
    );
  const input = net.input("input", ["faces", 3, inputSize, inputSize]);
  // No border is filled in the first layer, so the whole normalisation can be folded.
  const first = onNormalised(layer("conv32_down"), meanColour, 255);
  let x = convolve(net, input, first, { stride: 2, border: "valid", activation: "relu" });
  x = pool(net, "MaxPool", x, 3, 2, "valid");
  for (const [name, down] of blocks) {
    const entry = down === undefined ? {} : ({ stride: 2, border: "valid" } as const);
    const inner = convolve(net, x, layer(`${name}/conv1`), { ...entry, activation: "relu" });
    const out = convolve(net, inner, layer(`${name}/conv2`));
    const sum =
      down === undefined
        ? net.apply("Add", [out, x])
        : net.apply("Add", [
            fill(net, out, 0, down.pixels),
            fill(net, pool(net, "AveragePool", x, 2, 2, "valid"), down.channels, 0),
          ]);
    x = net.apply("Relu", [sum]);
  }
  const features = net.apply("Flatten", [net.apply("GlobalAveragePool", [x])]);
  const last = weights.get("fc");
  net.output("descriptors", net.apply("MatMul", [features, net.floats(last.shape, last.values)]), [
    "faces",
    outputCount,
  ]);
  return net.toBytes();
}

/** Where the two summands differ in size or channels, the smaller is filled up with zeros at the end, as dlib does. */
function fill(net: OnnxNet, x: Value, channels: number, pixels: number): Value {
  if (channels === 0 && pixels === 0) return x;
  return net.apply("Pad", [x, net.ints([0, 0, 0, 0, 0, channels, pixels, pixels])]);
}
