import type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs";
import {
  type BatchNorm,
  consume,
  convolve,
  convTensors,
  type FoldedConv,
  foldBatchNorm,
  keepConv,
} from "./fused-layers.ts";
import type { Tf } from "./tf.ts";

interface Pointwise {
  readonly filters: Tensor4D;
  readonly batch_norm_offset: Tensor1D;
}
interface Plain {
  readonly filters: Tensor4D;
  readonly bias: Tensor1D;
}
interface Pair {
  readonly depthwise_conv: BatchNorm;
  readonly pointwise_conv: Pointwise;
}
interface Predictor {
  readonly box_encoding_predictor: Plain;
  readonly class_predictor: Plain;
}

/** The library's `SsdMobilenetv1.params`. */
export interface SsdParams {
  readonly mobilenetv1: { readonly conv_0: Pointwise } & Readonly<Record<`conv_${number}`, Pair | Pointwise>>;
  readonly prediction_layer: Readonly<Record<`conv_${number}`, Pointwise>> &
    Readonly<Record<`box_predictor_${number}`, Predictor>>;
  readonly output_layer: { readonly extra_dim: Tensor3D };
}

export type SsdOutput = {
  /** For each anchor top, left, bottom, right, as shares of the square input. */
  boxes: Tensor2D[];
  scores: Tensor1D[];
};

const pairCount = 13;
const downAt: ReadonlySet<number> = new Set([2, 4, 6, 12]);
/** The first predictor looks at the output of this pair, where small faces are still told apart. */
const earlyPair = 11;
const extraCount = 8;
const predictorCount = 6;
const preparedSize = 128;

/** The same net, folded. The original's tensors may be disposed of afterwards. */
export class FusedSsd {
  readonly #tf: Tf;
  readonly #first: FoldedConv;
  readonly #pairs: readonly (readonly [depthwise: FoldedConv, pointwise: FoldedConv])[];
  readonly #extras: readonly FoldedConv[];
  readonly #predictors: readonly { readonly boxes: FoldedConv; readonly classes: FoldedConv }[];
  readonly #anchors: Tensor2D;

