import { parseArgs } from "node:util";
import { ConfigError, type ConfigFault, languageOf } from "../config/config-error.ts";
import { boardOf, isBoard } from "../config/load-board.ts";
import { type WiredSite, wiredSiteOf } from "../config/site-board.ts";
import { readYamlFile } from "../config/yaml-file.ts";
import type { Command, CommandIo, ExitCode } from "./command.ts";

const usage = `Usage: vestibule check-config [--json] FILE…

Checks site configurations and board profiles, and lists every fault with its line, what was found, what was
expected and what to do. A site is checked with the VESTIBULE_… variables that are set.

  --json    print {"files":[{"file", "kind", "faults":[…]}]} instead of text

Exit: 0 all are good, 1 there are faults, 2 wrong usage.
`;

interface Checked {
  readonly file: string;
  readonly kind: "site" | "board" | "unreadable";
  readonly summary: string;
  readonly error: ConfigError | undefined;
}

export const checkConfig: Command = {
  name: ["check-config"],
  summary: "check configuration files, and list every fault at once",
  usage,
  async run(args, io) {
    const parsed = read(args);
    if (parsed === undefined || parsed.files.length === 0) {
      io.stderr(usage);
      return 2;
    }
    const checked = parsed.files.map((file) => check(file, io.env));
    if (parsed.json) io.stdout(`${JSON.stringify({ files: checked.map(asJson) })}\n`);
    else report(checked, io);
    return exitOf(checked);
  },
};

function read(
  args: readonly string[],
): { readonly json: boolean; readonly files: readonly string[] } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    return { json: values.json, files: positionals };
  } catch {
    return undefined; // parseArgs throws on options it does not know
  }
}

function check(file: string, env: CommandIo["env"]): Checked {
  let kind: Checked["kind"] = "unreadable";
  try {
    const yaml = readYamlFile(file);
    kind = isBoard(yaml) ? "board" : "site";
    if (kind === "board") return { file, kind, summary: boardSummary(boardOf(yaml)), error: undefined };
    return { file, kind, summary: siteSummary(wiredSiteOf(yaml, env)), error: undefined };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { file, kind, summary: "", error };
  }
}

function siteSummary({ site: { site, vestibules, cameras }, wiring }: WiredSite): string {
  const board = wiring === undefined ? "simulated" : wiring.profile.board.id;
  return `site ${site.id}, vestibules: ${vestibules.length}, cameras: ${cameras.length}, board: ${board}`;
}

function boardSummary({ board, lines }: ReturnType<typeof boardOf>): string {
  return `board ${board.id}, lines: ${Object.keys(lines).length}`;
}

function report(checked: readonly Checked[], io: CommandIo): void {
  const language = languageOf(io.env);
  for (const { file, summary, error } of checked) {
    if (error === undefined) io.stdout(`${file}: good (${summary})\n`);
    else io.stderr(`${error.text(language)}\n${file}: faults: ${error.faults.length}\n`);
  }
}

function asJson({ file, kind, error }: Checked): {
  file: string;
  kind: string;
  faults: readonly ConfigFault[];
} {
  return { file, kind, faults: error?.faults ?? [] };
}

function exitOf(checked: readonly Checked[]): ExitCode {
  return checked.some(({ error }) => error !== undefined) ? 1 : 0;
}
