import type { ActionState, Firing } from "../../domain/alarm/actions.ts";
import type { AlarmId, AlarmRecord } from "../../domain/alarm/alarm.ts";
import { after, type Instant, type Milliseconds } from "../../domain/time.ts";
import type { AlarmPlan } from "../../ports/alarm-plan.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Chronicle } from "../chronicle.ts";
import type { Outcomes } from "./outcomes.ts";

export interface AlarmOutputsOptions {
  readonly plan: Pick<AlarmPlan, "actions">;
  /** Drives these and no others until then; they fall to rest by themselves afterwards. */
  readonly drive: (outputs: readonly string[], until: Instant) => void;
  readonly chronicle: Pick<Chronicle, "note">;
  readonly outcomes: Outcomes;
  readonly clock: Clock;
}

/** Where nothing is heard of us, a siren goes silent after this. */
const lease: Milliseconds = 3_000;
const renewal: Milliseconds = 1_000;

interface Drive {
  readonly firing: Pick<Firing, "id" | "alarm" | "place">;
  readonly output: string;
  /** Undefined: until somebody acknowledges. */
  readonly until: Instant | undefined;
}

/** Drives outputs of the board for alarms: by a lease, so that none stays on when nobody is there to end it. */
export class AlarmOutputs implements Disposable {
  readonly #options: AlarmOutputsOptions;
  /** By alarm and output: as many as alarms are open and outputs configured. */
  readonly #drives = new Map<string, Drive>();
  #timer: Disposable | undefined;

  constructor(options: AlarmOutputsOptions) {
    this.#options = options;
  }

  /** What was driven when the controller ended, for as long as it would have been. */
  restore(open: readonly AlarmRecord[], fired: ActionState): void {
    const { clock } = this.#options;
    for (const { id, type: alarm, place, phase } of open) {
      const { fired: wall, silenced = false } = fired[id] ?? {};
      if (wall === undefined) continue;
      const age = Math.max(0, clock.wall() - wall);
      this.#start({ id, alarm, place }, age, isUnseen(phase) && !silenced);
    }
    this.#apply();
  }

  onFiring(firing: Firing): void {
    for (const output of this.#start(firing, 0, true))
      this.#options.outcomes.done(`output ${output}`, [firing], { action: "output", output });
    this.#apply();
  }

  /** Acknowledged, shelved or normal: what waited for that is over. */
  onAlarm({ id, phase }: Pick<AlarmRecord, "id" | "phase">, isShelved: boolean): void {
    if (isUnseen(phase) && !isShelved) return;
    this.#end((drive) => drive.firing.id === id && drive.until === undefined, "acknowledged");
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    if (this.#drives.size > 0) this.#options.drive([], this.#options.clock.now());
    this.#drives.clear();
  }

  #start(firing: Drive["firing"], age: Milliseconds, isUnseen: boolean): readonly string[] {
    const { plan, clock } = this.#options;
    return plan.actions(firing.alarm).flatMap((action) => {
      if (action.kind !== "output") return [];
      const { output, seconds } = action;
      if (seconds === null ? !isUnseen : seconds * 1000 <= age) return [];
      const until = seconds === null ? undefined : after(clock.now(), seconds * 1000 - age);
      this.#drives.set(keyOf(firing.id, output, until), { firing, output, until });
      return [output];
    });
  }

  #apply(): void {
    const { clock, drive } = this.#options;
    const now = clock.now();
    this.#end(({ until }) => until !== undefined && until <= now, "time", false);
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
    const active = new Set([...this.#drives.values()].map(({ output }) => output));
    drive([...active], after(now, lease));
    if (active.size === 0) return;
    const ends = [...this.#drives.values()].flatMap(({ until }) => (until === undefined ? [] : [until]));
    const next = Math.min(after(now, renewal), ...ends) as Instant; // the earlier of instants is one
    this.#timer = clock.wakeAt(next, () => this.#apply());
  }

  #end(isOver: (drive: Drive) => boolean, because: "time" | "acknowledged", apply = true): void {
    const over = [...this.#drives].filter(([, drive]) => isOver(drive));
    for (const [key, { firing, output }] of over) {
      this.#drives.delete(key);
      const { id, alarm, place } = firing;
      this.#options.chronicle.note("AlarmOutputEnded", { ...place, id, alarm, output, because });
    }
    if (apply && over.length > 0) this.#apply();
  }
}

const keyOf = (id: AlarmId, output: string, until: Instant | undefined): string =>
  `${id} ${output} ${until === undefined ? "acknowledged" : "timed"}`;

const isUnseen = (phase: AlarmRecord["phase"]): boolean =>
  phase === "active-unacknowledged" || phase === "returned-unacknowledged";
