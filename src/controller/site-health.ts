import type { AlarmType } from "../domain/alarm/alarm.ts";
import type { Condition } from "../domain/alarm/conditions.ts";
import type { VestibuleId } from "../domain/names.ts";
import type { Milliseconds } from "../domain/time.ts";
import type { VestibuleReport } from "../ports/interlock-link.ts";
import type { Journal } from "../ports/journal.ts";
import type { CameraHealthEvent } from "../ports/vision-link.ts";
import type { Chronicle } from "./chronicle.ts";
import { configuredLiveness } from "./configured-liveness.ts";
import type { SitePlan } from "./controller-options.ts";
import { conditionsOver } from "./standing-conditions.ts";
import type { StandingState } from "./standing-state.ts";
import type { VisionReady } from "./vision-client.ts";

/** A reason in the record, in characters. */
const longestReason = 400;

/** What the controller notices about cameras, disk, clock, broker and its own record: each an event, some an alarm. */
export class SiteHealth {
  readonly #chronicle: Chronicle;
  readonly #space: { disk: boolean; evidence: boolean | undefined } = { disk: false, evidence: undefined };

  constructor(chronicle: Chronicle) {
    this.#chronicle = chronicle;
  }

  cameraChanged(camera: string, event: CameraHealthEvent): void {
    const { type } = event;
    const condition = (is: Condition["is"], alarm: AlarmType, detail: string | null): Condition => ({
      is,
      alarm,
      place: { camera },
      detail,
    });
    if (type === "CameraRestored") {
      const { from } = event;
      this.#chronicle.keep([this.#chronicle.entry(type, { camera, from })], [condition("gone", from, null)]);
    } else {
      const { detail } = event;
      this.#chronicle.keep(
        [this.#chronicle.entry(type, { camera, detail })],
        [condition("seen", type, detail)],
      );
    }
  }

  /** What weakens a site stays visible: said at every start. */
  livenessConfigured(site: Pick<SitePlan, "vestibules" | "policy" | "cameraOf">): void {
    const places = site.vestibules.flatMap(({ id, accessPoints }) =>
      accessPoints
        .filter((accessPoint) => configuredLiveness(site, { vestibule: id, accessPoint }) === "off")
        .map((accessPoint) => `${id}/${accessPoint}`),
    );
    if (places.length > 0) this.#chronicle.note("LivenessOff", { places });
  }

  /** It goes on by the rules it has; nobody but a fault in the program sends such. */
  rulesRefused(vestibule: VestibuleId, fault: string): void {
    const condition: Condition = {
      ...{ is: "pulsed", alarm: "ConfigurationChanged" },
      ...{ place: { vestibule }, detail: `the interlock refuses the rules: ${fault}` },
    };
    this.#chronicle.keep(
      [this.#chronicle.entry("ConfigurationRefused", { vestibule, why: fault })],
      [condition],
    );
  }

