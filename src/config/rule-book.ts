import type { z } from "zod";
import { roles } from "../domain/operator/rights.ts";
import type { RulesInForce } from "../domain/rules/rules-in-force.ts";
import type { JsonObject, JsonValue } from "../ports/journal.ts";
import type { BookOutcome, RuleBook, RuleDocuments, RuleFault } from "../ports/rule-book.ts";
import type { RuleKind } from "../ports/rules-store.ts";
import { accessPolicyOf } from "./access-policy-of.ts";
import { markedDayOf } from "./access-schema.ts";
import { pathText } from "./path.ts";
import { fourEyesInForce, interlockPolicyOf, milliseconds } from "./policy-of.ts";
import { referenceFault } from "./reference-fault.ts";
import { type CheckedDocuments, documentsOf, doorKind, overlaid, plain } from "./rule-overlay.ts";
import {
  accessLevelsDocument,
  doorDocument,
  holidaysDocument,
  schedulesDocument,
  schemaOf,
  settingsDocument,
} from "./rule-schemas.ts";
import { faultsOf } from "./schema-faults.ts";
import { ruleFaults } from "./site-checks.ts";
import { draftOf } from "./site-draft.ts";
import { type SiteConfiguration, siteSchema } from "./site-schema.ts";

/** The rules of one site's file, and of whatever is laid over it while it runs. */
export function ruleBookOf(site: SiteConfiguration): RuleBook {
  const doors = site.vestibules.flatMap(({ id }) => [doorKind(id, "outer"), doorKind(id, "inner")]);
  return {
    kinds: ["access-levels", "schedules", "holidays", "settings", ...doors],
    file: fileOf(site),
    with: (documents) => bookOutcome(site, documents),
    withFile: (file, documents) => {
      const { log, data } = site;
      const read = siteSchema.safeParse({ ...(isObject(file) ? file : {}), log, data });
      if (!read.success) return undefined;
      const outcome = bookOutcome(read.data, documents);
      return outcome.fits ? outcome.rules : undefined;
    },
    merged: (kind, present, change) =>
      kind === "settings" || kind.startsWith("doors/")
        ? merged(present, change, kind === "settings")
        : change,
  };
}

/** Where it logs and keeps its data decides nothing. */
function fileOf({ log: _log, data: _data, ...rules }: SiteConfiguration): JsonObject {
  return plain(rules) as JsonObject; // it is one
}

function bookOutcome(site: SiteConfiguration, documents: RuleDocuments): BookOutcome {
  const faults = Object.entries(documents).flatMap(([kind, document]) =>
    // The keys of a RuleDocuments are kinds.
    shapeFaults(kind as RuleKind, document ?? null),
  );
  if (faults.length > 0) return { fits: false, faults };
  const checked = checkedOf(documents);
  const over = overlaid(site, checked);
  const draft = draftOf(plain(over));
  const known = site.vestibules.map(({ id }) => id);
  const across = [
    ...Object.keys(checked.settings?.vestibules ?? {}).flatMap((id) =>
      referenceFault(["settings", "vestibules", id], id, "a vestibule's id", known),
    ),
    ...ruleFaults(draft),
  ];
  if (across.length > 0) {
    return { fits: false, faults: across.map(({ path, ...fault }) => ({ path: pathText(path), ...fault })) };
  }
  return { fits: true, rules: rulesOf(over), documents: documentsOf(over) };
}

/** In the words of the file's own faults; there are no lines to name. */
function shapeFaults(kind: RuleKind, value: JsonValue): RuleFault[] {
  const schema = schemaOf(kind);
  const result = schema.safeParse(value);
  const nowhere = { line: 1, column: 1 };
  const read = { file: kind, value, placeOf: () => nowhere, placeOfKey: () => nowhere };
  return faultsOf(result.error?.issues ?? [], read, schema).map(({ path, found, expected, remedy }) => ({
    path: path === "" ? kind : `${kind}${path.startsWith("[") ? "" : "."}${path}`,
    found,
    expected,
    remedy,
  }));
}

function checkedOf(documents: RuleDocuments): CheckedDocuments {
  const one = <Schema extends z.ZodType>(kind: RuleKind, schema: Schema): z.output<Schema> | undefined =>
    documents[kind] === undefined ? undefined : schema.parse(documents[kind]);
  const doors = Object.entries(documents).filter(([kind]) => kind.startsWith("doors/"));
  return {
    accessLevels: one("access-levels", accessLevelsDocument),
    schedules: one("schedules", schedulesDocument),
    holidays: one("holidays", holidaysDocument),
    settings: one("settings", settingsDocument),
    doors: Object.fromEntries(doors.map(([kind, document]) => [kind, doorDocument.parse(document)])),
  };
}

function rulesOf(site: SiteConfiguration): RulesInForce {
  const { access, face, vestibules } = site;
  return {
    access: accessPolicyOf(site),
    interlock: Object.fromEntries(
      vestibules.map((vestibule) => [vestibule.id, interlockPolicyOf(site, vestibule)]),
    ),
    markedDays: site.site.holidays.map(markedDayOf),
    timeZone: site.site.timeZone,
    face: {
      threshold: face.threshold,
      falseMatchRate: Number(face.fmr),
      minFrames: access.minFrames,
      frameMaxAge: milliseconds(access.frameMaxAge),
      livenessTime: milliseconds(face.livenessTime),
      challengeCount: face.challenge.count,
      vote: face.vote !== undefined,
    },
    easyPins: access.easyPins === "allowed",
    fourEyes: fourEyesInForce(site),
    secondFactor: roles.filter((role) => site.operators.secondFactor[role] === "required"),
    duressSigns: { pin: access.duress.pin, gesture: access.duress.gesture },
  };
}

/** What is given replaces what was; of settings also within their parts, a door's rules are flat. */
function merged(present: JsonValue | undefined, change: JsonValue, deeply: boolean): JsonValue {
  if (!isObject(present) || !isObject(change)) return change;
  const entries = Object.entries(change).map(([key, value]) => [
    key,
    deeply ? merged(Object.hasOwn(present, key) ? present[key] : undefined, value, true) : value,
  ]);
  return { ...present, ...Object.fromEntries(entries) };
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
