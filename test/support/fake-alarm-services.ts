import type { AlarmRecord } from "../../src/domain/alarm/alarm.ts";
import { presetAlarmPolicy, shelvingFault } from "../../src/domain/alarm/kinds.ts";
import type { WallTime } from "../../src/domain/time.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Journal, JournalRecord } from "../../src/ports/journal.ts";
import type { AlarmServices, ShelvingOutcome } from "../../src/ports/services/alarm-services.ts";

/** What a fake controller keeps of its alarms. */
export interface FakeAlarms {
  readonly journal: Pick<Journal, "query">;
  alarms(): readonly AlarmRecord[];
  raise(alarm: AlarmRecord): AlarmRecord;
}

/** Alarms that are put aside and commented on, without the rules behind them but for what may be shelved. */
export class FakeAlarmServices implements AlarmServices {
  readonly longestShelving = presetAlarmPolicy.longestShelving;
  readonly #alarms: FakeAlarms;
  readonly #clock: Pick<Clock, "wall">;

  constructor(alarms: FakeAlarms, clock: Pick<Clock, "wall">) {
    this.#alarms = alarms;
    this.#clock = clock;
  }

  async shelve(id: string, by: string, until: WallTime, reason: string): Promise<ShelvingOutcome> {
    const alarm = this.#find(id);
    if (alarm === undefined) return { is: "refused", fault: "notOpen" };
    const wall = this.#clock.wall();
    const fault = shelvingFault(alarm, { wall, until, reason }, presetAlarmPolicy);
    if (fault !== undefined) return { is: "refused", fault };
    const shelved = { by, at: wall, until, reason };
    return { is: "shelved", alarm: this.#alarms.raise({ ...alarm, shelved }) };
  }

  async unshelve(id: string): Promise<AlarmRecord | undefined> {
    const alarm = this.#find(id);
    return alarm && this.#alarms.raise({ ...alarm, shelved: null });
  }

  async comment(id: string, by: string, text: string): Promise<AlarmRecord | undefined> {
    const alarm = this.#find(id);
    if (alarm === undefined) return undefined;
    const comments = [...alarm.comments, { by, at: this.#clock.wall(), text }];
    return this.#alarms.raise({ ...alarm, comments });
  }

  history({ id }: AlarmRecord): readonly JournalRecord[] {
    const records = this.#alarms.journal.query({ limit: 1000, newestFirst: true });
    return records.filter(({ payload }) => payload["id"] === id);
  }

  cause(): undefined {
    return undefined;
  }

  #find(id: string): AlarmRecord | undefined {
    return this.#alarms.alarms().find((alarm) => alarm.id === id);
  }
}
