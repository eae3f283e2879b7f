import { drawing } from "../../scripts/benchmarks/records/large-site.ts";
import { hashPassword } from "../../src/api/authentication/password-hash.ts";
import { openSiteStorage } from "../../src/composition/open-site-storage.ts";
import { beginOf, daysLater, siteDayOf } from "../../src/console/reports/site-days.ts";
import type { AccessPointName } from "../../src/domain/names.ts";
import { instant, wallTime } from "../../src/domain/time.ts";
import type { JournalEntry, JsonObject } from "../../src/ports/journal.ts";

/** The demo's own, in which its people would stand, without them: nobody waits for their photos. */
export const timeZone = "Asia/Shanghai";
export const auditor = { username: "wu.min", role: "auditor", password: "what was is on record" } as const;
export const administrator = {
  username: "li.na",
  role: "administrator",
  password: "two doors and one key",
} as const;

/** Days of the site before today that the journal tells of. */
const days = 9;
const hour = 3_600_000;
const minute = 60_000;

interface Visit {
  readonly who: string;
  readonly from: number;
  readonly to: number;
}

/**
 * A branch that has been running for some days: a signed journal of passages, refusals, cameras and alarms up to last
 * night, an auditor and an administrator. On Friday 林静 was in the vault from 9 to 12 and 13 to 17:30, 陈伟 for a quarter of an hour, 赵磊 not
 * at all.
 */
export async function auditorSite(directory: string): Promise<{ readonly friday: string }> {
  const now = Date.now();
  const today = siteDayOf(now, timeZone);
  let wall = beginOf(daysLater(today, -days), timeZone);
  // What this boot's clock said then; a boot is not that old, and nothing asks for it to be.
  const sinceBoot = Number(process.hrtime.bigint()) / 1e6 - now;
  const clock = { now: () => instant(wall + sinceBoot), wall: () => wallTime(wall) };
  using storage = openSiteStorage({ directory, clock, env: {}, journalName: "vestibule/demo" });
  for (const { username, role, password } of [auditor, administrator]) {
    const passwordHash = await hashPassword(password);
    storage.operators.add({ username, role, passwordHash, mustChangePassword: false });
  }
  const ids = Object.fromEntries(
    ["林静 Lin Jing", "陈伟 Chen Wei", "赵磊 Zhao Lei"].map((name, n) => {
      const { id } = storage.directory.add({ name, groups: [], accessLevels: ["everywhere"] });
      storage.directory.issueCard(id, String(2001 + n), "raw");
      return [name.slice(0, 2), id];
    }),
  );
  const friday = lastFriday(today);
  const happenings = aBranch({ today, friday, ids }).filter(({ at }) => at < beginOf(today, timeZone));
  for (const { at, entries } of happenings.toSorted((a, b) => a.at - b.at)) {
    wall = at;
    storage.journal.append(entries((later) => instant(at + sinceBoot + later)));
  }
  // As at a site whose broker is there: nothing of it still has to be delivered.
  storage.cursor("mqtt").advance(storage.journal.last());
  return { friday };
}

function lastFriday(today: string): string {
  let day = daysLater(today, -1);
  while (new Date(`${day}T00:00:00Z`).getUTCDay() !== 5) day = daysLater(day, -1);
  return day;
}

interface Happening {
  readonly at: number;
  readonly entries: (instantOf: (later: number) => ReturnType<typeof instant>) => readonly JournalEntry[];
}