  constructor(tf: Tf, params: SsdParams) {
    this.#tf = tf;
    const pointwise = (layer: Pointwise): FoldedConv => keepConv(tf, layer.filters, layer.batch_norm_offset);
    const plain = (layer: Plain): FoldedConv => keepConv(tf, layer.filters, layer.bias);
    this.#first = pointwise(params.mobilenetv1.conv_0);
    this.#pairs = Array.from({ length: pairCount }, (_, index) => {
      // The record's type cannot say that all but conv_0 are pairs.
      const pair = params.mobilenetv1[`conv_${index + 1}`] as Pair;
      return [foldBatchNorm(tf, pair.depthwise_conv), pointwise(pair.pointwise_conv)] as const;
    });
    this.#extras = numbered(extraCount, (index) => params.prediction_layer[`conv_${index}`]).map(pointwise);
    this.#predictors = numbered(
      predictorCount,
      (index) => params.prediction_layer[`box_predictor_${index}`],
    ).map((layer) => ({ boxes: plain(layer.box_encoding_predictor), classes: plain(layer.class_predictor) }));
    this.#anchors = tf.clone(params.output_layer.extra_dim).reshape([-1, 4]);
  }

  /** `input`: a batch of one, 512×512, values 0 to 255; it is let go. */
  forward(input: Tensor4D): SsdOutput {
    return this.#tf.tidy(() => this.#decode(this.#predictions(input)));
  }

  /**
   * Computes every layer once on a small input. The backend keeps a copy of each layer's filter from then on: made
   * during a pass of full size, the copies would lie between its large results, and nothing large fits there again.
   */
  prepare(): void {
    const tf = this.#tf;
    tf.tidy(() => void this.#predictions(tf.zeros([1, preparedSize, preparedSize, 3])));
  }

  #predictions(input: Tensor4D): readonly Prediction[] {
    const tf = this.#tf;
    let out = consume(tf, input, (x) => {
      const scaled = x.div<Tensor4D>(127.5).sub<Tensor4D>(1);
      return convolve(tf, scaled, this.#first, { strides: 2, pad: "same", activation: "relu6" });
    });
    const predictions: Prediction[] = [];
    for (const [index, [depthwise, pointwise]] of this.#pairs.entries()) {
      const strides = downAt.has(index + 1) ? 2 : 1;
      out = consume(tf, out, (x) =>
        convolve(tf, x, depthwise, { strides, pad: "same", activation: "relu6" }),
      );
      out = consume(tf, out, (x) => this.#widen(x, pointwise, 1));
      if (index + 1 === earlyPair) predictions.push(this.#predict(out, 0));
    }
    predictions.push(this.#predict(out, 1));
    for (const [index, extra] of this.#extras.entries()) {
      out = consume(tf, out, (x) => this.#widen(x, extra, index % 2 === 0 ? 1 : 2));
      if (index % 2 === 1) predictions.push(this.#predict(out, 2 + (index - 1) / 2));
    }
    return predictions;
  }

  tensors(): readonly Tensor[] {
    const layers = [this.#first, ...this.#pairs.flat(), ...this.#extras];
    const predictors = this.#predictors.flatMap(({ boxes, classes }) => [boxes, classes]);
    return [...[...layers, ...predictors].flatMap(convTensors), this.#anchors];
  }

  #widen(x: Tensor4D, layer: FoldedConv, strides: number): Tensor4D {
    return convolve(this.#tf, x, layer, { strides, pad: "same", activation: "relu6" });
  }

  #predict(x: Tensor4D, index: number): Prediction {
    const predictor = this.#predictors[index];
    if (predictor === undefined) throw new RangeError(`the SSD has no predictor ${index}`);
    const step = { strides: 1, pad: "same", activation: "linear" } as const;
    return {
      boxes: convolve(this.#tf, x, predictor.boxes, step).reshape([-1, 4]),
      classes: convolve(this.#tf, x, predictor.classes, step).reshape([-1, 3]),
    };
  }

  /** Centre and size are coded relative to the anchors, in tenths and fifths, as SSD does. */
  #decode(predictions: readonly Prediction[]): SsdOutput {
    const tf = this.#tf;
    const [y, x, height, width] = columns(tf, tf.concat(predictions.map(({ boxes }) => boxes)));
    const [top, left, bottom, right] = columns(tf, this.#anchors);
    const [down, across] = [bottom.sub(top), right.sub(left)];
    const centreY = y.div(10).mul(down).add(top.add(bottom).div(2));
    const centreX = x.div(10).mul(across).add(left.add(right).div(2));
    const halfDown = height.div(5).exp().mul(down).div(2);
    const halfAcross = width.div(5).exp().mul(across).div(2);
    const edges = [
      centreY.sub(halfDown),
      centreX.sub(halfAcross),
      centreY.add(halfDown),
      centreX.add(halfAcross),
    ];
    const classes = tf.concat(predictions.map((one) => one.classes));
    // Classes: nothing, a face, a third one that was never trained.
    const scores = classes.slice([0, 1], [-1, 1]).sigmoid().reshape<Tensor1D>([-1]);
    return { boxes: [tf.stack<Tensor>(edges, 1) as Tensor2D], scores: [scores] };
  }
}

interface Prediction {
  readonly boxes: Tensor2D;
  readonly classes: Tensor2D;
}

function columns(tf: Tf, table: Tensor2D): readonly [Tensor, Tensor, Tensor, Tensor] {
  const [first, second, third, fourth] = tf.unstack(table, 1);
  if (!first || !second || !third || !fourth) throw new RangeError("four columns are needed");
  return [first, second, third, fourth];
}

function numbered<T>(count: number, at: (index: number) => T | undefined): T[] {
  return Array.from({ length: count }, (_, index) => {
    const layer = at(index);
    if (layer === undefined) throw new RangeError(`the SSD's weights lack layer ${index}`);
    return layer;
  });
}
