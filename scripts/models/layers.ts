import type { OnnxNet, Value } from "./onnx-file.ts";
import type { Weights } from "./weights.ts";

/** One convolution with everything folded into it. `filter`: output channels, input channels, height, width. */
export interface Conv {
  readonly filter: Weights;
  readonly bias: Float32Array;
  readonly depthwise: boolean;
}

/** `[height, width, in, out]` → `[out, in, height, width]`, all output channels or those named. */
export function plainConv(
  filter: Weights,
  bias: Float32Array,
  channels: readonly number[] = [...bias.keys()],
): Conv {
  const [height = 0, width = 0, inputs = 0, outputs = 0] = filter.shape;
  const values = new Float32Array(channels.length * inputs * height * width);
  let target = 0;
  for (const output of channels) {
    for (let input = 0; input < inputs; input += 1) {
      for (let place = 0; place < height * width; place += 1) {
        values[target] = filter.values[(place * inputs + input) * outputs + output] ?? 0;
        target += 1;
      }
    }
  }
  return {
    filter: { shape: [channels.length, inputs, height, width], values },
    bias: Float32Array.from(channels, (channel) => bias[channel] ?? 0),
    depthwise: false,
  };
}

/** `[height, width, channels, 1]` → `[channels, 1, height, width]`, without bias. */
export function depthwiseConv(filter: Weights): Conv {
  const [height = 0, width = 0, channels = 0] = filter.shape;
  const values = new Float32Array(channels * height * width);
  for (let channel = 0; channel < channels; channel += 1) {
    for (let place = 0; place < height * width; place += 1) {
      values[channel * height * width + place] = filter.values[place * channels + channel] ?? 0;
    }
  }
  return {
    filter: { shape: [channels, 1, height, width], values },
    bias: new Float32Array(channels),
    depthwise: true,
  };
}

/** The same followed by `y · factor + offset` for each output channel. */
export function scaled(conv: Conv, factor: ArrayLike<number>, offset: ArrayLike<number>): Conv {
  const perChannel = conv.filter.values.length / conv.bias.length;
  return {
    ...conv,
    filter: {
      shape: conv.filter.shape,
      values: conv.filter.values.map((value, index) => value * (factor[Math.floor(index / perChannel)] ?? 0)),
    },
    bias: conv.bias.map((value, channel) => value * (factor[channel] ?? 0) + (offset[channel] ?? 0)),
  };
}

/** The same on `(x − mean) / divisor` instead of x; exact only where the border is not filled with zeros. */
export function onNormalised(conv: Conv, mean: readonly number[], divisor: number): Conv {
  const [, inputs = 0, height = 0, width = 0] = conv.filter.shape;
  const place = height * width;
  const bias = Float64Array.from(conv.bias);
  for (const [index, value] of conv.filter.values.entries()) {
    const input = Math.floor(index / place) % inputs;
    const output = Math.floor(index / (place * inputs));
    bias[output] = (bias[output] ?? 0) - (value * (mean[input] ?? 0)) / divisor;
  }
  return {
    ...conv,
    filter: { shape: conv.filter.shape, values: conv.filter.values.map((value) => value / divisor) },
    bias: Float32Array.from(bias),
  };
}

export interface ConvStep {
  readonly stride?: 1 | 2;
  /** "same" as TensorFlow means it: what is missing is filled with zeros, the odd one right and below. */
  readonly border?: "same" | "valid";
  readonly activation?: "relu" | "relu6" | "leaky";
}

export function convolve(
  net: OnnxNet,
  x: Value,
  { filter, bias, depthwise }: Conv,
  step: ConvStep = {},
): Value {
  const [outputs = 0, , height = 0, width = 0] = filter.shape;
  const stride = step.stride ?? 1;
  const out = net.apply(
    "Conv",
    [x, net.floats(filter.shape, filter.values), net.floats([bias.length], bias)],
    {
      auto_pad: { text: step.border === "valid" ? "VALID" : "SAME_UPPER" },
      group: { int: depthwise ? outputs : 1 },
      kernel_shape: { ints: [height, width] },
      strides: { ints: [stride, stride] },
    },
  );
  if (step.activation === "relu") return net.apply("Relu", [out]);
  if (step.activation === "leaky") return net.apply("LeakyRelu", [out], { alpha: { float: 0.1 } });
  if (step.activation === "relu6") {
    return net.apply("Clip", [
      out,
      net.floats([], new Float32Array([0])),
      net.floats([], new Float32Array([6])),
    ]);
  }
  return out;
}

/** `x − mean` for each of the three colours. */
export const subtract = (net: OnnxNet, x: Value, mean: readonly number[]): Value =>
  net.apply("Sub", [x, net.floats([1, mean.length, 1, 1], Float32Array.from(mean))]);

export function pool(
  net: OnnxNet,
  kind: "MaxPool" | "AveragePool",
  x: Value,
  size: number,
  stride: number,
  border: "same" | "valid",
): Value {
  return net.apply(kind, [x], {
    auto_pad: { text: border === "valid" ? "VALID" : "SAME_UPPER" },
    kernel_shape: { ints: [size, size] },
    strides: { ints: [stride, stride] },
  });
}
