import { randomUUID } from "node:crypto";
import process from "node:process";
import { CommissioningDesk, type CommissioningSurroundings } from "../../commissioning/commissioning-desk.ts";
import { loadWiredSite, type WiredSite } from "../../config/site-board.ts";
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
  const wiredSite = (): WiredSite => loadWiredSite(configurationFile, process.env);
  const terminals = uncommissioned ? new Map<string, string>() : terminalsOf(wiredSite());
  const board = site.board.kind === "simulated" ? "simulated" : boardNameOf(wiredSite());
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
      for await (const some of surroundingsFindings(wiredSite(), clock)) findings.push(...some);
      return findings;
    },
    report: (facts) => reportFiles(facts, start, board, places, journalKey),
    begin: (hooks) => draft.begin(hooks),
  };
  return new CommissioningDesk({
    site: uncommissioned ? undefined : commissionedSiteOf(site, wired),
    wiring: wiringOf(wired, terminals),
    surroundings,
    journal,
    clock,
    isClockSynchronised,
    newId: randomUUID,
  });
}

function terminalsOf({ wiring }: WiredSite): ReadonlyMap<string, string> {
  const lines = Object.entries(wiring?.profile.lines ?? {});
  return new Map(
    lines.flatMap(([name, { terminal }]) => (terminal === undefined ? [] : [[name, terminal] as const])),
  );
}

const boardNameOf = ({ wiring }: WiredSite): string => wiring?.profile.board.name ?? "";
