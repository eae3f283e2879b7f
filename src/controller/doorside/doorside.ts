import type { AccessEvent, AccessPolicy } from "../../domain/access/access.ts";
import type { AlarmRecord } from "../../domain/alarm/alarm.ts";
import type { InterlockEvent } from "../../domain/interlock/interlock.ts";
import type { AccessPointRef, VestibuleId } from "../../domain/names.ts";
import type { CardRead, KeysPressed, ReaderListener } from "../../ports/card-reader.ts";
import type { Presented } from "../../ports/commissioning.ts";
import type { InterlockBasis } from "../../ports/decided-on.ts";
import type { Chronicle } from "../chronicle.ts";
import type { ControllerOptions } from "../controller-options.ts";
import type { EvidenceCapture } from "../evidence-capture.ts";
import type { InterlockClient } from "../interlock-client.ts";
import type { TemplateAges } from "../people/template-ages.ts";
import type { PresenceView } from "../presence/presence-view.ts";
import type { RecordListeners } from "../record-listeners.ts";
import type { Recorder } from "../recorder.ts";
import type { VisionClient } from "../vision-client.ts";
import { CardQueue } from "./card-queue.ts";
import { Displays } from "./displays.ts";
import { lockOutsBefore } from "./lock-outs-before.ts";
import { Passages } from "./passages.ts";
import { ReaderSignals } from "./reader-signals.ts";
import { ReaderWatch } from "./reader-watch.ts";
import { mayTakeRights } from "./under-way.ts";

export interface DoorsideParts {
  readonly interlock: InterlockClient;
  readonly vision: VisionClient;
  readonly evidence: EvidenceCapture;
  readonly chronicle: Chronicle;
  readonly recorder: Recorder;
  readonly templateAges: TemplateAges;
  readonly presence: PresenceView;
  readonly told: Pick<RecordListeners, "listen">;
  /** At the start. */
  readonly openAlarms: readonly AlarmRecord[];
  readonly onChange: () => void;
  readonly onPresented: (presented: Presented) => void;
}

/** What people meet at the doors: readers and keypads, the rules they pass by, and what they are shown. */
export class Doorside implements Disposable {
  readonly passages: Passages;
  readonly displays: Displays;
  readonly signals: ReaderSignals;
  readonly #options: ControllerOptions;
  readonly #parts: DoorsideParts;
  readonly #cards: CardQueue;
  readonly #readers: ReaderWatch;
  readonly #listening: Disposable;
  #isReviewing = false;

