import { InferenceSession, Tensor } from "onnxruntime-node";
import { ModelError } from "../model-manifest.ts";
import type { Chip } from "../recipe/chip.ts";
import { messageOf, type RecogniserManifest } from "./recogniser-manifest.ts";

/** A net that makes a descriptor out of a chip; its numbers as they come, not normalised. */
export interface Embedder {
  embed(chip: Chip): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** Loads the very bytes that were hashed, and checks that the net is the one the manifest speaks of. */
export async function openEmbedder(
  file: string,
  bytes: Uint8Array,
  manifest: RecogniserManifest,
): Promise<Embedder> {
  let session: InferenceSession;
  try {
    session = await InferenceSession.create(bytes, {
      executionProviders: ["cpu"],
      executionMode: "sequential",
      graphOptimizationLevel: "all",
      // Two threads were slower than one, and a core is needed for the doors.
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
  } catch (cause) {
    throw new ModelError(`${file}: ONNX Runtime cannot load it: ${oneLine(messageOf(cause))}`, { cause });
  }
  try {
    const input = requireInput(file, session, manifest);
    requireOutput(file, session, manifest);
    return embedderOf(file, session, input, manifest);
  } catch (cause) {
    await session.release();
    throw cause;
  }
}

function embedderOf(
  file: string,
  session: InferenceSession,
  inputName: string,
  manifest: RecogniserManifest,
): Embedder {
  const { input, output } = manifest;
  const values = new Float32Array(input.size * input.size * channelsOf(manifest));
  const shape = wantedShape(manifest);
  return {
    async embed(chip) {
      fill(values, chip, input);
      const results = await session.run({ [inputName]: new Tensor("float32", values, shape) }, [output.name]);
      const data = results[output.name]?.data;
      if (!(data instanceof Float32Array) || data.length !== output.dimensions) {
        throw new ModelError(
          `${file}: output ${output.name} has ${data?.length ?? 0} numbers, the manifest says ${output.dimensions}`,
        );
      }
      return Float32Array.from(data);
    },
    dispose: () => session.release(),
  };
}

const channelsOf = ({ input }: RecogniserManifest): number => (input.colour === "grey" ? 1 : 3);

function wantedShape(manifest: RecogniserManifest): number[] {
  const { size, layout } = manifest.input;
  const channels = channelsOf(manifest);
  return layout === "nchw" ? [1, channels, size, size] : [1, size, size, channels];
}

function requireInput(file: string, session: InferenceSession, manifest: RecogniserManifest): string {
  const [input, ...others] = session.inputMetadata;
  if (input === undefined || others.length > 0)
    throw new ModelError(`${file}: the net has ${session.inputMetadata.length} inputs, one is expected`);
  const wanted = wantedShape(manifest);
  if (!input.isTensor || input.type !== "float32")
    throw new ModelError(`${file}: input ${input.name} takes no float32 numbers`);
  const fits =
    input.shape.length === wanted.length && wanted.every((size, axis) => sizeFits(input.shape, axis, size));
  if (!fits) {
    throw new ModelError(
      `${file}: input ${input.name} has the shape ${shown(input.shape)}, the manifest says ${shown(wanted)}${dynamicHint(input.shape)}`,
    );
  }
  return input.name;
}

function requireOutput(file: string, session: InferenceSession, { output }: RecogniserManifest): void {
  const found = session.outputMetadata.find(({ name }) => name === output.name);
  if (found === undefined) {
    const names = session.outputMetadata.map(({ name }) => name).join(", ");
    throw new ModelError(`${file}: there is no output ${output.name}; the net has: ${names}`);
  }
  if (!found.isTensor || found.type !== "float32")
    throw new ModelError(`${file}: output ${output.name} gives no float32 numbers`);
  // The batch may come first; whatever else there is must be of size one.
  const sizes = found.shape.slice(found.shape.length > 1 ? 1 : 0);
  const numbers = sizes.reduce<number>(
    (product, size) => product * (typeof size === "number" ? size : Number.NaN),
    1,
  );
  if (numbers !== output.dimensions) {
    throw new ModelError(
      `${file}: output ${output.name} has the shape ${shown(found.shape)}, the manifest says ${output.dimensions} numbers${dynamicHint(sizes)}`,
    );
  }
}

/** Only the number of pictures at once may be left open. */
function sizeFits(shape: readonly (number | string)[], axis: number, wanted: number): boolean {
  const size = shape[axis];
  return size === wanted || (axis === 0 && isOpen(size));
}

const isOpen = (size: number | string | undefined): boolean =>
  typeof size === "string" || (size !== undefined && size <= 0);

const dynamicHint = (shape: readonly (number | string)[]): string =>
  shape.slice(1).some(isOpen) ? "; export it with fixed sizes, only the first may be open" : "";

const shown = (shape: readonly (number | string)[]): string => `[${shape.join(", ")}]`;

/** Rec. 601, as the quality figures and cameras' own grey. */
const luma = [0.299, 0.587, 0.114] as const;

/** RGB, row by row, to what the net was trained on. */
function fill(values: Float32Array, { pixels }: Chip, input: RecogniserManifest["input"]): void {
  const { colour, layout, size } = input;
  const channels = colour === "grey" ? 1 : 3;
  const area = size * size;
  for (let channel = 0; channel < channels; channel += 1) {
    const mean = channelOf(input.mean, channel);
    const std = channelOf(input.std, channel);
    const source = colour === "bgr" ? 2 - channel : channel;
    for (let pixel = 0; pixel < area; pixel += 1) {
      const at = pixel * 3;
      const value =
        colour === "grey"
          ? luma[0] * (pixels[at] ?? 0) + luma[1] * (pixels[at + 1] ?? 0) + luma[2] * (pixels[at + 2] ?? 0)
          : (pixels[at + source] ?? 0);
      values[layout === "nchw" ? channel * area + pixel : pixel * channels + channel] = (value - mean) / std;
    }
  }
}

const channelOf = (numbers: number | readonly number[], channel: number): number =>
  typeof numbers === "number" ? numbers : (numbers[channel] ?? Number.NaN);

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").slice(0, 300);
