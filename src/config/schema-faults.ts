import type { z } from "zod";
import { type Bilingual, type ConfigFault, maxFaults } from "./config-error.ts";
import { type Expectation, expectationAt, keysAt } from "./expectation.ts";
import { nearest } from "./nearest.ts";
import { type Path, pathText, shown, valueAt } from "./path.ts";
import type { YamlFile } from "./yaml-file.ts";

type Issue = z.core.$ZodIssue;

/** What the schema found wrong, in the words of the person who has to correct it. */
export function faultsOf(issues: readonly Issue[], yaml: YamlFile, schema: z.ZodType): ConfigFault[] {
  const faults: ConfigFault[] = [];
  for (const issue of issues) {
    if (faults.length >= maxFaults) break;
    const path = issue.path.map((step) => (typeof step === "symbol" ? step.toString() : step));
    if (issue.code === "unrecognized_keys") faults.push(...unknownKeys(issue.keys, path, yaml, schema));
    else if (issue.code === "invalid_key")
      faults.push(...unknownKeys([String(path.at(-1))], path.slice(0, -1), yaml, schema));
    else faults.push(wrongValue(...innermost(issue, path), yaml, schema));
  }
  return faults;
}

function unknownKeys(keys: readonly string[], path: Path, yaml: YamlFile, schema: z.ZodType): ConfigFault[] {
  const known = keysAt(schema, path, yaml.value);
  return keys.slice(0, maxFaults).map((key): ConfigFault => {
    const meant = nearest(key, [...known, ...prefixed(key, known)]);
    return {
      file: yaml.file,
      ...yaml.placeOfKey([...path, key]),
      path: pathText([...path, key]),
      found: `an unknown key ${shown(key)}`,
      expected: known.length > 0 ? `one of ${known.join(", ")}` : "no keys here",
      remedy:
        meant === undefined
          ? { en: "remove it", zh: `没有字段 ${shown(key)},请删除。` }
          : { en: `did you mean "${meant}"?`, zh: `没有字段 ${shown(key)},是否想写 "${meant}"?` },
    };
  });
}

/** `v2.outer.lokc` is `v2.outer.lock` rather than `outer.lock`; only a board's lines have a prefix. */
function prefixed(key: string, known: readonly string[]): string[] {
  const prefix = key.slice(0, key.indexOf(".") + 1);
  const takesPrefix = prefix !== "" && known.some((name) => name.includes("."));
  return takesPrefix ? known.map((name) => `${prefix}${name}`) : [];
}

function wrongValue(issue: Issue, path: Path, yaml: YamlFile, schema: z.ZodType): ConfigFault {
  const value = valueAt(yaml.value, path);
  const expectation = expectationAt(schema, path, yaml.value);
  // The patterns' own messages say more than the pattern.
  const expected =
    issue.code === "invalid_format" && issue.format === "regex" ? issue.message : expectation.text;
  return {
    file: yaml.file,
    ...yaml.placeOf(path),
    path: pathText(path),
    found: shown(value),
    expected,
    remedy: remedyFor(value, expectation),
  };
}

/** Of a union's branches the one that got furthest says best what is wrong; the union itself where none got in. */
function innermost(issue: Issue, path: Path): [Issue, Path] {
  if (issue.code !== "invalid_union") return [issue, path];
  const inside = issue.errors.flat().filter((inner) => inner.path.length > 0);
  const [deepest] = inside.toSorted((a, b) => b.path.length - a.path.length);
  if (deepest === undefined) return [issue, path];
  const rest = deepest.path.map((step) => (typeof step === "symbol" ? step.toString() : step));
  return innermost(deepest, [...path, ...rest]);
}

function remedyFor(value: unknown, expectation: Expectation): Bilingual {
  if (value === undefined) return { en: "add it", zh: "缺少必填字段,请补上。" };
  if (typeof value === "string") {
    const meant = nearest(value, expectation.choices);
    if (meant !== undefined) return { en: `did you mean "${meant}"?`, zh: `是否想写 "${meant}"?` };
    if (expectation.numeric && value.trim() !== "" && !Number.isNaN(Number.parseFloat(value))) {
      return { en: "write the number alone, without unit or quotes", zh: "请只写数字,不带单位和引号。" };
    }
  }
  return { en: "correct it", zh: `取值不符:应为 ${expectation.text},请修改。` };
}