function aBranch(site: {
  readonly today: string;
  readonly friday: string;
  readonly ids: Readonly<Record<string, string>>;
}): readonly Happening[] {
  const draw = drawing(7);
  const { today, friday, ids } = site;
  const happenings: Happening[] = [];
  const one = (at: number, type: string, payload: JsonObject): void => {
    happenings.push({ at, entries: (instantOf) => [{ type, at: instantOf(0), payload }] });
  };
  for (let ago = days; ago > 0; ago--) {
    const day = daysLater(today, -ago);
    const midnight = beginOf(day, timeZone);
    const at = (clockHour: number, later = draw(20 * minute)): number => midnight + clockHour * hour + later;
    const visits: Visit[] =
      day === friday
        ? [
            { who: "林静", from: at(9, 0), to: at(12, 0) },
            { who: "林静", from: at(13, 0), to: at(17.5, 0) },
            { who: "陈伟", from: at(10, 0), to: at(10.25, 0) },
          ]
        : ["林静", "陈伟", "赵磊"].flatMap((who) => [
            { who, from: at(8.5), to: at(12) },
            { who, from: at(13), to: at(17 + draw(2)) },
          ]);
    for (const { who, from, to } of visits) {
      const whom = { cardholder: ids[who] ?? "", card: who === "林静" ? "2001" : "2002" };
      const way: readonly [AccessPointName, number][] = [
        ["outer-entry", from - 15_000],
        ["inner-entry", from],
        ["inner-exit", to],
        ["outer-exit", to + 15_000],
      ];
      for (const [accessPoint, when] of way) happenings.push(passage(draw, when, accessPoint, whom));
    }
    for (let n = 2 + draw(5); n > 0; n--) {
      const reason =
        ["faceMismatch", "faceMismatch", "noFace", "poorQuality", "interlocked"][draw(5)] ?? "noFace";
      const face = reason === "faceMismatch" ? faceOf(0.915 + draw(25) / 1_000) : null;
      one(at(9 + draw(8)), "AccessDenied", {
        ...{ vestibule: "v1", accessPoint: "outer-entry", cardholder: ids["陈伟"] ?? "", card: "2002" },
        ...{ passage: `denied-${ago}-${n}`, reason, detail: null, face },
      });
    }
  }
  const fault = beginOf(daysLater(today, -3), timeZone) + 20 * hour;
  one(fault, "CameraLost", { camera: "inner-exit", detail: "no answer" });
  one(fault + 5 * hour, "CameraRestored", { camera: "inner-exit", from: "CameraLost" });
  const held = { id: "v1.inner.DoorHeldOpen", alarm: "DoorHeldOpen", vestibule: "v1", door: "inner" };
  const seen = { priority: "high", count: 1, detail: null, evidence: [] };
  for (const ago of [2, 5]) {
    const raised = beginOf(daysLater(today, -ago), timeZone) + 11 * hour;
    one(raised, "AlarmRaised", { ...held, ...seen, wall: raised });
    one(raised + 20_000, "AlarmReturned", held);
    one(raised + 45_000, "AlarmAcknowledged", {
      ...held,
      ...{ wall: raised + 45_000, by: "li.na", comment: "cleaner" },
    });
  }
  return happenings;
}

function passage(
  draw: (below: number) => number,
  at: number,
  accessPoint: AccessPointName,
  who: JsonObject,
): Happening {
  const id = `passage-${accessPoint}-${at}`;
  const facts = { vestibule: "v1", accessPoint, passage: id, ...who };
  const door = { vestibule: "v1", door: accessPoint.startsWith("outer") ? "outer" : "inner", passage: id };
  const waited = 450 + draw(500) + (draw(10) === 0 ? 1_500 : 0);
  const face = faceOf(0.962 + draw(36) / 1_000);
  return {
    at,
    entries: (instantOf) => [
      { type: "CardPresented", at: instantOf(0), payload: { ...facts, format: "raw" } },
      {
        type: "AccessGranted",
        at: instantOf(waited - 10),
        payload: {
          ...facts,
          ...{ mode: "card+face", presentedAt: instantOf(0), face, lead: id, people: 1 },
          ...{ operator: null, groups: [] },
        },
      },
      {
        type: "DoorReleased",
        at: instantOf(waited),
        payload: { ...door, grant: "access", enters: true, until: instantOf(waited + 5_000) },
      },
      {
        type: "AccessTaken",
        at: instantOf(waited + 4_000),
        payload: { ...facts, openFor: 2_000 + draw(3_000), lead: id, groups: [] },
      },
    ],
  };
}

const faceOf = (score: number): JsonObject => ({
  ...{ score, distance: 1 - score, threshold: 0.058, margin: 0.058 - (1 - score) },
  ...{ model: "face-api-1.7.15/dlib-resnet/2pass-2cuts-mirror", modelHash: "0".repeat(64) },
});
