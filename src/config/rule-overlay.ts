import { doorNames } from "../domain/names.ts";
import type { JsonValue } from "../ports/journal.ts";
import type { RuleDocuments } from "../ports/rule-book.ts";
import type { RuleKind } from "../ports/rules-store.ts";
import type { DoorDocument, SettingsDocument } from "./rule-schemas.ts";
import type {
  AccessLevelConfiguration,
  DoorConfiguration,
  HolidayConfiguration,
  ScheduleConfiguration,
  SiteConfiguration,
  VestibuleConfiguration,
} from "./site-schema.ts";

/** Documents that have passed their schemas. */
export interface CheckedDocuments {
  readonly accessLevels?: AccessLevelConfiguration[] | undefined;
  readonly schedules?: ScheduleConfiguration[] | undefined;
  readonly holidays?: HolidayConfiguration[] | undefined;
  readonly settings?: SettingsDocument | undefined;
  /** By kind: `doors/v1/outer`. */
  readonly doors: Readonly<Record<string, DoorDocument>>;
}

export const doorKind = (vestibule: string, door: "outer" | "inner"): RuleKind =>
  `doors/${vestibule}/${door}`;

/** The site as it is with the documents over its file; checked by whoever asked. */
export function overlaid(site: SiteConfiguration, documents: CheckedDocuments): SiteConfiguration {
  const { accessLevels, schedules, holidays, settings, doors } = documents;
  return {
    ...site,
    site: { ...site.site, holidays: holidays ?? site.site.holidays },
    accessLevels: accessLevels ?? site.accessLevels,
    schedules: schedules ?? site.schedules,
    face: { ...site.face, liveness: settings?.liveness ?? site.face.liveness },
    access: withAccess(site.access, settings?.access),
    vestibules: site.vestibules.map((vestibule) => ({
      ...withSettings(vestibule, settings?.vestibules?.[vestibule.id]),
      doors: {
        outer: withDoor(vestibule.doors.outer, doors[doorKind(vestibule.id, "outer")]),
        inner: withDoor(vestibule.doors.inner, doors[doorKind(vestibule.id, "inner")]),
      },
    })),
  };
}

function withAccess(
  present: SiteConfiguration["access"],
  change: SettingsDocument["access"],
): SiteConfiguration["access"] {
  const { duress, ...times } = change ?? {};
  return { ...present, ...given(times), duress: { ...present.duress, ...given(duress ?? {}) } };
}

type VestibuleChange = NonNullable<SettingsDocument["vestibules"]>[string];

function withSettings(
  present: VestibuleConfiguration,
  change: VestibuleChange | undefined,
): VestibuleConfiguration {
  if (change === undefined) return present;
  const { occupancy, countFaces, liveness, ...rest } = change;
  const { countFaces: camera, ...kept } = present;
  const counting = countFaces === undefined ? camera : (countFaces ?? undefined);
  return {
    ...kept,
    ...given(rest),
    ...(counting !== undefined && { countFaces: counting }),
    occupancy: { ...present.occupancy, ...given(occupancy ?? {}) },
    accessPoints: withLiveness(present.accessPoints, liveness ?? {}),
  };
}

function withLiveness(
  points: VestibuleConfiguration["accessPoints"],
  changes: NonNullable<VestibuleChange["liveness"]>,
): VestibuleConfiguration["accessPoints"] {
  const changed = Object.entries(points).map(([place, { liveness: present, ...point }]) => {
    // Of a record by the names of access points its entries are.
    const change = changes[place as keyof typeof changes];
    const level = change === undefined ? present : (change ?? undefined);
    return [place, { ...point, ...(level !== undefined && { liveness: level }) }];
  });
  return Object.fromEntries(changed);
}

function withDoor(present: DoorConfiguration, change: DoorDocument | undefined): DoorConfiguration {
  if (change === undefined) return present;
  const { multiPerson, ...rest } = change;
  const { multiPerson: before, ...kept } = present;
  const rule = multiPerson === undefined ? before : (multiPerson ?? undefined);
  return { ...kept, ...given(rest), ...(rule !== undefined && { multiPerson: rule }) };
}

type Given<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** Without what was left out: that stays as it is. */
function given<T extends object>(change: T): Partial<Given<T>> {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Given<T>>; // the same keys, fewer
}

/** Every kind's document as the site has it. */
export function documentsOf(site: SiteConfiguration): Required<RuleDocuments> {
  const doors = site.vestibules.flatMap(({ id, doors: pair }) =>
    doorNames.map((door) => [doorKind(id, door), doorDocumentOf(pair[door])] as const),
  );
  return {
    "access-levels": plain(site.accessLevels),
    schedules: plain(site.schedules),
    holidays: plain(site.site.holidays),
    settings: settingsOf(site),
    ...Object.fromEntries(doors),
  };
}

function doorDocumentOf(door: DoorConfiguration): JsonValue {
  const { releaseTime, relockOnOpen, relockDelay, heldOpenTime, heldOpenWarning, remoteGrant } = door;
  const times = { releaseTime, relockOnOpen, relockDelay, heldOpenTime, heldOpenWarning };
  return { ...times, multiPerson: plain(door.multiPerson ?? null), remoteGrant };
}

function settingsOf({ access, face, vestibules }: SiteConfiguration): JsonValue {
  const { maxFailures, lockoutTime, sameCardTime, multiPersonWindow, pinTimeout, remoteWindow, duress } =
    access;
  return {
    access: {
      ...{ maxFailures, lockoutTime, sameCardTime, multiPersonWindow, pinTimeout, remoteWindow },
      duress: { policy: duress.policy },
    },
    liveness: face.liveness,
    vestibules: Object.fromEntries(
      vestibules.map(({ id, antiPassback, occupancy, countFaces, dwellTime, overrideTime, accessPoints }) => [
        id,
        {
          ...{ antiPassback, occupancy, dwellTime, overrideTime },
          countFaces: countFaces ?? null,
          liveness: Object.fromEntries(
            Object.entries(accessPoints).map(([place, { liveness }]) => [place, liveness ?? null]),
          ),
        },
      ]),
    ),
  };
}

/** As it would be read again: without what is undefined. */
export const plain = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;
