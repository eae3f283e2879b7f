import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs";
import { type ConvStep, consume, convolve, convTensors, type FoldedConv, foldScale } from "./fused-layers.ts";
import type { Tf } from "./tf.ts";

interface Conv {
  readonly conv: { readonly filters: Tensor4D; readonly bias: Tensor1D };
  readonly scale: { readonly weights: Tensor1D; readonly biases: Tensor1D };
}
interface Residual {
  readonly conv1: Conv;
  readonly conv2: Conv;
}

/** dlib's ResNet-29, block by block; the names are the library's. */
const blocks = [
  ["conv32_1", false],
  ["conv32_2", false],
  ["conv32_3", false],
  ["conv64_down", true],
  ["conv64_1", false],
  ["conv64_2", false],
  ["conv64_3", false],
  ["conv128_down", true],
  ["conv128_1", false],
  ["conv128_2", false],
  ["conv256_down", true],
  ["conv256_1", false],
  ["conv256_2", false],
  ["conv256_down_out", true],
] as const;

/** The library's `FaceRecognitionNet.params`. */
export type RecognitionParams = { readonly conv32_down: Conv; readonly fc: Tensor2D } & Readonly<
  Record<(typeof blocks)[number][0], Residual>
>;

interface Block {
  readonly first: FoldedConv;
  readonly second: FoldedConv;
  readonly down: boolean;
}

const meanColour = [122.782, 117.001, 104.298];

/** The same net, folded. The original's tensors may be disposed of afterwards. */
export class FusedRecognition {
  readonly #tf: Tf;
  readonly #first: FoldedConv;
  readonly #blocks: readonly Block[];
  readonly #last: Tensor2D;
  readonly #mean: Tensor1D;

  constructor(tf: Tf, params: RecognitionParams) {
    this.#tf = tf;
    const fold = ({ conv, scale }: Conv): FoldedConv => foldScale(tf, conv.filters, conv.bias, scale);
    this.#first = fold(params.conv32_down);
    this.#blocks = blocks.map(([name, down]) => ({
      first: fold(params[name].conv1),
      second: fold(params[name].conv2),
      down,
    }));
    this.#last = tf.clone(params.fc);
    this.#mean = tf.tensor1d(meanColour);
  }

  /** `input`: a batch of 150×150 chips, values 0 to 255; it is let go. One row of 128 numbers each. */
  forward(input: Tensor4D): Tensor2D {
    const tf = this.#tf;
    return tf.tidy(() => {
      let out = consume(tf, input, (x) => {
        const scaled = x.sub<Tensor4D>(this.#mean).div<Tensor4D>(255);
        return convolve(tf, scaled, this.#first, { strides: 2, pad: "valid", activation: "relu" });
      });
      out = consume(tf, out, (x) => tf.maxPool(x, 3, 2, "valid"));
      for (const block of this.#blocks) out = consume(tf, out, (x) => this.#residual(x, block));
      return tf.matMul(out.mean<Tensor2D>([1, 2]), this.#last);
    });
  }

  tensors(): readonly Tensor[] {
    const layers = [this.#first, ...this.#blocks.flatMap(({ first, second }) => [first, second])];
    return [...layers.flatMap(convTensors), this.#last, this.#mean];
  }

  #residual(x: Tensor4D, { first, second, down }: Block): Tensor4D {
    const tf = this.#tf;
    const step: ConvStep = down
      ? { strides: 2, pad: "valid", activation: "relu" }
      : { strides: 1, pad: "same", activation: "relu" };
    const inner = convolve(tf, x, first, step);
    const out = consume(tf, inner, (y) =>
      convolve(tf, y, second, { strides: 1, pad: "same", activation: "linear" }),
    );
    return tf.relu(down ? addShortcut(tf, tf.avgPool(x, 2, 2, "valid"), out) : out.add<Tensor4D>(x));
  }
}

/** Where the two differ in size or channels, the smaller is filled up with zeros at the end, as dlib does. */
function addShortcut(tf: Tf, shortcut: Tensor4D, out: Tensor4D): Tensor4D {
  const size = [0, 1, 2, 3].map((axis) => Math.max(shortcut.shape[axis] ?? 0, out.shape[axis] ?? 0));
  const fill = (x: Tensor4D): Tensor4D => {
    const missing = (axis: number): [number, number] => [0, (size[axis] ?? 0) - (x.shape[axis] ?? 0)];
    return tf.pad4d(x, [missing(0), missing(1), missing(2), missing(3)]);
  };
  return fill(shortcut).add<Tensor4D>(fill(out));
}
