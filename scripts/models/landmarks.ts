import { type Conv, convolve, depthwiseConv, onNormalised, plainConv, subtract } from "./layers.ts";
import { OnnxNet, type Value } from "./onnx-file.ts";
import type { WeightTable } from "./weights.ts";

const inputSize = 112;
const meanColour = [122.782, 117.001, 104.298];
const blocks = ["dense0", "dense1", "dense2", "dense3"] as const;
const featureCount = 256;
const outputCount = 136;

/**
 * face-api's 68 landmarks. Input: squares of 112 pixels, planes of red, green, blue, 0 to 255; output: x and y of each
 * landmark as shares of the square.
 */
export function landmarkNet(weights: WeightTable): Uint8Array {
  const net = new OnnxNet("face_landmark_68");
  const bias = (name: string): Float32Array => weights.get(`${name}/bias`).values;
  const separable = (x: Value, name: string, stride: 1 | 2): Value =>
    convolve(
      net,
      convolve(net, x, depthwiseConv(weights.get(`${name}/depthwise_filter`)), { stride }),
      plainConv(weights.get(`${name}/pointwise_filter`), bias(name)),
    );
  const input = net.input("input", ["faces", 3, inputSize, inputSize]);
  // Its border is filled with zeros, so of ((x − mean) / 255) only the division can be folded.
  const first: Conv = onNormalised(
    plainConv(weights.get("dense0/conv0/filters"), bias("dense0/conv0")),
    [0, 0, 0],
    255,
  );

  let x = subtract(net, input, meanColour);
  for (const block of blocks) {
    const entry =
      block === "dense0" ? convolve(net, x, first, { stride: 2 }) : separable(x, `${block}/conv0`, 2);
    const relu = (value: Value): Value => net.apply("Relu", [value]);
    let sum = relu(entry);
    x = sum;
    for (const layer of ["conv1", "conv2", "conv3"]) {
      sum = net.apply("Add", [separable(x, `${block}/${layer}`, 1), sum]);
      x = relu(sum);
    }
  }
  const features = net.apply("Flatten", [net.apply("GlobalAveragePool", [x])]);
  const matrix = net.floats([featureCount, outputCount], weights.get("fc/weights").values);
  net.output("landmarks", net.apply("Gemm", [features, matrix, net.floats([outputCount], bias("fc"))]), [
    "faces",
    outputCount,
  ]);
  return net.toBytes();
}
