import { AlarmActions } from "../../src/controller/alarm-actions/alarm-actions.ts";
import { AlarmDesk } from "../../src/controller/alarm-desk.ts";
import { readingAlarms } from "../../src/controller/alarm-recount.ts";
import { Chronicle } from "../../src/controller/chronicle.ts";
import { atOnce } from "../../src/controller/in-turns.ts";
import { Recorder } from "../../src/controller/recorder.ts";
import type { AlarmAction } from "../../src/domain/alarm/actions.ts";
import type { AlarmPlace, AlarmType } from "../../src/domain/alarm/alarm.ts";
import { type Milliseconds, wallTime } from "../../src/domain/time.ts";
import type { AlarmPlan } from "../../src/ports/alarm-plan.ts";
import { type Mail, NoticeFault } from "../../src/ports/notice.ts";
import type { PresetOutcome } from "../../src/ports/vision-link.ts";
import { MemoryCursor, MemoryJournal } from "../../src/simulation/memory-journal.ts";
import { RecordedAlarmLink } from "../../src/simulation/recorded-alarm-link.ts";
import { VirtualClock } from "../../src/simulation/virtual-clock.ts";

export const hour: Milliseconds = 3_600_000;
const outer: AlarmPlace = { vestibule: "v1", door: "outer" };

/** A site that has nothing but alarms and what follows from them; `end` and `begin` are a restart of the controller. */
export class AlarmSite {
  readonly clock = new VirtualClock();
  readonly journal = new MemoryJournal(this.clock);
  readonly link = new RecordedAlarmLink(this.clock);
  readonly calls: { readonly id: string; readonly body: string }[] = [];
  readonly mails: Mail[] = [];
  readonly clips: (readonly string[])[] = [];
  readonly recalled: string[] = [];
  driven: readonly string[] = [];
  preset: PresetOutcome = { recalled: true };
  isReachable = true;
  /** Calls that the receiver does not take, by what is in them. */
  refuses: RegExp | undefined;
  receivers: readonly string[];
  readonly #cursors = new Map<string, MemoryCursor>();
  readonly #actions: Partial<Record<AlarmType, readonly AlarmAction[]>>;
  #recorder: Recorder | undefined;
  #alarms = new AlarmDesk(this.clock);
  #chronicle: Chronicle | undefined;
  #running: AlarmActions | undefined;

  constructor(
    actions: Partial<Record<AlarmType, readonly AlarmAction[]>>,
    { receivers = ["centre"] }: { readonly receivers?: readonly string[] } = {},
  ) {
    this.#actions = actions;
    this.receivers = receivers;
    this.begin();
  }

  begin(): void {
    const recorder = new Recorder(this.journal, this.clock, {
      onRecord: (record) => this.#running?.onRecord(record),
      onStorage: () => undefined,
    });
    const alarms = new AlarmDesk(this.clock);
    alarms.restore(atOnce(readingAlarms(this.journal)), this.journal);
    const chronicle = new Chronicle(recorder, alarms, this.clock);
    [this.#recorder, this.#alarms, this.#chronicle] = [recorder, alarms, chronicle];
    chronicle.note("ControllerStarted", {});
    const refuse = () => {
      if (!this.isReachable) throw new NoticeFault("answered 503");
    };
    this.#running = new AlarmActions({
      plan: this.#plan(),
      cursor: (name) => {
        const cursor = this.#cursors.get(name) ?? new MemoryCursor();
        this.#cursors.set(name, cursor);
        return cursor;
      },
      webhook: () => ({
        post: async (id, body) => {
          refuse();
          if (this.refuses?.test(body) === true) throw new NoticeFault("answered 400");
          this.calls.push({ id, body });
        },
      }),
      mail: {
        send: async (mail) => {
          refuse();
          this.mails.push(mail);
          return [];
        },
      },
      random: () => 0.5,
      site: { id: "t", name: { en: "Test", zh: "测试" }, timeZone: "Asia/Shanghai" },
      ...{ journal: this.journal, clock: this.clock, chronicle, alarms, link: this.link },
      recallPreset: async (camera, preset) => {
        this.recalled.push(`${camera} ${preset}`);
        return this.preset;
      },
      keepClips: (_firing, cameras) => this.clips.push(cameras),
      driveOutputs: (outputs) => {
        this.driven = outputs;
      },
    });
    this.#running.start();
  }

  /** As a process that is killed: what is under way is never heard of again. */
  end(): void {
    this.#running?.[Symbol.dispose]();
    this.#recorder?.[Symbol.dispose]();
    this.#running = undefined;
  }

  raise(alarm: AlarmType, place: AlarmPlace = outer): Promise<void> {
    this.#chronicle?.keep([], [{ is: "seen", alarm, place, detail: null }]);
    return this.settle();
  }

  clear(alarm: AlarmType, place: AlarmPlace = outer): void {
    this.#chronicle?.keep([], [{ is: "gone", alarm, place, detail: null }]);
  }

  async acknowledge(id: string): Promise<void> {
    this.#chronicle?.alarmOrdered({ type: "Acknowledged", id, by: "olga", comment: "seen" });
    await this.settle();
  }

  shelve(id: string, time: Milliseconds): void {
    const until = wallTime(this.clock.wall() + time);
    this.#chronicle?.alarmOrdered({ type: "Shelved", id, by: "olga", until, reason: "being repaired" });
  }

  unshelve(id: string): void {
    this.#chronicle?.alarmOrdered({ type: "Unshelved", id, by: "olga" });
  }

  async pass(time: Milliseconds): Promise<void> {
    this.clock.advance(time);
    await this.settle();
  }

  isOpen = (id: string): boolean => this.#alarms.find(id)?.phase.startsWith("active") ?? false;
  records = (type: string) => this.journal.query({ type, limit: 1_000 }).map(({ payload }) => payload);
  topics = (): readonly string[] => this.link.taken().map(({ topic }) => topic);

  /** Deliveries begin in the loop's next turn, and each step of one is a turn of its own. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  #plan(): AlarmPlan {
    return {
      actions: (alarm) => this.#actions[alarm] ?? [],
      isPublished: () => true,
      vestibules: [{ id: "v1", at: { "outer-entry": "street", "inner-entry": "hall" }, between: undefined }],
      presetOf: (camera) => (camera === "street" ? "door" : null),
      presetsBy: () => "camera",
      outputs: ["siren"],
      webhooks: this.receivers.map((name) => ({ name, giveUpAfter: hour })),
      mail: {
        languages: ["zh", "en"],
        lists: [{ name: "guards", to: ["g@example.com"] }],
        spacing: 60_000,
        giveUpAfter: hour,
      },
    };
  }
}
