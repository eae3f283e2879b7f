import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/*
 * What of the ONNX format (onnx.proto, IR version 8, operators of set 17) nets like ours take. The same calls give the
 * same bytes: nothing in a file depends on time, place or the order of a hash table.
 */

const irVersion = 8;
const operatorSet = 17;
const float32 = 1;
const int64 = 7;

/** A number that is fixed, or the name of one that is only known when the net runs. */
export type Dimension = number | string;

export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly ints: readonly number[] };

/** A value in the net, by its name. */
export type Value = string;

/** A net put together operation by operation; `toBytes` is the file. */
export class OnnxNet {
  readonly #name: string;
  readonly #nodes: Message[] = [];
  readonly #constants: Message[] = [];
  readonly #inputs: Message[] = [];
  readonly #outputs: Message[] = [];
  #values = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** A tensor of 32-bit floats that comes from outside. */
  input(name: string, shape: readonly Dimension[]): Value {
    this.#inputs.push(tensorType(name, shape));
    return name;
  }

  /** What the net gives: `value` under a name of its own. */
  output(name: string, value: Value, shape: readonly Dimension[]): void {
    this.#nodes.push(node("Identity", [value], name, {}));
    this.#outputs.push(tensorType(name, shape));
  }

  floats(shape: readonly number[], values: Float32Array): Value {
    const count = shape.reduce((product, length) => product * length, 1);
    if (count !== values.length) throw new RangeError(`${values.length} values for ${count} places`);
    const bytes = new Uint8Array(values.length * 4);
    const view = new DataView(bytes.buffer);
    for (const [index, value] of values.entries()) view.setFloat32(index * 4, value, true);
    return this.#constant(shape, float32, bytes);
  }

  ints(values: readonly number[]): Value {
    const bytes = new Uint8Array(values.length * 8);
    const view = new DataView(bytes.buffer);
    for (const [index, value] of values.entries()) view.setBigInt64(index * 8, BigInt(value), true);
    return this.#constant([values.length], int64, bytes);
  }

  /** One operation of the default set; its only output. */
  apply(
    operator: string,
    inputs: readonly Value[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Value {
    const output = this.#next();
    this.#nodes.push(node(operator, inputs, output, attributes));
    return output;
  }

  toBytes(): Uint8Array {
    const graph = message((writer) => {
      for (const one of this.#nodes) embed(writer, 1, one);
      text(writer, 2, this.#name);
      for (const one of this.#constants) embed(writer, 5, one);
      for (const one of this.#inputs) embed(writer, 11, one);
      for (const one of this.#outputs) embed(writer, 12, one);
    });
    return message((writer) => {
      integer(writer, 1, irVersion);
      text(writer, 2, "vestibule");
      embed(writer, 7, graph);
      embed(
        writer,
        8,
        message((set) => integer(set, 2, operatorSet)),
      );
    });
  }

  #constant(shape: readonly number[], type: number, raw: Uint8Array): Value {
    const name = this.#next();
    this.#constants.push(
      message((writer) => {
        for (const length of shape) integer(writer, 1, length);
        integer(writer, 2, type);
        text(writer, 8, name);
        embed(writer, 9, raw);
      }),
    );
    return name;
  }

  #next(): Value {
    this.#values += 1;
    return `v${this.#values}`;
  }
}

type Message = Uint8Array;

function message(write: (writer: BinaryWriter) => void): Message {
  const writer = new BinaryWriter();
  write(writer);
  return writer.finish();
}

const embed = (writer: BinaryWriter, field: number, bytes: Uint8Array): void =>
  void writer.tag(field, WireType.LengthDelimited).bytes(bytes);
const text = (writer: BinaryWriter, field: number, value: string): void =>
  void writer.tag(field, WireType.LengthDelimited).string(value);
const integer = (writer: BinaryWriter, field: number, value: number): void =>
  void writer.tag(field, WireType.Varint).int64(value);

function node(
  operator: string,
  inputs: readonly Value[],
  output: Value,
  attributes: Readonly<Record<string, Attribute>>,
): Message {
  return message((writer) => {
    for (const input of inputs) text(writer, 1, input);
    text(writer, 2, output);
    text(writer, 3, output);
    text(writer, 4, operator);
    for (const [name, value] of Object.entries(attributes)) embed(writer, 5, attribute(name, value));
  });
}

/** Numbers of the fields and types: `AttributeProto` in onnx.proto. */
function attribute(name: string, value: Attribute): Message {
  return message((writer) => {
    text(writer, 1, name);
    if ("float" in value) {
      writer.tag(2, WireType.Bit32).float(value.float);
      integer(writer, 20, 1);
    } else if ("int" in value) {
      integer(writer, 3, value.int);
      integer(writer, 20, 2);
    } else if ("text" in value) {
      text(writer, 4, value.text);
      integer(writer, 20, 3);
    } else {
      for (const one of value.ints) integer(writer, 8, one);
      integer(writer, 20, 7);
    }
  });
}

function tensorType(name: string, shape: readonly Dimension[]): Message {
  const dimensions = message((writer) => {
    for (const length of shape) {
      embed(
        writer,
        1,
        message((one) => (typeof length === "number" ? integer(one, 1, length) : text(one, 2, length))),
      );
    }
  });
  const tensor = message((writer) => {
    integer(writer, 1, float32);
    embed(writer, 2, dimensions);
  });
  return message((writer) => {
    text(writer, 1, name);
    embed(
      writer,
      2,
      message((type) => embed(type, 1, tensor)),
    );
  });
}
