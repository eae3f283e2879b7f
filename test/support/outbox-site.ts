import { Outbox } from "../../src/controller/outbox.ts";
import type { AlarmPhase, AlarmRecord } from "../../src/domain/alarm/alarm.ts";
import { instant } from "../../src/domain/time.ts";
import type { VestibuleView } from "../../src/ports/controller-services.ts";
import type { JournalCursor, JsonObject } from "../../src/ports/journal.ts";
import { MemoryCursor, MemoryJournal } from "../../src/simulation/memory-journal.ts";
import { RecordedAlarmLink } from "../../src/simulation/recorded-alarm-link.ts";
import { VirtualClock } from "../../src/simulation/virtual-clock.ts";
import { openAlarm } from "./open-alarm.ts";
import { quietCondition } from "./quiet-condition.ts";

/** An outbox among simulated parts, at a moment before it is started. */
export interface OutboxSite {
  readonly clock: VirtualClock;
  readonly journal: MemoryJournal;
  readonly cursor: JournalCursor;
  readonly link: RecordedAlarmLink;
  readonly alarms: string[];
  readonly outbox: Outbox;
}

export function site(
  parts: Partial<Pick<OutboxSite, "clock" | "journal" | "cursor" | "link">> = {},
): OutboxSite {
  const clock = parts.clock ?? new VirtualClock();
  const journal = parts.journal ?? new MemoryJournal(clock);
  const cursor = parts.cursor ?? new MemoryCursor();
  const link = parts.link ?? new RecordedAlarmLink(clock);
  const alarms: string[] = [];
  const outbox = new Outbox({
    ...{ journal, cursor, link, clock },
    onBrokerLost: (detail) => alarms.push(`lost: ${detail}`),
    onBrokerReturned: () => alarms.push("returned"),
  });
  return { clock, journal, cursor, link, alarms, outbox };
}

export function write(
  { journal, clock, outbox }: OutboxSite,
  count: number,
  payload: JsonObject = { vestibule: "v1" },
): void {
  const entry = { type: "DoorOpened", at: clock.now(), payload };
  journal.append(Array.from({ length: count }, () => entry));
  outbox.recordsAppended();
}

/** Lets everything that is ready to run, run. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
}

export const seqs = (link: RecordedAlarmLink): number[] =>
  link
    .taken()
    .filter(({ topic }) => topic.includes("/event/"))
    .map(({ body }) => Number(body?.["seq"]));

export const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

export const alarm = (
  phase: AlarmPhase,
  place: AlarmRecord["place"] = { vestibule: "v1", door: "outer" },
): AlarmRecord =>
  openAlarm("DoorForcedOpen", { id: `${place.vestibule ?? "site"}.DoorForcedOpen`, place, phase });

export const view = (occupancy: number): VestibuleView => {
  const door = {
    contact: "closed",
    bolt: "thrown",
    lock: "secured",
    secure: true,
    since: instant(1),
    alarm: null,
  } as const;
  return {
    ...{ id: "v1", name: { en: "Vault", zh: "金库" }, doors: { outer: door, inner: door } },
    ...{
      passage: null,
      occupancy,
      occupancySecure: 0,
      limits: { vestibuleMax: 1, secureMax: 0, secureMin: 0 },
      mode: "normal",
      condition: quietCondition,
      displays: {},
      liveness: {},
      cameras: {},
    },
  };
};