  constructor(options: ControllerOptions, parts: DoorsideParts) {
    const { clock, readers } = options;
    const { chronicle } = parts;
    this.#options = options;
    this.#parts = parts;
    this.passages = this.#accessRules();
    this.signals = new ReaderSignals(readers);
    this.displays = new Displays(clock);
    this.#readers = new ReaderWatch(chronicle);
    this.#cards = new CardQueue(clock, {
      onCard: (read) => this.#onCard(read),
      onDropped: (count) => chronicle.note("CardReadsDropped", { count }),
    });
    this.#listening = parts.told.listen(({ type }) => void (mayTakeRights(type) && this.#review()));
  }

  async open(): Promise<void> {
    this.#parts.chronicle.keep(this.passages.rulesAtStart());
    const listener: ReaderListener = {
      onCard: (read) => this.#cards.offer(read),
      onKeys: (keys) => this.#onKeys(keys),
      onStatus: (status) => {
        this.#readers.onStatus(status);
        this.#parts.onChange();
      },
    };
    for (const reader of this.#options.readers) await reader.open(listener);
  }

  /** Nothing comes in any more; what is under way still ends. */
  async close(): Promise<void> {
    for (const reader of this.#options.readers) await reader[Symbol.asyncDispose]();
    this.#cards[Symbol.dispose]();
  }

  /** Whether how a passage ended is on record with its person. */
  onInterlock(vestibule: VestibuleId, event: InterlockEvent, basis: InterlockBasis): boolean {
    return this.passages.onInterlock(vestibule, event, basis);
  }

  onInterlockLost(): void {
    this.passages.onInterlockLost();
    this.displays.onInterlockLost();
  }

  readers(): ReturnType<ReaderWatch["view"]> {
    return this.#readers.view();
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
    this.passages[Symbol.dispose]();
  }

  /** A8: of what was recorded; not within the write, but once it holds. Of many changes at once, once. */
  #review(): void {
    if (this.#isReviewing) return;
    this.#isReviewing = true;
    queueMicrotask(() => {
      this.#isReviewing = false;
      this.passages.onRightsChanged();
    });
  }

  #accessRules(): Passages {
    const { clock, calendar, directory, site, pins, newPassage, journal } = this.#options;
    const { interlock, vision, evidence, chronicle, recorder, presence, openAlarms } = this.#parts;
    return new Passages({
      policy: () => site.policy,
      ...{ clock, calendar, directory, presence, interlock, vision, pins, newPassage },
      keepPicture: (jpeg, passage) => evidence.keepSoon(jpeg, passage),
      cameraOf: site.cameraOf,
      record: (entries, conditions, mustBeDurable) => {
        if (mustBeDurable) return chronicle.keepDurably(entries, conditions);
        chronicle.keep(entries, conditions);
        return true;
      },
      storage: () => recorder.storage,
      commissioning: () => this.#options.commissioning?.isUnderWay() ?? false,
      held: heldFor(openAlarms, site.policy),
      lockedOut: lockOutsBefore(journal, clock, site.policy.lockoutTime),
      onEvent: (event) => this.#onEvent(event),
    });
  }

  #onCard(read: CardRead): void {
    const { vestibule, accessPoint, format, number } = read;
    this.#parts.onPresented({ vestibule, accessPoint, what: "card", format, length: number.length });
    if (this.isFitted(read)) this.passages.onCard(read);
    else this.#parts.chronicle.note("CardReadAtUnknownPlace", { vestibule, accessPoint });
  }

  /** Where nobody can present a card nobody is asked for a PIN either. */
  #onKeys(keys: KeysPressed): void {
    const { vestibule, accessPoint } = keys;
    const { length } = keys.keys;
    this.#parts.onPresented({ vestibule, accessPoint, what: "keys", format: null, length });
    if (this.isFitted(keys)) this.passages.onKeys(keys);
  }

  /** A5: once the centre knows, nothing is held any more. */
  onAlarm({ type, phase, place }: AlarmRecord): void {
    if (type !== "Duress" || phase === "active-unacknowledged" || place.vestibule === undefined) return;
    this.passages.clearDuress(place.vestibule);
  }

  isFitted({ vestibule, accessPoint }: AccessPointRef): boolean {
    const fitted = this.#options.site.vestibules.find(({ id }) => id === vestibule)?.accessPoints ?? [];
    return fitted.includes(accessPoint);
  }

  #onEvent(event: AccessEvent): void {
    const { evidence, templateAges, onChange } = this.#parts;
    this.displays.onAccess(event);
    if (event.type === "AccessDenied" || event.type === "AccessWithdrawn") void evidence.ofRefusal(event);
    if (event.type === "AccessGranted") templateAges.onGranted(event);
    onChange();
  }
}

/** A5: vestibules with a duress that nobody has acknowledged, where the rules hold the inner door meanwhile. */
function heldFor(
  alarms: readonly AlarmRecord[],
  { duress }: Pick<AccessPolicy, "duress">,
): readonly VestibuleId[] {
  if (duress.policy !== "grantOuterHoldInner") return [];
  return alarms.flatMap(({ type, phase, place: { vestibule } }) =>
    type === "Duress" && phase === "active-unacknowledged" && vestibule !== undefined ? [vestibule] : [],
  );
}
