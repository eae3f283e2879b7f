import type { TFunction } from "i18next";
import type { DoorName } from "../../domain/names.ts";
import type { RecordView } from "../../ports/record-view.ts";
import { alarmTypeText } from "../alarms/alarm-texts.ts";
import { isAccessPoint } from "../building/whereabouts.ts";
import { en } from "../texts/en.ts";

const has = <K extends string>(texts: Readonly<Record<K, string>>, name: string | null): name is K =>
  name !== null && Object.hasOwn(texts, name);

/** A record in plain words; never fails, whatever a newer server writes. */
export function sentence(t: TFunction, record: RecordView, nameOf: (cardholder: string) => string): string {
  const { type } = record;
  if (!has(en.event, type)) return spaced(type);
  return t(`event.${type}`, facts(t, record, nameOf)).trim();
}

/** Everything a sentence may name; the compiler sees to it that no sentence names more. */
function facts(t: TFunction, record: RecordView, nameOf: (cardholder: string) => string) {
  const { door, accessPoint, cardholder } = record;
  const doorName =
    door ?? (accessPoint === null ? null : accessPoint.startsWith("outer") ? "outer" : "inner");
  return {
    who: cardholder === null ? t("somebody") : nameOf(cardholder),
    where: isAccessPoint(accessPoint) ? t(`accessPoint.${accessPoint}`) : (accessPoint ?? ""),
    door: isDoor(doorName) ? t(`door.${doorName}`) : (doorName ?? ""),
    theDoor: isDoor(doorName) ? t(`theDoor.${doorName}`) : (doorName ?? ""),
    reason: reasonText(t, record.reason),
    cause: textOf(record, "cause", (cause) => (has(en.cause, cause) ? t(`cause.${cause}`) : cause)),
    fault: textOf(record, "fault", (fault) => (has(en.fault, fault) ? t(`fault.${fault}`) : fault)),
    fire: textOf(record, "value", (value) => (has(en.fireInput, value) ? t(`fireInput.${value}`) : value)),
    emergency: textOf(record, "cause", (cause) =>
      has(en.emergencyCause, cause) ? t(`emergencyCause.${cause}`) : cause,
    ),
    orderedBy: textOf(record, "by", (by) => (has(en.lockdownBy, by) ? t(`lockdownBy.${by}`) : by)),
    action: textOf(record, "action", (action) => {
      if (has(en.alarmAction, action)) return t(`alarmAction.${action}`);
      if (has(en.operators.action, action)) return t(`operators.action.${action}`);
      return has(en.display, action) ? t(`display.${action}`) : action;
    }),
    means: ["webhook", "to", "output", "camera"].map((key) => plain(record, key)).find(Boolean) ?? "",
    proposedBy: plain(record, "proposedBy"),
    incoming: plain(record, "incoming"),
    note: plain(record, "note"),
    token: plain(record, "token"),
    display: plain(record, "display"),
    screen: plain(record, "screen"),
    former: plain(record, "former"),
    right: plain(record, "right"),
    report: textOf(record, "report", (name) => (has(en.report, name) ? t(`report.${name}`) : name)),
    status: textOf(record, "status", (status) =>
      has(en.cardStatus, status) ? t(`cardStatus.${status}`) : status,
    ),
    people: numberIn(record, "people"),
    minutes: numberIn(record, "minutes"),
    number: numberIn(record, "count"),
    after: numberIn(record, "after"),
    outcome: plain(record, "outcome"),
    files: numberIn(record, "files"),
    found: numberIn(record, "found"),
    doors: textOf(record, "doors", (doors) => (has(en.doors, doors) ? t(`doors.${doors}`) : doors)),
    operators: listed(record, "operators"),
    places: listed(record, "places"),
    username: plain(record, "username"),
    camera: textOf(record, "camera", (camera) =>
      isAccessPoint(camera) ? t(`accessPoint.${camera}`) : camera,
    ),
    alarm: alarmTypeText(t, plain(record, "alarm") || plain(record, "id")),
    by: plain(record, "by") || plain(record, "operator"),
    operator: plain(record, "operator") || t("somebody"),
    changer:
      plain(record, "source") === "file" ? t("rules.siteFile") : plain(record, "operator") || t("somebody"),
    rules: textOf(record, "kind", (kind) => (has(en.rules.kind, kind) ? t(`rules.kind.${kind}`) : kind)),
    why: plain(record, "why"),
    comment: plain(record, "comment"),
    card: plain(record, "card"),
    recogniser: plain(record, "recogniser"),
    detail: plain(record, "detail"),
    input: plain(record, "input"),
    photos: numberIn(record, "photos"),
    test: plain(record, "test"),
    verdict: textOf(record, "verdict", (verdict) =>
      has(en.commissioningVerdict, verdict) ? t(`commissioningVerdict.${verdict}`) : verdict,
    ),
    without: numberIn(record, "without"),
    templates: numberIn(record, "templates"),
    role: textOf(record, "role", (role) => (isRole(role) ? t(`health.${role}`) : role)),
    seconds: numberIn(record, "seconds"),
    last: numberIn(record, "last"),
    saw: numberIn(record, "saw"),
    now: numberIn(record, "now"),
    lost: numberIn(record, "lost"),
    from: numberIn(record, "from"),
    to: numberIn(record, "to"),
    checkpoint: numberIn(record, "checkpoint"),
    file: plain(record, "file"),
  };
}

function numberIn(record: RecordView, field: string): string {
  const value = record[field];
  return typeof value === "number" ? String(value) : "";
}

function reasonText(t: TFunction, reason: string | null): string {
  return has(en.reason, reason) ? t(`reason.${reason}`) : (reason ?? "");
}

const isDoor = (name: string | null): name is DoorName => name === "outer" || name === "inner";

const isRole = (name: string): name is "interlock" | "controller" | "vision" =>
  name === "interlock" || name === "controller" || name === "vision";

const plain = (record: RecordView, key: string): string => textOf(record, key, (value) => value);

function textOf(record: RecordView, key: string, words: (value: string) => string): string {
  const value = record[key];
  return typeof value === "string" ? words(value) : "";
}

function listed(record: RecordView, key: string): string {
  const value = record[key];
  return Array.isArray(value) ? value.filter((part) => typeof part === "string").join(", ") : "";
}

/** `OperatorLoggedIn` → `Operator logged in`: better than nothing for a type without a sentence. */
function spaced(type: string): string {
  const words = type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
