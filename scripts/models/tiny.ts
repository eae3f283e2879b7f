import { convolve, depthwiseConv, onNormalised, plainConv, pool } from "./layers.ts";
import { OnnxNet } from "./onnx-file.ts";
import type { WeightTable } from "./weights.ts";

const meanColour = [117.001, 114.697, 97.404];
const separables = ["conv1", "conv2", "conv3", "conv4", "conv5"] as const;

/** face-api's tiny detector. Input: a square of any multiple of 32 pixels, planes of red, green, blue, 0 to 255. */
export function tinyNet(weights: WeightTable): Uint8Array {
  const net = new OnnxNet("tiny_face_detector");
  const get = (name: string): Float32Array => weights.get(name).values;
  const input = net.input("input", [1, 3, "size", "size"]);
  // No border is filled in the first layer, so the whole normalisation can be folded.
  const first = onNormalised(plainConv(weights.get("conv0/filters"), get("conv0/bias")), meanColour, 255);
  let x = convolve(net, input, first, { border: "valid", activation: "leaky" });
  for (const name of separables) {
    x = pool(net, "MaxPool", x, 2, 2, "same");
    x = convolve(net, x, depthwiseConv(weights.get(`${name}/depthwise_filter`)));
    const pointwise = plainConv(weights.get(`${name}/pointwise_filter`), get(`${name}/bias`));
    x = convolve(net, x, pointwise, { activation: "leaky" });
  }
  x = pool(net, "MaxPool", x, 2, 1, "same");
  x = convolve(net, x, plainConv(weights.get("conv8/filters"), get("conv8/bias")), { border: "valid" });
  net.output("cells", net.apply("Transpose", [x], { perm: { ints: [0, 2, 3, 1] } }), [
    1,
    "rows",
    "columns",
    25,
  ]);
  return net.toBytes();
}
