import { ModelError } from "../model-manifest.ts";
import { type NetSession, OnnxError, openSession } from "../onnx/session.ts";
import type { Chip } from "../recipe/chip.ts";
import type { RecogniserManifest } from "./recogniser-manifest.ts";

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
  const session = await openSession(bytes).catch((cause: unknown) => {
    if (!(cause instanceof OnnxError)) throw cause;
    throw new ModelError(`${file}: ${oneLine(cause.message)}`, { cause });
  });
  try {
    const input = requireInput(file, session, manifest);
    requireOutput(file, session, manifest);
    return embedderOf(file, session, input, manifest);
  } catch (cause) {
    await session.dispose();
    throw cause;
  }
}

function embedderOf(
  file: string,
  session: NetSession,
  inputName: string,
  manifest: RecogniserManifest,
): Embedder {
  const { input, output } = manifest;
  const values = new Float32Array(input.size * input.size * channelsOf(manifest));
  const shape = wantedShape(manifest);
  return {
    async embed(chip) {
      fill(values, chip, input);
      const results = await session.run({ [inputName]: { shape, data: values } });
      const data = results[output.name]?.data;
      if (data === undefined || data.length !== output.dimensions) {
        throw new ModelError(
          `${file}: output ${output.name} has ${data?.length ?? 0} numbers, the manifest says ${output.dimensions}`,
        );
      }
      return Float32Array.from(data);
    },
    dispose: () => session.dispose(),
  };
}

const channelsOf = ({ input }: RecogniserManifest): number => (input.colour === "grey" ? 1 : 3);

function wantedShape(manifest: RecogniserManifest): number[] {
  const { size, layout } = manifest.input;
  const channels = channelsOf(manifest);
  return layout === "nchw" ? [1, channels, size, size] : [1, size, size, channels];
}

function requireInput(file: string, session: NetSession, manifest: RecogniserManifest): string {
  const [input, ...others] = session.inputs;
  if (input === undefined || others.length > 0)
    throw new ModelError(`${file}: the net has ${session.inputs.length} inputs, one is expected`);
  const wanted = wantedShape(manifest);
  if (input.type !== "float32") throw new ModelError(`${file}: input ${input.name} takes no float32 numbers`);
  const fits =
    input.shape.length === wanted.length && wanted.every((size, axis) => sizeFits(input.shape, axis, size));
  if (!fits) {
    throw new ModelError(
      `${file}: input ${input.name} has the shape ${shown(input.shape)}, the manifest says ${shown(wanted)}${dynamicHint(input.shape)}`,
    );
  }
  return input.name;
}

function requireOutput(file: string, session: NetSession, { output }: RecogniserManifest): void {
  const found = session.outputs.find(({ name }) => name === output.name);
  if (found === undefined) {
    const names = session.outputs.map(({ name }) => name).join(", ");
    throw new ModelError(`${file}: there is no output ${output.name}; the net has: ${names}`);
  }
  if (found.type !== "float32")
    throw new ModelError(`${file}: output ${output.name} gives no float32 numbers`);
  // The batch may come first; whatever else there is must be of size one.
  const sizes = found.shape.slice(found.shape.length > 1 ? 1 : 0);
  const numbers = sizes.reduce<number>((product, size) => product * (size ?? Number.NaN), 1);
  if (numbers !== output.dimensions) {
    throw new ModelError(
      `${file}: output ${output.name} has the shape ${shown(found.shape)}, the manifest says ${output.dimensions} numbers${dynamicHint(sizes)}`,
    );
  }
}

/** Only the number of pictures at once may be left open. */
function sizeFits(shape: readonly (number | undefined)[], axis: number, wanted: number): boolean {
  const size = shape[axis];
  return size === wanted || (axis === 0 && isOpen(size));
}

const isOpen = (size: number | undefined): boolean => size === undefined || size <= 0;

const dynamicHint = (shape: readonly (number | undefined)[]): string =>
  shape.slice(1).some(isOpen) ? "; export it with fixed sizes, only the first may be open" : "";

const shown = (shape: readonly (number | undefined)[]): string =>
  `[${shape.map((size) => size ?? "?").join(", ")}]`;

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
