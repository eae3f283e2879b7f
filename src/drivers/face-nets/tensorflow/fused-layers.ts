import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs";
import type { Tf } from "./tf.ts";

/*
 * The library runs every layer as convolution, addition, multiplication and clipping, and keeps each layer's result
 * until the whole net has finished: one SSD pass took 160 MB that WASM's memory never gives back. Folded into one
 * operation each, with a result let go once the next layer has read it, the same numbers take 60 MB and a tenth to
 * a fifth less time.
 */

/** One convolution with everything that follows it folded into its filter and bias. */
export interface FoldedConv {
  readonly filter: Tensor4D;
  readonly bias: Tensor1D;
  readonly depthwise: boolean;
}

/** A convolution followed by `y · weights + biases` for each output channel. */
export function foldScale(
  tf: Tf,
  filter: Tensor4D,
  bias: Tensor1D,
  scale: { readonly weights: Tensor1D; readonly biases: Tensor1D },
): FoldedConv {
  return tf.tidy(() => ({
    filter: tf.keep(filter.mul<Tensor4D>(scale.weights)),
    bias: tf.keep(bias.mul<Tensor1D>(scale.weights).add<Tensor1D>(scale.biases)),
    depthwise: false,
  }));
}

export interface BatchNorm {
  readonly filters: Tensor4D;
  readonly batch_norm_scale: Tensor1D;
  readonly batch_norm_offset: Tensor1D;
  readonly batch_norm_mean: Tensor1D;
  readonly batch_norm_variance: Tensor1D;
}

/** What the SSD was trained with (TensorFlow's object detection models). */
const epsilon = 0.001;

/** A depthwise convolution followed by a batch normalisation. */
export function foldBatchNorm(tf: Tf, layer: BatchNorm): FoldedConv {
  return tf.tidy(() => {
    const factor = layer.batch_norm_scale.div<Tensor1D>(layer.batch_norm_variance.add(epsilon).sqrt());
    return {
      filter: tf.keep(layer.filters.mul<Tensor4D>(factor.reshape([1, 1, -1, 1]))),
      bias: tf.keep(layer.batch_norm_offset.sub<Tensor1D>(layer.batch_norm_mean.mul(factor))),
      depthwise: true,
    };
  });
}

/** A convolution that already is one: copied, because the net it came from lets go of its own. */
export const keepConv = (tf: Tf, filter: Tensor4D, bias: Tensor1D): FoldedConv => ({
  filter: tf.clone(filter),
  bias: tf.clone(bias),
  depthwise: false,
});

export interface ConvStep {
  readonly strides: number;
  readonly pad: "same" | "valid";
  readonly activation: "linear" | "relu" | "relu6" | "leakyrelu";
}

/** What is left of a negative value by "leakyrelu", as the tiny detector was trained. */
const leakyreluAlpha = 0.1;

export function convolve(
  tf: Tf,
  x: Tensor4D,
  { filter, bias, depthwise }: FoldedConv,
  step: ConvStep,
): Tensor4D {
  const { strides, pad, activation } = step;
  if (strides === 1 && filter.shape[0] === 1 && filter.shape[1] === 1 && !depthwise) {
    return multiply(tf, x, { filter, bias, activation });
  }
  const layer = { x, filter, bias, strides, pad, activation, leakyreluAlpha };
  return depthwise ? tf.fused.depthwiseConv2d(layer) : tf.fused.conv2d(layer);
}

/** A 1×1 convolution: the same numbers as its matrix's product, of which WASM keeps one copy instead of two. */
function multiply(
  tf: Tf,
  x: Tensor4D,
  { filter, bias, activation }: Pick<FoldedConv, "filter" | "bias"> & Pick<ConvStep, "activation">,
): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const a = x.reshape<Tensor2D>([batch * height * width, channels]);
  const b = filter.reshape<Tensor2D>([channels, -1]);
  return tf.fused
    .matMul({ a, b, bias, activation, leakyreluAlpha })
    .reshape<Tensor4D>([batch, height, width, -1]);
}

/** Computes `next` from `x` and lets go of `x` and everything in between. */
export function consume<T extends Tensor>(tf: Tf, x: Tensor4D, next: (x: Tensor4D) => T): T {
  const result = tf.tidy(() => next(x));
  x.dispose();
  return result;
}

export const convTensors = ({ filter, bias }: FoldedConv): readonly Tensor[] => [filter, bias];
