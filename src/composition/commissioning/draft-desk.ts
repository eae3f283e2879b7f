import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../../config/config-error.ts";
import type { Environment } from "../../config/environment.ts";
import type { WiredSite } from "../../config/site-board.ts";
import { after } from "../../domain/time.ts";
import { surveyGpioLines } from "../../drivers/gpio/open-gpio.ts";
import { removeDurably, writeDurably } from "../../durable-files/durable-file.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CommissioningHooks } from "../../ports/commissioning.ts";
import { HardwareFault } from "../../ports/door-hardware.ts";
import type { JsonValue } from "../../ports/journal.ts";
import type {
  CommissioningOutcome,
  CommissioningServices,
  DraftSection,
  DraftView,
} from "../../ports/services/commissioning-services.ts";
import { wiredVestibulesOf } from "../door-lines.ts";
import type { SiteStart } from "../site-start.ts";
import { isUnproven, proven, putInPlace, takenBack } from "./apply-draft.ts";
import { configurationHashOf } from "./configuration-hash.ts";
import { DraftFile } from "./draft-file.ts";
import { DraftRefusal } from "./draft-sections.ts";
import type { CommissioningPlaces } from "./places.ts";

/** The answer gets out, and the page sees it, before everything ends. */
const untilRestart = 500;
const mostSecrets = 256;

/** Changes of the draft, each on record, and the one that makes it what runs. */
export class DraftDesk {
  readonly #start: SiteStart;
  readonly #places: CommissioningPlaces;
  readonly #clock: Clock;
  readonly #file: DraftFile;
  hooks: CommissioningHooks | undefined;
  #ending = false;

  constructor(start: SiteStart, places: CommissioningPlaces, clock: Clock, env: Environment) {
    this.#start = start;
    this.#places = places;
    this.#clock = clock;
    this.#file = new DraftFile(places, start.configurationFile, env);
  }

  begin(hooks: CommissioningHooks): void {
    this.hooks = hooks;
    const why = takenBack(this.#places);
    if (why !== undefined) {
      hooks.record("ConfigurationTakenBack", { configuration: this.#start.configurationHash, detail: why });
      removeDurably(this.#places.refused);
    }
    if (isUnproven(this.#places)) void this.#prove(hooks);
  }

  view(): DraftView {
    return this.#file.view();
  }

  change(section: DraftSection, value: JsonValue, operator: string): CommissioningOutcome<DraftView> {
    try {
      this.#file.change(section, value);
    } catch (error) {
      if (!(error instanceof DraftRefusal)) throw error;
      return { is: "refused", reason: "faulty", detail: error.message };
    }
    this.#record("DraftChanged", { operator, section });
    return { is: "done", value: this.#file.view() };
  }

  discard(operator: string): CommissioningOutcome<DraftView> {
    this.#file.discard();
    this.#record("DraftDiscarded", { operator });
    return { is: "done", value: this.#file.view() };
  }

  keepSecret(
    name: string,
    secret: string,
    operator: string,
  ): CommissioningOutcome<{ readonly file: string }> {
    const file = join(this.#places.secrets, name);
    const kept = existsSync(this.#places.secrets) ? readdirSync(this.#places.secrets) : [];
    if (kept.length >= mostSecrets && !kept.includes(name))
      return { is: "refused", reason: "tooMany", detail: `There are ${mostSecrets} secrets already.` };
    writeDurably(file, `${secret}\n`);
    this.#record("SecretKept", { operator, name });
    return { is: "done", value: { file } };
  }

  async apply(
    ...[operator, hash, reason, confirmedBy]: Parameters<CommissioningServices["apply"]>
  ): ReturnType<CommissioningServices["apply"]> {
    if (this.#start.commissioned === undefined)
      return {
        is: "refused",
        reason: "notEditable",
        detail:
          "This service runs by a file in a place that is not its own: download the draft, and put it there.",
      };
    const draft = this.#file.view();
    if (draft.hash !== hash || this.#ending)
      return { is: "refused", reason: "moved", detail: "The draft is another one by now: look at it again." };
    if (draft.differences.length === 0)
      return { is: "refused", reason: "nothingToApply", detail: "It says what runs already." };
    if (draft.faults.length > 0)
      return { is: "refused", reason: "faulty", detail: "It has faults: mend them first." };
    const wired = this.#checked();
    if (wired === undefined) return { is: "refused", reason: "faulty", detail: "It cannot be read." };
    const missing = await missingOf(wired);
    if (missing !== undefined) return { is: "refused", reason: "boardMissing", detail: missing };
    const after = configurationHashOf(wired.site, wiredVestibulesOf(wired));
    const before = this.#start.configurationHash;
    const differences = draft.differences.map((one) => ({ ...one }));
    this.#record("ConfigurationApplied", { operator, confirmedBy, reason, before, after, differences });
    putInPlace(this.#places, after);
    this.#ending = true;
    this.#runAgainSoon();
    return { is: "done", value: { hash: after } };
  }

  #checked(): WiredSite | undefined {
    try {
      return this.#file.checked();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return undefined;
    }
  }

  #runAgainSoon(): void {
    this.#clock.wakeAt(after(this.#clock.now(), untilRestart), () => this.hooks?.runAgain());
  }

  /** The interlock has its lines, and tells of them. */
  async #prove(hooks: CommissioningHooks): Promise<void> {
    while (this.hooks === hooks) {
      if ((await hooks.readLines()) !== undefined) return proven(this.#places);
    }
  }

  #record(type: string, payload: Parameters<CommissioningHooks["record"]>[1]): void {
    if (this.hooks === undefined) throw new Error("the controller has not started yet");
    this.hooks.record(type, payload);
  }
}

/** What this machine lacks of the draft's board: applied, it would leave a box that cannot start. */
async function missingOf(wired: WiredSite): Promise<string | undefined> {
  const { board } = wired.site;
  const lines = wiredVestibulesOf(wired);
  if (board.kind === "simulated" || lines === undefined) return undefined;
  try {
    const faulty = (await surveyGpioLines(board.driver, new Map(lines))).filter(
      ({ fault }) => fault !== undefined,
    );
    const [first] = faulty;
    return first === undefined
      ? undefined
      : `${faulty.length} lines of this board are not on this machine: ${first.plan.name}: ${first.fault ?? ""}`;
  } catch (error) {
    if (error instanceof HardwareFault) return error.message;
    throw error;
  }
}
