import type { Journal } from "../../ports/journal.ts";
import type { RuleKind, RuleVersion } from "../../ports/rules-store.ts";
import type { WeakenedThen } from "../../ports/services/rules-services.ts";
import type { Chronicle } from "../chronicle.ts";
import type { ControllerOptions, GivenOptions } from "../controller-options.ts";
import type { InterlockClient } from "../interlock-client.ts";
import { journalRecords } from "../journal-reading.ts";
import { SiteCalendar } from "../local-time.ts";
import { versionKey, weakenedIn } from "./rule-entries.ts";
import { Rules } from "./rules.ts";
import { RulesAtInterlock } from "./rules-at-interlock.ts";
import type { RecordedVersions } from "./rules-at-start.ts";

export interface SiteUnderRules {
  readonly rules: Rules;
  readonly atInterlock: RulesAtInterlock;
  /** Whoever asks these for the policy or for a holiday is told what holds then. */
  readonly options: ControllerOptions;
}

/** The site's rules as they hold at the start; what is wrong with them is told once the start is on record. */
export function siteUnderRules(
  given: GivenOptions,
  chronicle: Chronicle,
  {
    interlock,
    onChange,
  }: { readonly interlock: () => Pick<InterlockClient, "configure">; readonly onChange: () => void },
): SiteUnderRules {
  const { journal, clock, site } = given;
  // The second where the records of so long ago are no longer kept.
  const newest = (type: string) => journal.query({ type, limit: 1, newestFirst: true })[0];
  const former = newest("ControllerStarted") ?? newest("JournalCarriedForward");
  const formerHash = former?.payload["configuration"];
  const calendar = new SiteCalendar(site.timeZone, []);
  const rules = new Rules({
    ...given.rules,
    chronicle,
    recorded: recordedVersions(journal),
    formerHash: typeof formerHash === "string" ? formerHash : undefined,
    today: () => calendar.dateOf(clock.wall()),
    isAwaited: (vestibule) => atInterlock.isAwaited(vestibule),
    onChange: ({ markedDays }) => {
      calendar.observe(markedDays);
      atInterlock.changed();
      onChange();
    },
  });
  calendar.observe(rules.current().markedDays);
  const atInterlock = new RulesAtInterlock(
    () => rules.current(),
    (vestibule, wanted) => interlock().configure(vestibule, wanted),
  );
  const ruled = {
    ...site,
    get policy() {
      return rules.current().access;
    },
  };
  return { rules, atInterlock, options: { ...given, site: ruled, calendar } };
}

/** Changes are rare, so that all of them can be read at every start. */
export function recordedVersions(journal: Pick<Journal, "query">): RecordedVersions {
  const hashes = new Map<string, string>();
  const newest = new Map<string, number>();
  const weakened = new Map<string, WeakenedThen>();
  for (const { payload } of journalRecords(journal, ["ConfigurationChanged"])) {
    const { kind, version, hash } = payload;
    if (typeof kind !== "string" || typeof hash !== "string") continue;
    if (kind === "site-file") weakened.set(versionKey({ kind, version: 0, hash }), weakenedIn(payload));
    if (typeof version !== "number") continue;
    // Only what `Rules` writes is of this type.
    weakened.set(versionKey({ kind: kind as RuleKind, version, hash }), weakenedIn(payload));
    hashes.set(`${kind} ${version}`, hash);
    newest.set(kind, version);
  }
  const [oldest] = journal.query({ limit: 1 });
  // The record begins later where its oldest part is no longer kept.
  const isBefore = ({ at }: RuleVersion): boolean =>
    oldest !== undefined && oldest.seq > 1 && at < oldest.wall;
  return {
    hashOf: (version) =>
      hashes.get(`${version.kind} ${version.version}`) ?? (isBefore(version) ? null : undefined),
    newestOf: (kind) => newest.get(kind) ?? 0,
    weakened,
  };
}
