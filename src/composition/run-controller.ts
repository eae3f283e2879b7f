import { randomUUID } from "node:crypto";
import process from "node:process";
import { fileURLToPath } from "node:url";
import pino from "pino";
import { ensureAdministrator } from "../api/authentication/first-administrator.ts";
import { hashPassword, verifyPassword } from "../api/authentication/password-hash.ts";
import { ruleBookOf } from "../config/rule-book.ts";
import type { SiteConfiguration } from "../config/site-schema.ts";
import { Controller } from "../controller/controller.ts";
import { PinVault } from "../controller/people/pins.ts";
import { isClockSynchronised } from "../drivers/clock/synchronisation.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import { freeSpace } from "../drivers/disk-space/free-space.ts";
import { keepMemoryPrivate } from "../drivers/process-memory/private-memory.ts";
import { surveyInWorker } from "../drivers/sqlite/survey-in-worker.ts";
import { verifyJournalInWorker } from "../drivers/sqlite/verify-in-worker.ts";
import type { ControllerServices } from "../ports/controller-services.ts";
import { BuildingClient } from "../simulation/building-client.ts";
import { SimulatedCardReader } from "../simulation/simulated-card-reader.ts";
import { SteppableClock } from "../simulation/steppable-clock.ts";
import { connectToSupervisor } from "../supervisor/child-link.ts";
import { alarmMeansOf } from "./alarm-means.ts";
import { findAlikeInWorker } from "./alike-in-worker.ts";
import { openBroker } from "./broker.ts";
import { commissioningOf } from "./commissioning/commissioning-of.ts";
import { enrolDemoPeople } from "./demo-enrolment.ts";
import { indexInBackground } from "./index-in-background.ts";
import { keepingOf } from "./keeping/keeping-of.ts";
import { startApiWhenFree } from "./listening.ts";
import { openSiteStorage } from "./open-site-storage.ts";
import { approvalRulesOf, operatorSettingsOf } from "./operator-rules.ts";
import { journalNameOf, knownKeysOf, proofsOf } from "./proofs.ts";
import { readInTurns } from "./read-in-turns.ts";
import { readersOf } from "./readers.ts";
import { eventsInWorkers, figuresInWorkers, reportsInWorkers } from "./reports-in-workers.ts";
import { resealingOf } from "./resealing.ts";
import { ended } from "./run-interlock.ts";
import { sitePlanOf } from "./site-plan.ts";
import type { SiteStart } from "./site-start.ts";
import { StartProgress } from "./start-progress.ts";

const consoleDirectory = fileURLToPath(new URL("../../dist/console", import.meta.url));

