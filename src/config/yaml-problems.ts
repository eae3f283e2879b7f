import { type Document, isScalar, Lexer, visit } from "yaml";
import type { Bilingual, ConfigFault } from "./config-error.ts";
import { shown } from "./path.ts";

/** Anchors may repeat a door's settings; more is an attempt to blow the reader up. */
export const maxAliases = 100;
/** A site is some 6 levels deep. */
export const maxNesting = 64;

/** What is wrong with the text itself, and at which offsets. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** Everything the parser found, and what it does not look for. */
export function problemsOf(document: Document): readonly Problem[] {
  return [...document.errors, ...document.warnings, ...duplicateKeys(document), ...lostAliases(document)];
}

export function faultOf(
  { code, message, pos }: Problem,
  file: string,
  placeAt: (offset: number) => { readonly line: number; readonly column: number },
): ConfigFault {
  const expected =
    code === duplicateKey ? "each key once in a mapping" : `YAML 1.2 (${message.split("\n", 1)[0]})`;
  return {
    file,
    ...placeAt(pos[0]),
    path: "",
    found: foundBy(code, message),
    expected,
    remedy: remedyFor(code),
  };
}

const duplicateKey = "DUPLICATE_KEY";

/** The parser's own check compares each key with each: minutes for a hostile file. */
function duplicateKeys(document: Document): Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Map: (_, map) => {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const start = key.range?.[0] ?? 0;
        if (seen.has(key.value))
          problems.push({ code: duplicateKey, message: String(key.value), pos: [start, start] });
        seen.add(key.value);
      }
    },
  });
  return problems;
}

/** Looking one up reads the whole document: no more of them than are allowed at all. */
function lostAliases(document: Document): Problem[] {
  const problems: Problem[] = [];
  let seen = 0;
  visit(document, {
    Alias: (_, alias) => {
      seen += 1;
      if (seen > maxAliases) return visit.BREAK;
      const start = alias.range?.[0] ?? 0;
      const lost = alias.resolve(document) === undefined;
      if (lost)
        problems.push({ code: "BAD_ALIAS", message: `no anchor &${alias.source}`, pos: [start, start] });
      return undefined;
    },
  });
  return problems;
}

/** How deep brackets, and list and key signs within one line, are nested: what a short text can do most harm with. */
export function nestingOf(text: string): number {
  let brackets = 0;
  let signs = 0;
  let deepest = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === "[" || token === "{") brackets += 1;
    else if (token === "]" || token === "}") brackets -= 1;
    else if (token === "-" || token === "?") signs += 1;
    else if (token.startsWith("\n") || token.startsWith("\r")) signs = 0;
    deepest = Math.max(deepest, brackets + signs);
    if (deepest > maxNesting) break;
  }
  return deepest;
}

function foundBy(code: string, message: string): string {
  switch (code) {
    case duplicateKey:
      return `the key ${shown(message)} a second time`;
    case "TAG_RESOLVE_FAILED":
      return "a tag (!…)";
    case "MULTIPLE_DOCS":
      return "a second document";
    default:
      return "a syntax error";
  }
}

function remedyFor(code: string): Bilingual {
  switch (code) {
    case duplicateKey:
      return { en: "keep one of the two", zh: "字段重复,请只保留一个。" };
    case "TAG_RESOLVE_FAILED":
      return { en: "remove the tag", zh: "请删除以 ! 开头的标签。" };
    default:
      return {
        en: "correct the indentation, brackets or quotes here or just above",
        zh: "YAML 语法错误:请检查此处或上一行的缩进、括号与引号。",
      };
  }
}
