import { z } from "zod";
import { type Path, valueAt } from "./path.ts";

/** What the schema wants at one place. */
export interface Expectation {
  /** For people: `a number from 2 to 30 s (5 unless given)`. */
  readonly text: string;
  /** The words allowed, where only some are. */
  readonly choices: readonly string[];
  readonly numeric: boolean;
}

/** The part of JSON Schema that our own schemas turn into. */
interface SchemaNode {
  readonly type?: "object" | "array" | "string" | "number" | "integer" | "boolean";
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly propertyNames?: SchemaNode;
  readonly items?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly format?: string;
  readonly unit?: string;
}

/** What belongs at `path`; `root` is the whole value, whose discriminators choose among alternatives. */
export function expectationAt(schema: z.ZodType, path: Path, root: unknown): Expectation {
  const nodes = nodesAt(schema, path, root);
  const texts = [...new Set(nodes.map(textOf))];
  return {
    text: texts.join(", or ") || "nothing here",
    choices: nodes.flatMap(choicesOf),
    numeric: nodes.some((node) => node.type === "number" || node.type === "integer"),
  };
}

/** The keys that may stand in the mapping at `path`. */
export function keysAt(schema: z.ZodType, path: Path, root: unknown): string[] {
  const keys = nodesAt(schema, path, root).flatMap((node) => [
    ...Object.keys(node.properties ?? {}),
    ...(node.propertyNames === undefined
      ? []
      : alternativesOf(node.propertyNames, undefined).flatMap(choicesOf)),
  ]);
  return [...new Set(keys)].filter((key) => key !== "$schema");
}

function nodesAt(schema: z.ZodType, path: Path, root: unknown): SchemaNode[] {
  // Its declared type is wider than what our schemas produce; SchemaNode lists what is read, all of it optional.
  const top = z.toJSONSchema(schema, { io: "input" }) as SchemaNode;
  let nodes = alternativesOf(top, root);
  for (const [depth, step] of path.entries()) {
    const value = valueAt(root, path.slice(0, depth + 1));
    nodes = nodes.flatMap((node) => childrenOf(node, step)).flatMap((node) => alternativesOf(node, value));
  }
  return nodes;
}

function childrenOf(node: SchemaNode, step: string | number): SchemaNode[] {
  const child =
    typeof step === "number" ? node.items : (node.properties?.[step] ?? node.additionalProperties);
  return typeof child === "object" ? [child] : [];
}

/** A union's branches; only the one that the value's own discriminator names, where it names one. */
function alternativesOf(node: SchemaNode, value: unknown): SchemaNode[] {
  const branches = node.oneOf ?? node.anyOf;
  if (branches === undefined) return [node];
  const named = branches.filter((branch) => isNamedBy(branch, value));
  return (named.length > 0 ? named : branches).flatMap((branch) => alternativesOf(branch, value));
}

function isNamedBy(branch: SchemaNode, value: unknown): boolean {
  const constants = Object.entries(branch.properties ?? {}).filter(([, node]) => node.const !== undefined);
  return constants.length > 0 && constants.every(([key, node]) => valueAt(value, [key]) === node.const);
}

function choicesOf(node: SchemaNode): string[] {
  const values = node.const === undefined ? (node.enum ?? []) : [node.const];
  return values.filter((value) => typeof value === "string");
}

function textOf(node: SchemaNode): string {
  const preset = node.default;
  const written = typeof preset === "number" || typeof preset === "string" || typeof preset === "boolean";
  const unless = written ? ` (${preset} unless given)` : "";
  const choices = choicesOf(node);
  if (choices.length > 0) return `${choices.map((choice) => `"${choice}"`).join(" or ")}${unless}`;
  switch (node.type ?? "object") {
    case "integer":
      return `a whole number${rangeOf(node)}${unless}`;
    case "number":
      return `a number${rangeOf(node)}${unless}`;
    case "string":
      return node.format === "date" ? "a date as YYYY-MM-DD" : `a text${lengthOf(node)}${unless}`;
    case "boolean":
      return `true or false${unless}`;
    case "array":
      return `a list${countOf(node)}`;
    case "object":
      return "a mapping";
  }
}

function rangeOf(node: SchemaNode): string {
  const unit = node.unit === undefined ? "" : ` ${node.unit}`;
  if (node.exclusiveMinimum !== undefined) return ` over ${node.exclusiveMinimum}${unit}`;
  if (node.minimum === undefined) return unit;
  // Zod bounds whole numbers by what a double holds, which tells nobody anything.
  if (node.maximum === undefined || node.maximum === Number.MAX_SAFE_INTEGER)
    return ` from ${node.minimum}${unit}`;
  return ` from ${node.minimum} to ${node.maximum}${unit}`;
}

const lengthOf = (node: SchemaNode): string =>
  node.maxLength === undefined ? "" : ` of ${node.minLength ?? 0} to ${node.maxLength} characters`;

const countOf = (node: SchemaNode): string =>
  node.maxItems === undefined ? "" : ` of ${node.minItems ?? 0} to ${node.maxItems}`;