/** The controller's role: storage, broker, rules and API, opened in this order and closed in reverse. */
export async function runController(): Promise<void> {
  keepMemoryPrivate();
  const { configuration, link, signal } = await connectToSupervisor();
  const begun = configuration as SiteStart; // handed over by our own supervisor
  const { site, configurationHash, dataDirectory, version } = begun;
  const log = pino({ level: site.log.level, base: { role: "controller" } }, pino.destination(2));
  const clock = new SteppableClock(new SystemClock());
  using storage = openSiteStorage({
    directory: dataDirectory,
    clock,
    env: process.env,
    // A key has the site's name for good: none is made before there is one.
    ...(begun.commissioned?.blank === true ? {} : { journalName: journalNameOf(site) }),
    evidence: { mostFiles: 100_000, mostBytes: site.data.evidenceLimit * 1e6 },
  });
  const boot = randomUUID();
  const status = () => ({ version, boot, lastSeq: storage.journal.last() });
  await using broker = await openBroker(
    site,
    clock,
    status,
    (detail) => void process.stderr.write(`vestibule: ${detail}\n`),
  );
  // Before it is commissioned a box has no doors at all, and nobody plays with any.
  const simulated = site.board.kind === "simulated" && begun.commissioned?.blank !== true;
  const readers = await readersOf(site, {
    clock,
    dataDirectory,
    simulated: simulated ? () => new SimulatedCardReader(link, clock) : undefined,
    onRefused: (where, reason) => log.debug({ ...where, reason }, "a reader sent what is no card"),
  });
  await using controller = new Controller({
    // Last of all that is waited for: nothing may be recorded between this and what follows it.
    onRecord: await readInTurns(storage, clock, link),
    site: sitePlanOf(site),
    rules: { book: ruleBookOf(site), store: storage.rules },
    clock,
    link,
    journal: storage.journal,
    presence: storage.presence,
    directory: storage.directory,
    templates: storage.templates,
    surveyTemplates: surveyInWorker(dataDirectory),
    evidence: storage.evidence,
    readers,
    broker: broker && { ...broker, cursor: storage.cursor("mqtt") },
    alarmMeans: alarmMeansOf(site, clock, (name) => storage.cursor(name)),
    verifyJournal: () => verifyJournalInWorker(dataDirectory, knownKeysOf(storage)),
    isClockSynchronised,
    freeBytes: async () => (await freeSpace(dataDirectory)).free,
    newPassage: randomUUID,
    makeReport: reportsInWorkers(dataDirectory),
    exportEvents: eventsInWorkers(dataDirectory),
    makeFigures: figuresInWorkers(dataDirectory),
    pins: new PinVault({
      directory: storage.directory,
      secrets: { hash: hashPassword, verify: verifyPassword },
      rules: { duress: site.access.duress.pin, easy: site.access.easyPins },
    }),
    findAlike: (search) => findAlikeInWorker({ path: dataDirectory, keys: storage.keys.all, search }),
    keyChange:
      storage.keys.all.length > 1
        ? { pass: resealingOf(storage), destroyFormer: () => storage.keys.destroyFormer() }
        : undefined,
    about: { version, configuration: configurationHash, node: process.version },
    simulator: simulated ? new BuildingClient(link, clock) : undefined,
    approvals: approvalRulesOf(site, storage.operators),
    keeping: keepingOf(begun, storage, signal),
    proofs: proofsOf(site, storage),
    commissioning: commissioningOf(begun, storage, clock),
  });
  const oneTimePassword = await ensureAdministrator(storage.operators, process.env);
  if (oneTimePassword !== undefined) showOnce(oneTimePassword);
  const start = new StartProgress();
  const options = {
    services: controller.services,
    operators: storage.operators,
    displayStore: storage.displays,
    watchStore: storage.watchScreens,
    config: site.http,
    consoleDirectory,
    version,
    log,
    clock,
    signal,
    stillStarting: () => start.underWay(),
    operatorSettings: operatorSettingsOf(site),
  };
  void start.include("vision", visionReady(controller.services));
  // Building the API takes the loop a good part of the interlock's lease: before the heart begins to beat.
  const listening = startApiWhenFree(options, (detail) => {
    process.stderr.write(
      `vestibule: ${detail}. The doors are under control; the console comes as soon as the port is free.\n`,
    );
    void controller.services.record("ConsoleUnavailable", { detail });
  });
  await listening.attempted;
  await controller.start();
  link.up();
  using _indexing = indexInBackground(storage.journal);
  if (site.site.demoPeople) void start.include("demo people", prepareDemo(controller.services, site));
  await using api = await listening.running;
  if (api !== undefined) announce(api.address, broker?.address);
  void visionReady(controller.services).then(() => tellEngine(controller.services));
  await ended(signal);
}

/** At once, before anything else can fail: nobody else knows it, and it is never shown again. */
function showOnce(oneTimePassword: string): void {
  tell([
    "  User / 用户名       admin",
    `  One-time password / 一次性密码   ${oneTimePassword}`,
    "  It is shown once and must be changed at the first login. / 仅显示一次，首次登录须修改。",
  ]);
}

/** What a person who has just started it needs to know; everything else is in the log. */
function announce(address: string, broker: string | undefined): void {
  tell([
    `  Console / 控制台    ${address}`,
    ...(broker === undefined ? [] : [`  MQTT                ${broker}`]),
    "  Ctrl-C stops it in order. / 按 Ctrl-C 有序停止。",
  ]);
}

/** Which engine compares faces, since they differ ten times in speed, and why it is not a better one. */
function tellEngine(services: ControllerServices): void {
  const { backend, model, passedOver } = services.state().processes.vision.detail ?? {};
  if (typeof backend === "string" && typeof model === "string") {
    const better = Array.isArray(passedOver) ? passedOver.filter((one) => typeof one === "string") : [];
    tell([
      `  Faces / 人脸比对    ${backend}, ${model}`,
      ...better.map((reason) => `  not taken / 未采用   ${reason}`),
    ]);
  }
}

function tell(lines: readonly string[]): void {
  process.stdout.write(`\n${lines.join("\n")}\n`);
}

async function prepareDemo(services: ControllerServices, site: SiteConfiguration): Promise<void> {
  try {
    await visionReady(services);
    const levels = site.accessLevels.map(({ name }) => name);
    await enrolDemoPeople(services, levels, (done, of) =>
      process.stdout.write(`  demo cardholders ready / 演示持卡人就绪：${done}/${of}\n`),
    );
  } catch (error) {
    process.stderr.write(
      `vestibule: the demo's cardholders could not be enrolled: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
}

function visionReady(services: ControllerServices): Promise<void> {
  if (services.state().processes.vision.state === "running") return Promise.resolve();
  return new Promise((resolve) => {
    const listening = services.onState((state) => {
      if (state.processes.vision.state !== "running") return;
      listening[Symbol.dispose]();
      resolve();
    });
  });
}
