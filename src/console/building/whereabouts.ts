import { type AccessPointName, type DoorName, doorOf } from "../../domain/names.ts";
import type { RecordView } from "../../ports/record-view.ts";

export type Area = "outside" | "vestibule" | "secure";

export interface Whereabouts {
  readonly area: Area;
  /** Where they stand waiting, else somewhere in the area. */
  readonly at: AccessPointName | null;
  /** Counts how often somebody was put somewhere without walking there: the figure appears anew. */
  readonly jumps: number;
}

/** Somebody put before a camera by hand, after the record `afterSeq`. */
export interface Placement {
  readonly afterSeq: number;
  readonly accessPoint: AccessPointName;
  /** Ids of cardholders; empty when everybody steps away. */
  readonly cardholders: readonly string[];
}

export const areaBefore = (accessPoint: AccessPointName): Area => ways[accessPoint][0];
export const areaBehind = (accessPoint: AccessPointName): Area => ways[accessPoint][1];

const ways: Readonly<Record<AccessPointName, readonly [Area, Area]>> = {
  "outer-entry": ["outside", "vestibule"],
  "inner-entry": ["vestibule", "secure"],
  "inner-exit": ["secure", "vestibule"],
  "outer-exit": ["vestibule", "outside"],
};

export const isAccessPoint = (name: string | null): name is AccessPointName => name !== null && name in ways;

const isDoor = (name: string | null): name is DoorName => name === "outer" || name === "inner";

type People = Map<string, Whereabouts>;
/** Who was let through which door and has not opened it yet. */
interface LetThrough {
  readonly cardholder: string;
  readonly accessPoint: AccessPointName;
}
type Granted = Partial<Record<DoorName, readonly LetThrough[]>>;

/** Where everybody is, from what the record says of them and where they were put. `records` newest first. */
export function whereabouts(
  records: readonly RecordView[],
  placements: readonly Placement[],
): ReadonlyMap<string, Whereabouts> {
  const people: People = new Map();
  const granted: Granted = {};
  const pending = [...placements].sort((a, b) => a.afterSeq - b.afterSeq);
  for (const record of records.toReversed()) {
    while (pending[0] !== undefined && pending[0].afterSeq < record.seq) place(people, pending.shift());
    follow(people, granted, record);
  }
  for (const placement of pending) place(people, placement);
  return people;
}

function follow(people: People, granted: Granted, record: RecordView): void {
  const { type, cardholder, accessPoint, door } = record;
  if (type === "AccessGranted" && cardholder !== null && isAccessPoint(accessPoint)) {
    stand(people, cardholder, accessPoint);
    const door = doorOf(accessPoint);
    // Of a group everybody is granted, by one release.
    granted[door] = [...(granted[door] ?? []), { cardholder, accessPoint }];
  } else if (type === "AccessDenied" && cardholder !== null && isAccessPoint(accessPoint)) {
    // Whoever holds the card of somebody who is elsewhere is not that somebody.
    if (people.get(cardholder)?.area === areaBefore(accessPoint)) stand(people, cardholder, accessPoint);
  } else if (type === "DoorOpened" && isDoor(door)) {
    const group = granted[door] ?? [];
    delete granted[door];
    for (const one of group) walkThrough(people, one.cardholder, one.accessPoint);
  } else if (type === "AccessNotTaken" && isDoor(door)) {
    delete granted[door];
  }
}

function stand(people: People, cardholder: string, at: AccessPointName): void {
  const before = people.get(cardholder);
  const area = areaBefore(at);
  const jumped = before !== undefined && before.area !== area;
  people.set(cardholder, { area, at, jumps: (before?.jumps ?? 0) + (jumped ? 1 : 0) });
}

function walkThrough(people: People, cardholder: string, accessPoint: AccessPointName): void {
  const jumps = people.get(cardholder)?.jumps ?? 0;
  people.set(cardholder, { area: areaBehind(accessPoint), at: null, jumps });
}

function place(people: People, placement: Placement | undefined): void {
  if (placement === undefined) return;
  for (const [cardholder, where] of people) {
    const leaves = where.at === placement.accessPoint && !placement.cardholders.includes(cardholder);
    if (leaves) people.set(cardholder, { ...where, at: null });
  }
  for (const cardholder of placement.cardholders) stand(people, cardholder, placement.accessPoint);
}
