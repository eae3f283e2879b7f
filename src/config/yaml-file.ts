import { readFileSync, statSync } from "node:fs";
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from "yaml";
import { type Bilingual, ConfigError } from "./config-error.ts";
import { type Path, pathText } from "./path.ts";
import { faultOf, maxAliases, maxNesting, nestingOf, problemsOf } from "./yaml-problems.ts";

/** A site of 8 vestibules with comments is some 50 KB. */
const maxBytes = 1024 * 1024;
/** Where something stands; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A YAML file as plain values, which still knows where each of them was written. */
export interface YamlFile {
  readonly file: string;
  readonly value: unknown;
  /** Where the value of `path` stands, or the nearest thing around it that exists. */
  placeOf(path: Path): Place;
  /** Where the key itself stands: for one that should not be there. */
  placeOfKey(path: Path): Place;
}

/** Reads and parses `file`; throws ConfigError with all syntax faults at once. */
export function readYamlFile(file: string): YamlFile {
  return parseYaml(file, decode(file, readBounded(file)));
}

/** `file` is only named in faults. */
export function parseYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseWithin(file, text, lines);
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = problemsOf(document);
  if (problems.length > 0) throw new ConfigError(problems.map((problem) => faultOf(problem, file, placeAt)));
  return {
    file,
    value: plainValueOf(file, document),
    placeOf: (path) => placeAt(offsetOf(document, path, "value")),
    placeOfKey: (path) => placeAt(offsetOf(document, path, "key")),
  };
}

function readBounded(file: string): Uint8Array {
  try {
    const { size } = statSync(file);
    if (size > maxBytes) {
      throw fileFault(file, `${size} bytes`, `at most ${maxBytes} bytes`, {
        en: "is this a configuration file?",
        zh: "文件过大,请确认这是配置文件。",
      });
    }
    return readFileSync(file);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw fileFault(file, unreadable[reason] ?? reason, "a readable YAML file", {
      en: "check the name, and that the user running this may read it",
      zh: "请检查文件名以及运行用户的读取权限。",
    });
  }
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EISDIR: "a directory",
  EACCES: "a file this user may not read",
};

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw fileFault(file, "bytes that are not UTF-8", "a text file in UTF-8", {
      en: "save it as UTF-8 (often it is GBK)",
      zh: "请将文件另存为 UTF-8 编码(常见原因是 GBK 编码)。",
    });
  }
}

function parseWithin(file: string, text: string, lines: LineCounter): Document {
  if (nestingOf(text) > maxNesting) throw tooDeep(file);
  try {
    return parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: "error",
    });
  } catch (error) {
    // The parser recurses: mappings indented without end still exhaust the stack.
    if (!(error instanceof RangeError)) throw error;
    throw tooDeep(file);
  }
}

function tooDeep(file: string): ConfigError {
  return fileFault(file, "nesting without end", `at most ${maxNesting} levels`, {
    en: "remove the nesting",
    zh: "嵌套层数过多,请删除多余的嵌套。",
  });
}

function plainValueOf(file: string, document: Document): unknown {
  let aliases = 0;
  visit(document, {
    Alias: () => {
      aliases += 1;
      return aliases > maxAliases ? visit.BREAK : undefined;
    },
  });
  try {
    if (aliases <= maxAliases) return document.toJS({ maxAliasCount: maxAliases });
  } catch (error) {
    if (!(error instanceof ReferenceError || error instanceof RangeError)) throw error;
  }
  throw fileFault(file, "aliases that multiply", `at most ${maxAliases} aliases`, {
    en: "write the values out instead of using * and &",
    zh: "YAML 别名(* 与 &)过多,请直接写出数值。",
  });
}

/** Offset in the text of what `path` names; of the last part that exists where it does not. */
function offsetOf(document: Document, path: Path, part: "key" | "value"): number {
  let node = resolved(document, document.contents);
  let offset = node?.range?.[0] ?? 0;
  for (const [depth, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) return offset;
      const key = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      const value = nodeOf(pair.value);
      const last = depth === path.length - 1;
      // A missing part of a mapping is reported at the mapping's key, not at its first line.
      const plain = isScalar(value) && value.range?.[0] !== value.range?.[1];
      offset = last && part === "value" && plain ? (value.range?.[0] ?? key) : key;
      node = resolved(document, value);
    } else if (isSeq(node)) {
      const item = nodeOf(node.items[Number(step)]);
      if (item === undefined) return offset;
      offset = item.range?.[0] ?? offset;
      node = resolved(document, item);
    } else return offset;
  }
  return offset;
}

function nodeOf(value: unknown): Node | undefined {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : undefined;
}

function resolved(document: Document, node: unknown): Node | undefined {
  return isAlias(node) ? nodeOf(node.resolve(document)) : nodeOf(node);
}

function fileFault(file: string, found: string, expected: string, remedy: Bilingual): ConfigError {
  return new ConfigError([
    { file, line: undefined, column: undefined, path: pathText([]), found, expected, remedy },
  ]);
}
