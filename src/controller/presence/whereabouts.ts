import type { Area } from "../../domain/access/access.ts";
import { type AccessPointName, doorOf, entersVestibule, type VestibuleId } from "../../domain/names.ts";
import type { WallTime } from "../../domain/time.ts";
import type { JournalRecord } from "../../ports/journal.ts";
import type { StoredPlace } from "../../ports/presence-store.ts";
import { Headcount, type Inside, isInside } from "./headcount.ts";
import { doorKey, type Person, type PresenceFact, presenceFactOf } from "./presence-facts.ts";

/** Who was granted passage at one door last, until somebody has gone through it. */
interface Granted {
  readonly lead: string;
  readonly people: readonly Person[];
}

/** One door pair. */
export interface Behind {
  readonly count: Headcount;
  /** R12, R13: what was recorded of anybody here until this record is not known any more. */
  readonly forgottenAt: number;
  /** Since a door stood open to anybody; null: nothing speaks against the counts. */
  readonly uncertainSince: WallTime | null;
}

/** What an operator said of everybody at once. */
export interface Baseline {
  readonly seq: number;
  readonly area: "outside" | null;
}

export interface FirstEntry {
  readonly wall: WallTime;
  readonly seq: number;
}

/** More people than this do not pass together. */
const mostTogether = 16;
/** Groups whose last entry is remembered; beyond, the one that came in longest ago is forgotten. */
const mostGroups = 1_000;

type Counts = { readonly vestibule: number; readonly secure: number };
type At = Pick<JournalRecord, "seq" | "wall">;

/** Who is where: one record after the other, each in the same short time however many people there are. */
export class Whereabouts {
  readonly places = new Map<string, StoredPlace>();
  readonly behind = new Map<VestibuleId, Behind>();
  readonly granted = new Map<string, Granted>();
  /** A2: when somebody of a group last came into the secure area. */
  readonly entries = new Map<string, FirstEntry>();
  baseline: Baseline = { seq: 0, area: null };
  /** Since they were last saved. */
  readonly changed = new Set<string>();
  isCleared = false;
  readonly #inside = new Set<string>();

  areaOf(cardholder: string): Area | undefined {
    const place = this.places.get(cardholder);
    if (place !== undefined && place.seq > this.baseline.seq)
      return this.#isCurrent(place) ? (place.area ?? undefined) : undefined;
    // A door that stood open since then: whoever was outside may be in.
    const { seq, area } = this.baseline;
    return area === null || [...this.behind.values()].some(({ forgottenAt }) => forgottenAt > seq)
      ? undefined
      : area;
  }

  occupancy(vestibule: VestibuleId): Counts {
    const count = this.behind.get(vestibule)?.count;
    return { vestibule: count?.total("vestibule") ?? 0, secure: count?.total("secure") ?? 0 };
  }

