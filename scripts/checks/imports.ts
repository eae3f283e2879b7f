import { parseSync, Visitor } from "oxc-parser";
import type { SourceFile } from "./source-files.ts";

export interface Import {
  /** As written; `undefined` when it is computed, so that nobody can follow it. */
  readonly specifier: string | undefined;
  readonly typeOnly: boolean;
  readonly line: number;
}

/**
 * Everything a module names another module by: imports, re-exports, `import()`, types written as
 * `import("…").T`, and files started as workers or processes through `new URL("./x.ts", import.meta.url)`.
 */
export function importsOf(file: SourceFile): readonly Import[] {
  const { module, program, errors } = parseSync(file.path, file.text);
  if (errors.length > 0) throw new Error(`${file.path}: ${errors[0]?.message}`);
  const found: Import[] = [];
  const add = (specifier: string | undefined, typeOnly: boolean, start: number): void => {
    found.push({ specifier, typeOnly, line: file.text.slice(0, start).split("\n").length });
  };

  for (const { moduleRequest, entries, start } of module.staticImports) {
    const typeOnly = entries.length > 0 && entries.every((entry) => entry.isType);
    add(moduleRequest.value, typeOnly, start);
  }
  for (const { entries, start } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest !== null) add(moduleRequest.value, isType, start);
    }
  }
  new Visitor({
    ImportExpression(node) {
      add(literal(node.source), false, node.start);
    },
    TSImportType(node) {
      add(literal(node.source), true, node.start);
    },
    NewExpression(node) {
      const [path, base] = node.arguments;
      if (node.callee.type !== "Identifier" || node.callee.name !== "URL" || base === undefined) return;
      const specifier = path === undefined ? undefined : literal(path);
      if (specifier !== undefined && /^\.{1,2}\/.*\.[mc]?[jt]sx?$/.test(specifier)) {
        add(specifier, false, node.start);
      }
    },
  }).visit(program);
  return found;
}

function literal(node: { readonly type: string; readonly value?: unknown }): string | undefined {
  return node.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
}
