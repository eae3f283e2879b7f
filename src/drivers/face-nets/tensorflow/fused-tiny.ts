import type { Tensor, Tensor1D, Tensor4D } from "@tensorflow/tfjs";
import { type ConvStep, consume, convolve, convTensors, type FoldedConv, keepConv } from "./fused-layers.ts";
import type { Tf } from "./tf.ts";

interface Plain {
  readonly filters: Tensor4D;
  readonly bias: Tensor1D;
}
interface Separable {
  readonly depthwise_filter: Tensor4D;
  readonly pointwise_filter: Tensor4D;
  readonly bias: Tensor1D;
}

const separables = ["conv1", "conv2", "conv3", "conv4", "conv5"] as const;

/** The library's `TinyFaceDetector.params`. */
export type TinyParams = { readonly conv0: Plain; readonly conv8: Plain } & Readonly<
  Record<(typeof separables)[number], Separable>
>;

const meanColour = [117.001, 114.697, 97.404];
const leaky = { strides: 1, pad: "same", activation: "leakyrelu" } as const satisfies ConvStep;
const linear = { strides: 1, pad: "same", activation: "linear" } as const satisfies ConvStep;

/** The same net, folded. The original's tensors may be disposed of afterwards. */
export class FusedTiny {
  readonly #tf: Tf;
  readonly #first: FoldedConv;
  readonly #pairs: readonly (readonly [depthwise: FoldedConv, pointwise: FoldedConv])[];
  readonly #last: FoldedConv;
  readonly #mean: Tensor1D;

  constructor(tf: Tf, params: TinyParams) {
    this.#tf = tf;
    this.#first = keepConv(tf, params.conv0.filters, params.conv0.bias);
    this.#pairs = separables.map((name) => {
      const { depthwise_filter: depthwise, pointwise_filter: pointwise, bias } = params[name];
      const noBias: Tensor1D = tf.zeros([depthwise.shape[2]]);
      return [
        { filter: tf.clone(depthwise), bias: noBias, depthwise: true },
        keepConv(tf, pointwise, bias),
      ] as const;
    });
    this.#last = keepConv(tf, params.conv8.filters, params.conv8.bias);
    this.#mean = tf.tensor1d(meanColour);
  }

  /** `input`: a batch of one, square, values 0 to 255; it is let go. */
  forward(input: Tensor4D): Tensor4D {
    const tf = this.#tf;
    return tf.tidy(() => {
      let out = consume(tf, input, (x) => {
        const scaled = x.sub<Tensor4D>(this.#mean).div<Tensor4D>(255);
        return convolve(tf, scaled, this.#first, { ...leaky, pad: "valid" });
      });
      for (const [depthwise, pointwise] of this.#pairs) {
        out = consume(tf, out, (x) => tf.maxPool(x, 2, 2, "same"));
        out = consume(tf, out, (x) => convolve(tf, x, depthwise, linear));
        out = consume(tf, out, (x) => convolve(tf, x, pointwise, leaky));
      }
      out = consume(tf, out, (x) => tf.maxPool(x, 2, 1, "same"));
      return convolve(tf, out, this.#last, { ...linear, pad: "valid" });
    });
  }

  tensors(): readonly Tensor[] {
    return [...[this.#first, ...this.#pairs.flat(), this.#last].flatMap(convTensors), this.#mean];
  }
}
