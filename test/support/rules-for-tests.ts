import { ruleBookOf } from "../../src/config/rule-book.ts";
import { type SiteConfiguration, siteSchema } from "../../src/config/site-schema.ts";
import { AlarmDesk } from "../../src/controller/alarm-desk.ts";
import { Chronicle } from "../../src/controller/chronicle.ts";
import { Recorder } from "../../src/controller/recorder.ts";
import { Rules } from "../../src/controller/rules/rules.ts";
import { recordedVersions } from "../../src/controller/rules/rules-of-site.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Directory } from "../../src/ports/directory.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { RuleBook } from "../../src/ports/rule-book.ts";
import type { RulesStore } from "../../src/ports/rules-store.ts";

const point = (camera: string) => ({ reader: { kind: "simulated" }, camera });

/** One door pair with cameras, a schedule and a level by it. */
export const plainSite = {
  site: { id: "t", name: { en: "Test", zh: "测试" } },
  board: { kind: "simulated" },
  vestibules: [
    {
      id: "v1",
      occupancy: { vestibuleMax: 0 },
      accessPoints: {
        "outer-entry": point("street"),
        "inner-entry": point("inside"),
        "inner-exit": point("inside"),
        "outer-exit": point("street"),
      },
    },
  ],
  cameras: ["street", "inside"].map((id) => ({ id, source: { kind: "simulated" } })),
  schedules: [{ name: "office", spans: [{ days: ["monday"], from: "08:00", to: "18:00" }] }],
  accessLevels: [
    { name: "staff", accessPoints: "all", schedule: "office" },
    { name: "porters", accessPoints: "all", mode: "card" },
  ],
};

export const siteWith = (changes: object = {}): SiteConfiguration =>
  siteSchema.parse({ ...plainSite, ...changes });

export interface RulesParts {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly directory: Directory;
  readonly store: RulesStore;
  readonly site?: SiteConfiguration;
}

/** Rules as a controller has them, with its record and its alarms. */
export function rulesForTests({ clock, journal, store, site = siteWith() }: RulesParts) {
  const alarms = new AlarmDesk(clock);
  const recorder = new Recorder(journal, clock, { onRecord: () => undefined, onStorage: () => undefined });
  const former = journal.query({ type: "ControllerStarted", limit: 1, newestFirst: true })[0];
  const formerHash = former?.payload["configuration"];
  const changes: unknown[] = [];
  const rules = new Rules({
    ...{ store, book: ruleBookOf(site) },
    chronicle: new Chronicle(recorder, alarms, clock),
    recorded: recordedVersions(journal),
    formerHash: typeof formerHash === "string" ? formerHash : undefined,
    today: () => "2026-11-22",
    isAwaited: () => false,
    onChange: (changed) => changes.push(changed),
  });
  return { rules, alarms, changes };
}

export const bookWith = (changes: object = {}): RuleBook => ruleBookOf(siteWith(changes));
