import { z } from "zod";
import type { NetWeights } from "../../src/drivers/face-nets/model-manifest.ts";

/** Numbers with their shape, as TensorFlow lays them out: the last axis runs fastest. */
export interface Weights {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The tensors of one net by name. */
export class WeightTable {
  readonly #net: string;
  readonly #tensors: ReadonlyMap<string, Weights>;

  constructor(net: string, tensors: ReadonlyMap<string, Weights>) {
    this.#net = net;
    this.#tensors = tensors;
  }

  get(name: string): Weights {
    const found = this.#tensors.get(name);
    if (found === undefined) throw new RangeError(`${this.#net}: there are no weights called ${name}`);
    return found;
  }
}

const layoutSchema = z.array(
  z.object({
    weights: z.array(
      z.object({
        name: z.string(),
        shape: z.array(z.int().nonnegative()),
        dtype: z.enum(["float32", "int32"]),
        quantization: z.object({ dtype: z.literal("uint8"), scale: z.number(), min: z.number() }).optional(),
      }),
    ),
  }),
);

/** Reads weights as TensorFlow.js writes them: one after the other, as bytes with a scale or as they are. */
export function decodeWeights(net: string, { data, layout }: NetWeights): WeightTable {
  const tensors = new Map<string, Weights>();
  let at = 0;
  for (const { name, shape, quantization } of layoutSchema
    .parse(JSON.parse(layout))
    .flatMap((group) => group.weights)) {
    const values = new Float32Array(shape.reduce((product, length) => product * length, 1));
    for (const index of values.keys()) {
      values[index] =
        quantization === undefined
          ? data.readFloatLE(at + index * 4)
          : data.readUInt8(at + index) * quantization.scale + quantization.min;
    }
    at += values.length * (quantization === undefined ? 4 : 1);
    tensors.set(name, { shape, values });
  }
  if (at !== data.length)
    throw new RangeError(`${net}: ${data.length} bytes of weights, ${at} of them described`);
  return new WeightTable(net, tensors);
}
