import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { ModelError } from "../model-manifest.ts";

/** Operators of ONNX itself, and those that come with ONNX Runtime; anything else is somebody's own code. */
const knownDomains: ReadonlySet<string> = new Set(["", "ai.onnx", "ai.onnx.ml", "com.microsoft"]);

const deepestSubgraph = 8;
const mostNodes = 200_000;

/** Field numbers of onnx.proto. */
const model = { graph: 7, functions: 25 } as const;
const graph = { node: 1, initializer: 5, sparseInitializer: 15 } as const;
const node = { opType: 4, attribute: 5, domain: 7 } as const;
const attribute = { tensor: 5, graph: 6, tensors: 10, graphs: 11, sparse: 22, sparses: 23 } as const;
const tensor = { externalData: 13, dataLocation: 14 } as const;
const functionBody = { node: 7 } as const;

/**
 * Looks through a model before anything runs it: it must be whole in this one file, since only this file was
 * hashed, and use no operators that would need a library of somebody's. Throws `ModelError`.
 */
export function requireSelfContained(file: string, bytes: Uint8Array): void {
  let graphs = 0;
  try {
    eachMessage(bytes, (field, content) => {
      if (field === model.graph) {
        graphs += 1;
        walkGraph(content, { file, nodes: 0 }, 0);
      }
      if (field === model.functions) walkNodes(content, functionBody.node, { file, nodes: 0 }, 0);
    });
  } catch (cause) {
    if (cause instanceof ModelError) throw cause;
    throw new ModelError(`${file}: this is not an ONNX model, or it is cut short`, { cause });
  }
  if (graphs !== 1) throw new ModelError(`${file}: this is not an ONNX model: it has no graph`);
}

interface Walk {
  readonly file: string;
  nodes: number;
}

function walkGraph(bytes: Uint8Array, walk: Walk, depth: number): void {
  if (depth > deepestSubgraph)
    throw new ModelError(`${walk.file}: graphs within graphs, more than ${deepestSubgraph} deep`);
  walkNodes(bytes, graph.node, walk, depth);
  eachMessage(bytes, (field, content) => {
    if (field === graph.initializer) requireInside(content, walk.file);
    if (field === graph.sparseInitializer) throw sparse(walk.file);
  });
}

function walkNodes(bytes: Uint8Array, nodeField: number, walk: Walk, depth: number): void {
  eachMessage(bytes, (field, content) => {
    if (field !== nodeField) return;
    walk.nodes += 1;
    if (walk.nodes > mostNodes) throw new ModelError(`${walk.file}: more than ${mostNodes} operators`);
    walkNode(content, walk, depth);
  });
}

function walkNode(bytes: Uint8Array, walk: Walk, depth: number): void {
  let operator = "";
  let domain = "";
  eachMessage(bytes, (field, content) => {
    if (field === node.opType) operator = textOf(content);
    if (field === node.domain) domain = textOf(content);
    if (field === node.attribute) walkAttribute(content, walk, depth);
  });
  if (knownDomains.has(domain)) return;
  throw new ModelError(
    `${walk.file}: operator ${printable(operator)} of ${printable(domain)} is not part of ONNX; export the net without operators of its own`,
  );
}

function walkAttribute(bytes: Uint8Array, walk: Walk, depth: number): void {
  eachMessage(bytes, (field, content) => {
    if (field === attribute.tensor || field === attribute.tensors) requireInside(content, walk.file);
    if (field === attribute.sparse || field === attribute.sparses) throw sparse(walk.file);
    if (field === attribute.graph || field === attribute.graphs) walkGraph(content, walk, depth + 1);
  });
}

function requireInside(bytes: Uint8Array, file: string): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    const outside =
      (field === tensor.dataLocation && wire === WireType.Varint && reader.uint32() !== 0) ||
      field === tensor.externalData;
    if (outside) {
      throw new ModelError(
        `${file}: weights lie in another file, which no hash covers; export the net into one file`,
      );
    }
    if (field !== tensor.dataLocation || wire !== WireType.Varint) reader.skip(wire, field);
  }
}

const sparse = (file: string): ModelError =>
  new ModelError(`${file}: sparse weights are not taken; export the net with dense ones`);

/** Each field of a message that holds bytes: text, or another message. The bytes are a view, not a copy. */
function eachMessage(bytes: Uint8Array, take: (field: number, content: Uint8Array) => void): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    if (wire === WireType.LengthDelimited) take(field, reader.bytes());
    else reader.skip(wire, field);
  }
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");
const printable = (text: string): string => JSON.stringify(text.slice(0, 60));
