import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import process from "node:process";
import { CommissioningDesk, type CommissioningSurroundings } from "../../commissioning/commissioning-desk.ts";
import type { BoardProfile } from "../../config/board-schema.ts";
import { ConfigError } from "../../config/config-error.ts";
import { loadWiredSite } from "../../config/site-board.ts";
import { isClockSynchronised } from "../../drivers/clock/synchronisation.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Commissioning } from "../../ports/commissioning.ts";
import type { Finding } from "../doctor/finding.ts";
import { runningFindings } from "../doctor/running-findings.ts";
import { surroundingsFindings } from "../doctor/surroundings-findings.ts";
import type { SiteStorage } from "../open-site-storage.ts";
import type { SiteStart } from "../site-start.ts";
import { commissionedSiteOf, wiringOf } from "./commissioned-site-of.ts";
import { DraftDesk } from "./draft-desk.ts";
import { boardViews, discoverCameras, findReaders, probeCamera } from "./finds.ts";
import { placesIn } from "./places.ts";
import { machine, reportFiles } from "./report-files.ts";

/** Commissioning of this box: its files, its network, its journal. */
export function commissioningOf(
  start: SiteStart,
  { journal, journalKey }: Pick<SiteStorage, "journal" | "journalKey">,
  clock: Clock,
): Commissioning {
  const { site, wired, commissioned, version, configurationHash, configurationFile } = start;
  const uncommissioned = commissioned?.blank === true;
  const mayApply = commissioned !== undefined;
  const places = placesIn(start.dataDirectory);
  const draft = new DraftDesk(start, places, clock, process.env);
  const profile = site.board.kind === "simulated" ? undefined : profileOf(configurationFile);
  const board = site.board.kind === "simulated" ? "simulated" : (profile?.board.name ?? "");
  const siteYaml = textOf(configurationFile);
  const surroundings: CommissioningSurroundings = {
    mayApply,
    file: mayApply ? places.site : configurationFile,
    hash: configurationHash,
    boots: { version, node: process.version, machine: machine() },
    draft: () => draft.view(),
    change: (...how) => draft.change(...how),
    discard: (...how) => draft.discard(...how),
    apply: (...how) => draft.apply(...how),
    keepSecret: (...how) => draft.keepSecret(...how),
    boards: async () => boardViews(),
    discoverCameras: () => discoverCameras(clock),
    probeCamera: (...how) => probeCamera(...how, clock),
    findReaders: async () => findReaders(),
    async doctor(lines) {
      const { hooks } = draft;
      const findings: Finding[] = hooks === undefined ? [] : [...runningFindings(hooks.services, lines)];
      for await (const some of surroundingsFindings(site, wired && start, clock)) findings.push(...some);
      return findings;
    },
    report: (facts) => reportFiles(facts, start, { board, siteYaml }, places, journalKey),
    begin: (hooks) => draft.begin(hooks),
  };
  return new CommissioningDesk({
    site: uncommissioned ? undefined : commissionedSiteOf(site, wired),
    wiring: wiringOf(wired, terminalsOf(profile)),
    surroundings,
    journal,
    clock,
    isClockSynchronised,
    newId: randomUUID,
  });
}

/** Remarks for people; what the lines are was read before anything was started. The file may be another one by now. */
function profileOf(file: string): BoardProfile | undefined {
  try {
    return loadWiredSite(file, process.env).wiring?.profile;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // root has taken it away meanwhile: what runs goes on
  }
}

function terminalsOf(profile: BoardProfile | undefined): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(profile?.lines ?? {}).flatMap(([name, { terminal }]) =>
      terminal === undefined ? [] : [[name, terminal] as const],
    ),
  );
}
