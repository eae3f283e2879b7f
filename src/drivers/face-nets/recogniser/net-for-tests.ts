import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { RecogniserManifest } from "./recogniser-manifest.ts";

export interface NetForTests {
  readonly size: number;
  readonly dimensions: number;
  /** Default 3. */
  readonly channels?: number;
  readonly seed?: number;
  readonly weight?: (index: number) => number;
  readonly inputShape?: readonly (number | string)[];
  readonly outputShape?: readonly (number | string)[];
  /** The second operator's domain and name. */
  readonly operator?: { readonly domain: string; readonly type: string };
  readonly externalData?: boolean;
}

const float = 1;
const int64 = 7;

/**
 * A whole ONNX model of two operators: the picture as one row, times a matrix of random numbers. Alike pictures have alike
 * descriptors, which is all that tests of what is around a net need.
 */
export function netBytes(net: NetForTests): Uint8Array {
  const { size, dimensions, channels = 3 } = net;
  const inputs = channels * size * size;
  const next = randomOf(net.seed ?? 1);
  const weights = Float32Array.from(
    { length: inputs * dimensions },
    (_, index) => net.weight?.(index) ?? next(),
  );
  const graph = message((writer) => {
    child(writer, 1, operator("Reshape", ["input", "row"], ["flat"], ""));
    const { type, domain } = net.operator ?? { type: "MatMul", domain: "" };
    child(writer, 1, operator(type, ["flat", "weights"], ["descriptor"], domain));
    text(writer, 2, "net");
    child(
      writer,
      5,
      tensor("row", [2], int64, new Uint8Array(new BigInt64Array([1n, BigInt(inputs)]).buffer)),
    );
    const bytes = new Uint8Array(weights.buffer);
    child(writer, 5, tensor("weights", [inputs, dimensions], float, bytes, net.externalData));
    child(writer, 11, valueInfo("input", net.inputShape ?? [1, channels, size, size]));
    child(writer, 12, valueInfo("descriptor", net.outputShape ?? [1, dimensions]));
  });
  return message((writer) => {
    writer.tag(1, WireType.Varint).int64(8);
    child(writer, 7, graph);
    child(
      writer,
      8,
      message((opset) => void opset.tag(2, WireType.Varint).int64(13)),
    );
  }).finish();
}

/** The net with a manifest beside it, in a folder of its own. */
export async function putRecogniser(
  net: NetForTests = { size: 32, dimensions: 16 },
  changes: Partial<Record<keyof RecogniserManifest, unknown>> = {},
) {
  const folder = await mkdtemp(join(tmpdir(), "vestibule-recogniser-"));
  const bytes = netBytes(net);
  const file = join(folder, "net.onnx");
  const path = join(folder, "recogniser.json");
  await writeFile(file, bytes);
  const manifest = {
    schema: 1,
    id: "random-projection",
    file: "net.onnx",
    sha256: createHash("sha256").update(bytes).digest("hex"),
    licence: { name: "Test licence", text: "Do as you like.", commercial: true },
    input: { size: net.size, colour: "rgb", layout: "nchw", mean: 127.5, std: 127.5 },
    crop: "arcface-112",
    mirror: false,
    output: { name: "descriptor", dimensions: net.dimensions },
    distance: "cosine",
    ...changes,
  };
  await writeFile(path, JSON.stringify(manifest));
  return {
    folder,
    file,
    path,
    manifest,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

function message(fill: (writer: BinaryWriter) => void): BinaryWriter {
  const writer = new BinaryWriter();
  fill(writer);
  return writer;
}

function child(writer: BinaryWriter, field: number, content: BinaryWriter): void {
  writer.tag(field, WireType.LengthDelimited).bytes(content.finish());
}

const text = (writer: BinaryWriter, field: number, value: string): void =>
  void writer.tag(field, WireType.LengthDelimited).string(value);

const operator = (type: string, inputs: readonly string[], outputs: readonly string[], domain: string) =>
  message((writer) => {
    for (const name of inputs) text(writer, 1, name);
    for (const name of outputs) text(writer, 2, name);
    text(writer, 4, type);
    if (domain !== "") text(writer, 7, domain);
  });

const tensor = (name: string, dims: readonly number[], type: number, raw: Uint8Array, external = false) =>
  message((writer) => {
    for (const size of dims) writer.tag(1, WireType.Varint).int64(size);
    writer.tag(2, WireType.Varint).int32(type);
    text(writer, 8, name);
    if (!external) {
      writer.tag(9, WireType.LengthDelimited).bytes(raw);
      return;
    }
    child(
      writer,
      13,
      message((entry) => {
        text(entry, 1, "location");
        text(entry, 2, "/etc/hostname");
      }),
    );
    writer.tag(14, WireType.Varint).int32(1);
  });

const valueInfo = (name: string, sizes: readonly (number | string)[]) =>
  message((writer) => {
    text(writer, 1, name);
    const shape = message((dims) => {
      for (const size of sizes) {
        child(
          dims,
          1,
          message((dimension) => {
            if (typeof size === "string") text(dimension, 2, size);
            else dimension.tag(1, WireType.Varint).int64(size);
          }),
        );
      }
    });
    const tensorType = message((type) => {
      type.tag(1, WireType.Varint).int32(float);
      child(type, 2, shape);
    });
    child(
      writer,
      2,
      message((type) => child(type, 1, tensorType)),
    );
  });

function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}
