import { type Conv, convolve, depthwiseConv, onNormalised, plainConv, scaled, subtract } from "./layers.ts";
import { OnnxNet, type Value } from "./onnx-file.ts";
import type { WeightTable } from "./weights.ts";

const inputSize = 512;
const pairCount = 13;
const downAt: ReadonlySet<number> = new Set([2, 4, 6, 12]);
/** The first predictor looks at the output of this pair, where small faces are still told apart. */
const earlyPair = 11;
const extraCount = 8;
/** What the net was trained with (TensorFlow's object detection models). */
const epsilon = 0.001;
const anchorCount = 5118;

/** SSD on MobileNet v1. Input: one square of 512 pixels, planes of red, green, blue, 0 to 255. */
export function ssdNet(weights: WeightTable): Uint8Array {
  const net = new OnnxNet("ssd_mobilenetv1");
  const boxes: Value[] = [];
  const classes: Value[] = [];
  const predict = (x: Value): void => {
    const place = `Prediction/BoxPredictor_${boxes.length}`;
    boxes.push(rows(net, convolve(net, x, pointwise(weights, `${place}/BoxEncodingPredictor`, "biases")), 4));
    classes.push(rows(net, convolve(net, x, faceClass(weights, `${place}/ClassPredictor`)), 1));
  };
  const relu6 = { activation: "relu6" } as const;

  const input = net.input("input", [1, 3, inputSize, inputSize]);
  // Its border is filled with zeros, so of (x / 127.5 − 1) only the division can be folded.
  const first = onNormalised(pointwise(weights, "MobilenetV1/Conv2d_0_pointwise"), [0, 0, 0], 127.5);
  let x = convolve(net, subtract(net, input, [127.5, 127.5, 127.5]), first, { stride: 2, ...relu6 });
  for (let pair = 1; pair <= pairCount; pair += 1) {
    const stride = downAt.has(pair) ? 2 : 1;
    x = convolve(net, x, depthwise(weights, `MobilenetV1/Conv2d_${pair}_depthwise`), { stride, ...relu6 });
    x = convolve(net, x, pointwise(weights, `MobilenetV1/Conv2d_${pair}_pointwise`), relu6);
    if (pair === earlyPair) predict(x);
  }
  predict(x);
  for (let extra = 0; extra < extraCount; extra += 1) {
    const layer = pointwise(weights, `Prediction/Conv2d_${extra}_pointwise`);
    x = convolve(net, x, layer, { stride: extra % 2 === 0 ? 1 : 2, ...relu6 });
    if (extra % 2 === 1) predict(x);
  }
  const scores = net.apply("Sigmoid", [net.apply("Concat", classes, { axis: { int: 1 } })]);
  const coded = net.apply("Concat", boxes, { axis: { int: 1 } });
  net.output("boxes", decode(net, coded, weights), [1, anchorCount, 4]);
  net.output("scores", scores, [1, anchorCount, 1]);
  return net.toBytes();
}

function pointwise(weights: WeightTable, place: string, bias = "convolution_bn_offset"): Conv {
  return plainConv(weights.get(`${place}/weights`), weights.get(`${place}/${bias}`).values);
}

/** Of each anchor's three classes (nothing, a face, one never trained) only the face is looked at. */
function faceClass(weights: WeightTable, place: string): Conv {
  const bias = weights.get(`${place}/biases`).values;
  const faces = [...bias.keys()].filter((channel) => channel % 3 === 1);
  return plainConv(weights.get(`${place}/weights`), bias, faces);
}

function depthwise(weights: WeightTable, place: string): Conv {
  const norm = (name: string): Float32Array => weights.get(`${place}/BatchNorm/${name}`).values;
  const [gamma, beta, mean, variance] = [
    norm("gamma"),
    norm("beta"),
    norm("moving_mean"),
    norm("moving_variance"),
  ];
  const factor = Float64Array.from(
    gamma,
    (value, index) => value / Math.sqrt((variance[index] ?? 0) + epsilon),
  );
  const offset = Float64Array.from(beta, (value, index) => value - (mean[index] ?? 0) * (factor[index] ?? 0));
  return scaled(depthwiseConv(weights.get(`${place}/depthwise_weights`)), factor, offset);
}

/** Channels last, one row for each anchor. */
function rows(net: OnnxNet, x: Value, columns: number): Value {
  const channelsLast = net.apply("Transpose", [x], { perm: { ints: [0, 2, 3, 1] } });
  return net.apply("Reshape", [channelsLast, net.ints([1, -1, columns])]);
}

/**
 * Centre and size are coded relative to the anchors, in tenths and fifths, as SSD does. What comes out is top, left,
 * bottom, right as shares of the input.
 */
function decode(net: OnnxNet, coded: Value, weights: WeightTable): Value {
  const anchors = weights.get("Output/extra_dim").values;
  const column = (
    compute: (top: number, left: number, bottom: number, right: number) => readonly number[],
  ): Value => {
    const values = new Float32Array(anchorCount * 2);
    for (let row = 0; row < anchorCount; row += 1) {
      const [top = 0, left = 0, bottom = 0, right = 0] = anchors.subarray(row * 4, row * 4 + 4);
      values.set(compute(top, left, bottom, right), row * 2);
    }
    return net.floats([1, anchorCount, 2], values);
  };
  const size = column((top, left, bottom, right) => [bottom - top, right - left]);
  const tenth = column((top, left, bottom, right) => [(bottom - top) / 10, (right - left) / 10]);
  const centre = column((top, left, bottom, right) => [(top + bottom) / 2, (left + right) / 2]);
  const [place, extent] = [halfOf(net, coded, 0), halfOf(net, coded, 2)];
  const middle = net.apply("Add", [net.apply("Mul", [place, tenth]), centre]);
  const fifth = net.apply("Mul", [extent, net.floats([], new Float32Array([0.2]))]);
  const whole = net.apply("Mul", [net.apply("Exp", [fifth]), size]);
  const half = net.apply("Mul", [whole, net.floats([], new Float32Array([0.5]))]);
  return net.apply("Concat", [net.apply("Sub", [middle, half]), net.apply("Add", [middle, half])], {
    axis: { int: 2 },
  });
}

const halfOf = (net: OnnxNet, x: Value, from: number): Value =>
  net.apply("Slice", [x, net.ints([from]), net.ints([from + 2]), net.ints([2])]);
