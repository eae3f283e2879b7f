/** Rules of style that no linter has: names that say nothing, files that grew, tests that don't run. */
import { parseSync, Visitor } from "oxc-parser";
import { readSourceFiles, report, type SourceFile } from "./source-files.ts";

const longestFile = 300;

/** Files that may be longer than `longestFile` lines, each with why it should not be split. */
export const longFiles: Readonly<Record<string, string>> = {
  "test/storage/journal-detection.test.ts":
    "every way to tamper with one and the same journal, as a table to be read in one",
  "src/console/api/client.ts": "generated from the API's description",
};

const emptyNames = new Set(["util", "utils", "helper", "helpers", "manager", "managers", "common", "misc"]);
const testFunctions = new Set(["test", "it", "describe", "suite", "bench"]);
const switchedOff = new Set(["skip", "only", "todo", "skipIf", "runIf", "fails"]);

export function styleFaults(
  files: readonly SourceFile[],
  allowedLong: Readonly<Record<string, string>> = longFiles,
): readonly string[] {
  if (files.length === 0) return ["no file was read: the style was not checked"];
  const paths = new Set(files.map((file) => file.path));
  const stale = Object.keys(allowedLong)
    .filter((path) => !paths.has(path))
    .map((path) => `${path}: listed as a long file but not there`);
  return [
    ...files.flatMap((file) => [
      ...nameFaults(file),
      ...lengthFaults(file, allowedLong),
      ...testFaults(file),
    ]),
    ...stale,
  ];
}

function nameFaults({ path }: SourceFile): readonly string[] {
  const faults: string[] = [];
  const words = path.split(/[/.-]/);
  for (const word of words) {
    if (emptyNames.has(word.toLowerCase()))
      faults.push(`${path}: "${word}" names nothing; say what is in it`);
  }
  if (!/^[a-z0-9./-]+$/.test(path)) faults.push(`${path}: file names are kebab-case`);
  return faults;
}

function lengthFaults(
  { path, text }: SourceFile,
  allowedLong: Readonly<Record<string, string>>,
): readonly string[] {
  const lines = text.split("\n").length - 1;
  const listed = path in allowedLong;
  if (lines > longestFile && !listed) {
    return [
      `${path}: ${lines} lines; split it by meaning, or list it in scripts/checks/house-style.ts with a reason`,
    ];
  }
  return lines <= longestFile && listed ? [`${path}: no longer long; take it off the list`] : [];
}

function testFaults({ path, text }: SourceFile): readonly string[] {
  if (!/\.test\.tsx?$/.test(path)) return [];
  const faults: string[] = [];
  new Visitor({
    MemberExpression(node) {
      if (node.computed || node.property.type !== "Identifier") return;
      const { object, property } = node;
      if (object.type !== "Identifier" || !testFunctions.has(object.name) || !switchedOff.has(property.name))
        return;
      const line = text.slice(0, node.start).split("\n").length;
      faults.push(`${path}:${line}: ${object.name}.${property.name} leaves tests out; repair or remove it`);
    },
  }).visit(parseSync(path, text).program);
  return faults;
}

if (import.meta.main) {
  const files = readSourceFiles("src", "test", "scripts", "deploy");
  report(`${files.length} files in style`, styleFaults(files));
}
