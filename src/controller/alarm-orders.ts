import type { AlarmId, AlarmRecord } from "../domain/alarm/alarm.ts";
import { shelvingFault } from "../domain/alarm/kinds.ts";
import { alarmEventTypes } from "../domain/alarm/life-cycle.ts";
import type { WallTime } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Journal, JournalRecord } from "../ports/journal.ts";
import type { AlarmCause, AlarmServices, ShelvingOutcome } from "../ports/services/alarm-services.ts";
import { causeOf } from "./alarm-causes.ts";
import type { AlarmDesk } from "./alarm-desk.ts";
import type { Chronicle } from "./chronicle.ts";

/** Looked at for one alarm's history, of each type of record. */
const mostOfType = 200;

/** What operators do with alarms: asked of the rules first, so that whoever is refused is told why. */
export class AlarmOrders implements AlarmServices {
  readonly #alarms: AlarmDesk;
  readonly #chronicle: Chronicle;
  readonly #journal: Pick<Journal, "query">;
  readonly #clock: Clock;

  constructor(alarms: AlarmDesk, chronicle: Chronicle, journal: Pick<Journal, "query">, clock: Clock) {
    this.#alarms = alarms;
    this.#chronicle = chronicle;
    this.#journal = journal;
    this.#clock = clock;
  }

  get longestShelving() {
    return this.#alarms.policy.longestShelving;
  }

  async shelve(id: AlarmId, by: string, until: WallTime, reason: string): Promise<ShelvingOutcome> {
    const open = this.#alarms.find(id);
    if (open === undefined || open.phase === "normal") return { is: "refused", fault: "notOpen" };
    const order = { wall: this.#clock.wall(), until, reason };
    const fault = shelvingFault(open, order, this.#alarms.policy);
    if (fault !== undefined) return { is: "refused", fault };
    const alarm = this.#chronicle.alarmOrdered({ type: "Shelved", id, by, until, reason });
    return alarm === undefined ? { is: "refused", fault: "notOpen" } : { is: "shelved", alarm };
  }

  async unshelve(id: AlarmId, by: string): Promise<AlarmRecord | undefined> {
    return this.#chronicle.alarmOrdered({ type: "Unshelved", id, by });
  }

  async comment(id: AlarmId, by: string, text: string): Promise<AlarmRecord | undefined> {
    return this.#chronicle.alarmOrdered({ type: "Commented", id, by, text });
  }

  history({ id, place }: AlarmRecord): readonly JournalRecord[] {
    const { vestibule, door, accessPoint } = place;
    const here = {
      ...(vestibule === undefined ? {} : { vestibule }),
      ...(door === undefined ? {} : { door }),
      ...(accessPoint === undefined ? {} : { accessPoint }),
    };
    return alarmEventTypes
      .flatMap((type) => this.#journal.query({ type, limit: mostOfType, newestFirst: true, ...here }))
      .filter(({ payload }) => payload["id"] === id)
      .toSorted((a, b) => b.seq - a.seq);
  }

  cause(alarm: AlarmRecord): AlarmCause | undefined {
    return causeOf(this.#journal, alarm);
  }
}