  visionStarted({ backend, passedOver = [], model, second, threshold }: VisionReady): void {
    this.#chronicle.note("VisionStarted", {
      backend,
      ...(passedOver.length > 0 && {
        passedOver: passedOver.map((one) => `${one.backend}: ${one.reason}`.slice(0, longestReason)),
      }),
      model: model.id,
      modelHash: model.hash,
      ...(second !== undefined && { vote: second.id, voteHash: second.hash }),
      threshold,
    });
  }

  clockStepped(step: Milliseconds, alarm: boolean): void {
    const seconds = Math.round(step / 100) / 10;
    const conditions = alarm ? [ofSite("pulsed", "ClockStepped", `by ${seconds} s`)] : [];
    this.#chronicle.keep([this.#chronicle.entry("ClockStepped", { seconds })], conditions);
  }

  /** A9, T37: pulled in small steps. */
  clockDrifted(drift: Milliseconds, within: Milliseconds): void {
    const seconds = Math.round(drift / 100) / 10;
    const minutes = Math.max(1, Math.round(within / 60_000));
    const condition = ofSite(
      "pulsed",
      "ClockStepped",
      `by ${seconds} s in small steps within ${minutes} min`,
    );
    this.#chronicle.keep([this.#chronicle.entry("ClockDrifted", { seconds, minutes })], [condition]);
  }

  /** As the alarm stands at the start. */
  diskKnown(nearlyFull: boolean): void {
    this.#space.disk = nearlyFull;
  }

  clockUnsynchronised(lasting: Milliseconds): void {
    const minutes = Math.round(lasting / 60_000);
    const condition = ofSite("seen", "ClockUnsynchronised", `for ${minutes} min`);
    this.#chronicle.keep([this.#chronicle.entry("ClockUnsynchronised", { minutes })], [condition]);
  }

  clockSynchronised(): void {
    this.#chronicle.keep(
      [this.#chronicle.entry("ClockSynchronised", {})],
      [ofSite("gone", "ClockUnsynchronised")],
    );
  }

  diskNearlyFull(free: number): void {
    this.#space.disk = true;
    const condition = ofSite("seen", "DiskNearlyFull", `${Math.round(free / 1e6)} MB free`);
    this.#chronicle.keep([this.#chronicle.entry("DiskNearlyFull", { free })], [condition]);
  }

  diskSpaceRestored(free: number): void {
    this.#space.disk = false;
    this.#chronicle.keep([this.#chronicle.entry("DiskSpaceRestored", { free })], this.#spaceConditions());
  }

  /** What of alarms' evidence, which may not be deleted yet, is over the limit; undefined: nothing is. */
  evidenceSpace(excess: { readonly bytes: number; readonly files: number } | undefined): void {
    const before = this.#space.evidence;
    this.#space.evidence = excess !== undefined;
    if (excess === undefined) {
      const restored = before === true ? [this.#chronicle.entry("EvidenceSpaceRestored", {})] : [];
      if (before !== false) this.#chronicle.keep(restored, this.#spaceConditions());
      return;
    }
    if (before === true) return;
    const { bytes, files } = excess;
    const over = bytes > 0 ? `${Math.ceil(bytes / 1e6)} MB` : `${files} files`;
    const detail = `alarms' evidence, which may not be deleted yet, is ${over} over the limit: raise data.evidenceLimit`;
    const entry = this.#chronicle.entry("EvidenceSpaceExceeded", { bytes, files });
    this.#chronicle.keep([entry], [ofSite("seen", "DiskNearlyFull", detail)]);
  }

  /** Two things share an alarm: it ends with the last of them, and not before both are known. */
  #spaceConditions(): readonly Condition[] {
    const { disk, evidence } = this.#space;
    return disk || evidence !== false ? [] : [ofSite("gone", "DiskNearlyFull")];
  }

  storageFailed(detail: string): void {
    this.#chronicle.keep([], [ofSite("seen", "StorageFault", detail)]);
  }

  storageRestored(): void {
    this.#chronicle.keep([this.#chronicle.entry("StorageRestored", {})], [ofSite("gone", "StorageFault")]);
  }

  /** As the doors stand, some alarms must be over, whoever saw them end (see `conditionsOver`). */
  doorsReported(reports: readonly VestibuleReport[], standing: Pick<StandingState, "of">): void {
    this.#chronicle.keep([], conditionsOver(reports, standing));
  }

  brokerLost(detail: string): void {
    this.#chronicle.keep([], [ofSite("seen", "BrokerLost", detail)]);
  }

  brokerReturned(): void {
    this.#chronicle.keep([], [ofSite("gone", "BrokerLost")]);
  }

  /** Damage that was found while the journal was opened, before anybody could be told. Called before the start is recorded. */
  journalOpened(journal: Pick<Journal, "query">): void {
    const newest = (type: string) => journal.query({ type, limit: 1, newestFirst: true })[0]?.seq ?? 0;
    const damage = Math.max(newest("JournalDamageFound"), newest("JournalRestored"));
    if (damage <= newest("ControllerStarted")) return;
    this.#chronicle.keep([], [ofSite("seen", "AuditBroken", `record ${damage} tells what is missing`)]);
  }
}

const ofSite = (is: Condition["is"], alarm: AlarmType, detail: string | null = null): Condition => ({
  is,
  alarm,
  place: {},
  detail,
});
