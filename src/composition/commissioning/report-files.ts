import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReportFacts } from "../../commissioning/commissioning-desk.ts";
import { commissioningNoteText } from "../../domain/journal/commissioning-note.ts";
import { writeDurably } from "../../durable-files/durable-file.ts";
import type { CheckpointSigner } from "../../ports/journal-proofs.ts";
import type { CommissioningReport } from "../../ports/services/commissioning-services.ts";
import type { CommissioningFacts } from "../../reports/commissioning/commissioning-facts.ts";
import type { SiteStart } from "../site-start.ts";
import type { CommissioningPlaces } from "./places.ts";
import { pdfsInThread } from "./report-thread.ts";

const names = {
  json: "report.json",
  en: "report-en.pdf",
  zh: "report-zh.pdf",
  site: "site.yaml",
  note: "report.note",
} as const;

/**
 * Made once, when commissioning ends, and kept: what is changed later changes no report. The note is written last, so
 * that one half made through a power cut is made again.
 */
export async function reportFiles(
  facts: ReportFacts,
  start: SiteStart,
  { board, siteYaml }: { readonly board: string; readonly siteYaml: string },
  places: CommissioningPlaces,
  signer: CheckpointSigner | undefined,
): Promise<CommissioningReport> {
  const folder = join(places.folder, "reports", String(facts.ended.seq));
  const kept = keptIn(folder);
  if (kept !== undefined) return kept;
  const told = factsOf(facts, start, board, siteYaml);
  const json = `${JSON.stringify(told, undefined, 2)}\n`;
  const pdf = await pdfsInThread(told);
  const contents: readonly (readonly [string, string | Uint8Array])[] = [
    [names.json, json],
    [names.en, pdf.en],
    [names.zh, pdf.zh],
    [names.site, siteYaml],
  ];
  const files = contents.map(([name, content]) => ({ name, sha256: sha256(content) }));
  const { seq, hash } = facts.position;
  const text = commissioningNoteText({ site: start.site.site.id, seq, hash, files });
  const note = signer && `${text}\n${signer.sign(text)}`;
  for (const [name, content] of contents) writeDurably(join(folder, name), content);
  writeDurably(join(folder, names.note), note ?? "");
  return { json, pdf, note, siteYaml };
}

function keptIn(folder: string): CommissioningReport | undefined {
  if (!existsSync(join(folder, names.note))) return undefined;
  const text = (name: string): string => readFileSync(join(folder, name), "utf8");
  const note = text(names.note);
  return {
    json: text(names.json),
    pdf: { en: readFileSync(join(folder, names.en)), zh: readFileSync(join(folder, names.zh)) },
    note: note === "" ? undefined : note,
    siteYaml: text(names.site),
  };
}

const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");
const iso = (at: number): string => new Date(at).toISOString();

function factsOf(
  { begun, ended, tests, lines, position }: ReportFacts,
  { site, version, configurationHash }: SiteStart,
  board: string,
  siteYaml: string,
): CommissioningFacts {
  const { operator, comment, openPoints } = ended;
  return {
    schema: 1,
    site: { id: site.site.id, name: site.site.name, timeZone: site.site.timeZone },
    box: { version, node: process.version, machine: machine() },
    board,
    configuration: { hash: configurationHash, file: sha256(siteYaml) },
    begun: { operator: begun.operator, at: iso(begun.at) },
    ended: { operator, at: iso(ended.at), comment, openPoints },
    journal: position,
    wiring: lines.map(({ name, direction, chip, line, terminal }) => ({
      name,
      direction,
      chip,
      line,
      terminal,
    })),
    tests: tests.map(({ id, step, title, state, result, leftOut }) => ({
      ...{ id, step, title, state },
      result: result && { ...result, at: iso(result.at) },
      leftOut: leftOut && { ...leftOut, at: iso(leftOut.at) },
    })),
  };
}

/** As the firmware calls it; a name of the architecture where it says nothing. */
export function machine(): string {
  for (const file of ["/proc/device-tree/model", "/sys/class/dmi/id/product_name"]) {
    try {
      const model = readFileSync(file, "utf8").replaceAll("\0", "").trim();
      if (model !== "") return model.slice(0, 80);
    } catch {
      // the other kind of machine, or a container
    }
  }
  return process.arch;
}
