/** Writes docs/interlock-mutations.md from the last results: `npm run mutations`, `npm run mutate`, then this. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readSourceFiles, root } from "../checks/source-files.ts";
import { SeededResults, seededResults } from "./seeded-results.ts";
import { seededMutations } from "./seeds.ts";
import { explainedSurvivors } from "./survivors.ts";

const Position = z.object({ line: z.number(), column: z.number() });
const Stryker = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.string(),
      mutants: z.array(
        z.object({
          mutatorName: z.string(),
          replacement: z.string().optional(),
          status: z.string(),
          location: z.object({ start: Position, end: Position }),
        }),
      ),
    }),
  ),
});
type Mutant = z.infer<typeof Stryker>["files"][string]["mutants"][number];

const report = "docs/interlock-mutations.md";
/** Grows with each run, complete or broken off. */
const strykerResults = "artifacts/mutation/stryker-incremental.json";
/** Types and names only: there is nothing in them to change. */
const withoutMutants = new Set(["input.ts", "policy.ts", "given.ts", "witness.ts"]);

const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), "utf8"));
for (const path of [seededResults, strykerResults]) {
  if (!existsSync(join(root, path))) {
    console.error(`${path} is missing: run npm run mutations and npm run mutate first`);
    process.exit(2);
  }
}
const unexplained: string[] = [];
writeFileSync(join(root, report), `${[intro(), ...seeded(), ...stryker()].join("\n")}\n`);
for (const survivor of unexplained) console.error(`not explained: ${survivor}`);
console.log(`${report} written, ${unexplained.length} survivors not explained`);
if (unexplained.length > 0) process.exitCode = 1;

function intro(): string {
  return `# Mistakes in the interlock, and what notices them

Written by \`node scripts/mutation/report.ts\` from the last runs of \`npm run mutations\` and \`npm run mutate\`.

A test that never fails proves nothing, and neither does an exploration. So mistakes are made on purpose: by hand, as
a person might make them, and by machine, everywhere. Each has to be noticed.
`;
}

function seeded(): readonly string[] {
  const results = new Map(SeededResults.parse(read(seededResults)).map((result) => [result.name, result]));
  const missing = seededMutations.filter(({ name }) => !results.has(name));
  if (missing.length > 0) throw new Error(`not tried: ${missing.map(({ name }) => name).join(", ")}`);
  const all = seededMutations.map((mutation) => ({ ...mutation, ...results.get(mutation.name) }));
  const byTests = all.filter(({ test }) => typeof test === "string").length;
  const explored = all.filter((result) => result.explored);
  const byExploration = explored.filter(({ exploration }) => exploration !== null).length;
  return [
    "## Seeded mistakes",
    "",
    `${all.length} mistakes, each a small edit of the rules or of the process around them, in`,
    "[scripts/mutation/seeds](../scripts/mutation/seeds) with the text that is changed and why somebody might write it.",
    `Tests notice ${byTests} of them; the one that is named is the first that fails. On ${explored.length} of those in the rules the`,
    `exploration's short variants were run as well, and notice ${byExploration} by themselves.`,
    "",
    "| rule | mistake | how one comes to it | test that fails first | exploration |",
    "| --- | --- | --- | --- | --- |",
    ...all.map(({ rule, name, why, test, explored: ran, exploration }) =>
      row([rule, `\`${name}\``, why, test ?? "none", ran === true ? (exploration ?? "–") : "not run"]),
    ),
    "",
  ];
}

function stryker(): readonly string[] {
  const { files } = Stryker.parse(read(strykerResults));
  const mutants = Object.entries(files).flatMap(([path, { source, mutants: all }]) =>
    all.map((mutant) => ({ ...mutant, file: path.split("/").at(-1) ?? path, from: textAt(source, mutant) })),
  );
  const count = (...statuses: readonly string[]): number =>
    mutants.filter(({ status }) => statuses.includes(status)).length;
  const caught = count("Killed", "Timeout");
  const left = count("Survived", "NoCoverage");
  const survivors = mutants.filter(({ status }) => status === "Survived" || status === "NoCoverage");
  return [
    "## StrykerJS",
    "",
    "`npm run mutate` changes every operator, condition, call and block of `src/domain/interlock`; strings and whole",
    "objects are left out, which the compiler checks against their unions and interfaces. ",
    ...untried(mutants),
    ...changedSince(files),
    "",
    `${caught + left} mutants were tried,`,
    `**${caught} caught (${((100 * caught) / (caught + left)).toFixed(1)} %)**, ${count("Timeout")} of them because the tests no longer came to an end;`,
    `${left} survive, ${count("NoCoverage")} of those in code that only a bug reaches. Each is looked at here.`,
    "",
    "| where | was | became | why it survives |",
    "| --- | --- | --- | --- |",
    ...survivors.map(({ file, from, replacement, location }) => {
      const to = oneLine(replacement ?? "");
      const why = whyOf(file, from, to);
      if (why === undefined) unexplained.push(`${file}:${location.start.line}: ${from} → ${to}`);
      return row([`${file}:${location.start.line}`, code(from), code(to), why ?? "**not explained**"]);
    }),
  ];
}

/** Says where the tool has not been: a score is of what was tried. */
function untried(mutants: readonly { readonly file: string; readonly status: string }[]): readonly string[] {
  const tried = new Set(mutants.filter(({ status }) => status !== "Ignored").map(({ file }) => file));
  const left = readSourceFiles("src/domain/interlock")
    .map(({ path }) => path.split("/").at(-1) ?? path)
    .filter((file) => !file.endsWith(".test.ts") && !withoutMutants.has(file) && !tried.has(file));
  return left.length === 0 ? [] : ["", `**Not tried since the last change: ${left.join(", ")}.**`];
}

/** What has been written since is judged by the seeded mistakes alone; the lines below are those of the run. */
function changedSince(files: z.infer<typeof Stryker>["files"]): readonly string[] {
  const changed = Object.entries(files)
    .filter(([path, { source }]) => readFileSync(join(root, path), "utf8") !== source)
    .map(([path]) => path.split("/").at(-1) ?? path);
  return changed.length === 0
    ? []
    : ["", `**Changed since the run, which is of the text before: ${changed.join(", ")}.**`];
}

function whyOf(file: string, from: string, to: string): string | undefined {
  return explainedSurvivors.find(
    (survivor) =>
      survivor.file === file && survivor.from === from && (survivor.to === "*" || survivor.to === to),
  )?.why;
}

function textAt(source: string, { location: { start, end } }: Mutant): string {
  const lines = source.split("\n").slice(start.line - 1, end.line);
  const last = lines.length - 1;
  const cut = lines.map((line, index) =>
    line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined),
  );
  return oneLine(cut.join("\n"));
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

function code(text: string): string {
  const short = text.length > 90 ? `${text.slice(0, 88)} …` : text;
  return `\`${short.replaceAll("`", "'")}\``;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}