  inside(): readonly (StoredPlace & { readonly area: Inside })[] {
    return [...this.#inside].flatMap((cardholder) => {
      const place = this.places.get(cardholder);
      return place !== undefined && isInside(place.area) && this.#isCurrent(place)
        ? [{ ...place, area: place.area }]
        : [];
    });
  }

  /** Whether the record has changed anything. */
  apply(record: Pick<JournalRecord, "type" | "payload" | "seq" | "wall">): boolean {
    const fact = presenceFactOf(record);
    if (fact === undefined) return false;
    this.#follow(fact, record);
    return true;
  }

  /** As it was saved. */
  restore(places: readonly StoredPlace[]): void {
    for (const place of places) {
      this.places.set(place.cardholder, place);
      if (place.vestibule === null || !isInside(place.area) || !this.#isCurrent(place)) continue;
      this.#inside.add(place.cardholder);
      this.#behind(place.vestibule).count.arrives(place.area);
    }
  }

  #follow(fact: PresenceFact, at: At): void {
    switch (fact.is) {
      case "granted":
        return this.#grant(fact);
      case "passed":
        return this.#passes(fact.person, fact, at);
      case "somebodyPassed":
        return this.#somebodyPasses(fact, at);
      case "openedToAll":
        return void this.behind.set(fact.vestibule, {
          count: new Headcount(),
          forgottenAt: at.seq,
          uncertainSince: at.wall,
        });
      case "doubted":
        return void this.behind.set(fact.vestibule, {
          ...this.#behind(fact.vestibule),
          uncertainSince: at.wall,
        });
      case "removed":
        return this.#remove(fact.cardholder);
      case "reset":
        return this.#reset(fact, at);
    }
  }

  #grant({ lead, door, person }: Extract<PresenceFact, { readonly is: "granted" }>): void {
    const before = this.granted.get(door);
    const people = before?.lead === lead ? before.people : [];
    this.granted.set(door, { lead, people: [...people, person].slice(-mostTogether) });
  }

  #passes({ cardholder, groups }: Person, { vestibule, accessPoint }: Through, at: At): void {
    const [from, to] = areasOf(accessPoint);
    const before = this.#current(cardholder);
    this.#leave(before, { vestibule, area: from });
    const { count } = this.#behind(vestibule);
    if (before?.vestibule !== vestibule || before.area !== from) count.explainsStranger(from);
    this.#put({ cardholder, vestibule, area: to, since: at.wall, seq: at.seq });
    if (accessPoint === "inner-entry") for (const group of groups) this.#enters(group, at);
  }

  /** The access rules did not say who: asked of what was granted, or nobody knows. */
  #somebodyPasses(fact: Extract<PresenceFact, { readonly is: "somebodyPassed" }>, at: At): void {
    const key = doorKey(fact.vestibule, fact.accessPoint);
    const granted = this.granted.get(key);
    if (granted?.lead === fact.lead) {
      this.granted.delete(key);
      for (const person of granted.people) this.#passes(person, fact, at);
      return;
    }
    const [from, to] = areasOf(fact.accessPoint);
    this.#behind(fact.vestibule).count.strangersPass(from, to, fact.people);
  }

  #reset({ cardholder, vestibule, area }: Extract<PresenceFact, { readonly is: "reset" }>, at: At): void {
    if (cardholder === null) return this.#resetAll(area === "outside" ? area : null, at);
    const place = this.places.get(cardholder);
    this.#leave(this.#current(cardholder), undefined);
    this.#put({
      cardholder,
      vestibule: vestibule ?? place?.vestibule ?? null,
      area,
      since: at.wall,
      seq: at.seq,
    });
  }

  #resetAll(area: "outside" | null, { seq }: At): void {
    this.places.clear();
    this.#inside.clear();
    this.behind.clear();
    this.changed.clear();
    this.isCleared = true;
    this.baseline = { seq, area };
  }

  #remove(cardholder: string): void {
    this.#leave(this.#current(cardholder), undefined);
    this.#inside.delete(cardholder);
    if (this.places.delete(cardholder)) this.changed.add(cardholder);
  }

  /** `expected`: where he had to be for what he did. */
  #leave(
    place: StoredPlace | undefined,
    expected: { readonly vestibule: VestibuleId; readonly area: Area } | undefined,
  ): void {
    if (place === undefined || place.vestibule === null || place.area === null) return;
    const { count } = this.#behind(place.vestibule);
    count.leaves(place.area);
    if (place.vestibule !== expected?.vestibule || place.area !== expected.area)
      count.explainsLeaver(place.area);
  }

  #put(place: StoredPlace): void {
    const { cardholder, vestibule, area } = place;
    this.places.set(cardholder, place);
    this.changed.add(cardholder);
    if (area === null || vestibule === null || !isInside(area)) return void this.#inside.delete(cardholder);
    this.#inside.add(cardholder);
    this.#behind(vestibule).count.arrives(area);
  }

  #enters(group: string, { wall, seq }: At): void {
    // Behind all others, so that the first one is the oldest.
    this.entries.delete(group);
    this.entries.set(group, { wall, seq });
    const [oldest] = this.entries.keys();
    if (this.entries.size > mostGroups && oldest !== undefined) this.entries.delete(oldest);
  }

  #current(cardholder: string): StoredPlace | undefined {
    const place = this.places.get(cardholder);
    return place !== undefined && this.#isCurrent(place) ? place : undefined;
  }

  #isCurrent({ vestibule, seq }: StoredPlace): boolean {
    const forgottenAt = vestibule === null ? 0 : (this.behind.get(vestibule)?.forgottenAt ?? 0);
    return seq > this.baseline.seq && seq > forgottenAt;
  }

  #behind(vestibule: VestibuleId): Behind {
    const known = this.behind.get(vestibule);
    if (known !== undefined) return known;
    const fresh = { count: new Headcount(), forgottenAt: 0, uncertainSince: null };
    this.behind.set(vestibule, fresh);
    return fresh;
  }
}

interface Through {
  readonly vestibule: VestibuleId;
  readonly accessPoint: AccessPointName;
}

/** Where an access point leads from, and to. */
function areasOf(accessPoint: AccessPointName): readonly [from: Area, to: Area] {
  const beyond = doorOf(accessPoint) === "inner" ? "secure" : "outside";
  return entersVestibule(accessPoint) ? [beyond, "vestibule"] : ["vestibule", beyond];
}
