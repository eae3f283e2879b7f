import type { Area } from "../../domain/access/access.ts";
import {
  type AccessPointName,
  accessPointNames,
  type DoorName,
  doorOf,
  entersVestibule,
  type VestibuleId,
} from "../../domain/names.ts";
import type { JournalRecord, JsonValue } from "../../ports/journal.ts";

export interface Person {
  readonly cardholder: string;
  readonly groups: readonly string[];
}

/** What a record means for who is where. */
export type PresenceFact =
  /** Whoever may pass next at this door: a passage may end with nobody there to say whose it was. */
  | { readonly is: "granted"; readonly lead: string; readonly door: string; readonly person: Person }
  | ({ readonly is: "passed"; readonly person: Person } & Passing)
  /** The interlock's own word: somebody went through under this passage. */
  | ({ readonly is: "somebodyPassed"; readonly lead: string; readonly people: number } & Passing)
  /** R12, R13: anybody may have come or gone. */
  | { readonly is: "openedToAll"; readonly vestibule: VestibuleId }
  /** Forced, or found open. */
  | { readonly is: "doubted"; readonly vestibule: VestibuleId }
  | { readonly is: "removed"; readonly cardholder: string }
  | {
      readonly is: "reset";
      readonly cardholder: string | null;
      readonly vestibule: VestibuleId | null;
      readonly area: Area | null;
    };

interface Passing {
  readonly vestibule: VestibuleId;
  readonly accessPoint: AccessPointName;
}

/** Types of records that are read for it. */
export const presenceTypes = [
  "AccessGranted",
  "AccessTaken",
  "DoorOpened",
  "CardholderRemoved",
  "AreaReset",
] as const;

type Fact = Pick<JournalRecord, "type" | "payload">;

/** Undefined where it means nothing; any record of the journal may come. */
export function presenceFactOf({ type, payload }: Fact): PresenceFact | undefined {
  switch (type) {
    case "AccessGranted":
      return granted(payload);
    case "AccessTaken":
      return taken(payload);
    case "DoorOpened":
      return opened(payload);
    case "CardholderRemoved":
      return typeof payload["cardholder"] === "string"
        ? { is: "removed", cardholder: payload["cardholder"] }
        : undefined;
    case "AreaReset":
      return reset(payload);
    default:
      return undefined;
  }
}

export const doorKey = (vestibule: VestibuleId, accessPoint: AccessPointName): string =>
  `${vestibule}/${doorOf(accessPoint)}`;

function granted(payload: Fact["payload"]): PresenceFact | undefined {
  const { passage, lead, vestibule, accessPoint } = payload;
  const person = personOf(payload);
  if (typeof vestibule !== "string" || !isAccessPoint(accessPoint) || person === undefined) return undefined;
  // Records of before groups passed together name no lead.
  const under = typeof lead === "string" ? lead : passage;
  return typeof under === "string"
    ? { is: "granted", lead: under, door: doorKey(vestibule, accessPoint), person }
    : undefined;
}

function taken(payload: Fact["payload"]): PresenceFact | undefined {
  const { vestibule, accessPoint, door, enters, passage, people } = payload;
  if (typeof vestibule !== "string") return undefined;
  const person = personOf(payload);
  if (isAccessPoint(accessPoint)) return person && { is: "passed", person, vestibule, accessPoint };
  if (!isDoor(door) || typeof enters !== "boolean") return undefined;
  const way = accessPointNames.find((name) => doorOf(name) === door && entersVestibule(name) === enters);
  if (way === undefined) return undefined;
  const lead = typeof passage === "string" ? passage : "";
  const many = typeof people === "number" && people >= 1 ? Math.min(Math.floor(people), mostTogether) : 1;
  return { is: "somebodyPassed", lead, people: many, vestibule, accessPoint: way };
}

const mostTogether = 16;

function opened({ vestibule, cause }: Fact["payload"]): PresenceFact | undefined {
  if (typeof vestibule !== "string") return undefined;
  if (cause === "emergency" || cause === "override") return { is: "openedToAll", vestibule };
  return cause === "forced" || cause === "found" ? { is: "doubted", vestibule } : undefined;
}

function reset({ cardholder, vestibule, area }: Fact["payload"]): PresenceFact {
  return {
    is: "reset",
    cardholder: typeof cardholder === "string" ? cardholder : null,
    vestibule: typeof vestibule === "string" ? vestibule : null,
    area: isArea(area) ? area : null,
  };
}

function personOf({ cardholder, groups }: Fact["payload"]): Person | undefined {
  if (typeof cardholder !== "string") return undefined;
  const named = Array.isArray(groups) ? groups.filter((one) => typeof one === "string") : [];
  return { cardholder, groups: named };
}

const isArea = (value: JsonValue | undefined): value is Area =>
  value === "outside" || value === "vestibule" || value === "secure";
const isDoor = (value: JsonValue | undefined): value is DoorName => value === "outer" || value === "inner";
const isAccessPoint = (value: JsonValue | undefined): value is AccessPointName =>
  (accessPointNames as readonly unknown[]).includes(value); // anything may be asked about
