import { type AccessPointName, type VestibuleId } from "../../src/domain/names.ts";
import { after, type Instant, type Milliseconds } from "../../src/domain/time.ts";
import { Attempt } from "./attempt.ts";
import { Draw } from "./draw.ts";
import type { SimulatedSite } from "./site.ts";

/** Something somebody does, with pauses in milliseconds. */
export type Doing<Result = void> = Generator<Milliseconds, Result, void>;
export type Mood = "ordinary" | "hurried" | "forgetful";
export type Place = "outside" | "between" | "inside";

export interface Person {
  readonly name: string;
  readonly mood: Mood;
  readonly card: string;
  readonly face: number;
  /** What has to be entered besides; the last digit one more says that somebody is forced (A5). */
  readonly pin: string | undefined;
  place: Place;
  /** Since when they are there. */
  since: Instant;
  vestibule: VestibuleId;
  /** Where they want to go from between the doors. */
  heading: "in" | "out";
  /** Doing nothing in particular: may go along with somebody. */
  idle: boolean;
}

/** What everybody in the building shares. */
export interface Crowd {
  readonly site: SimulatedSite;
  readonly people: readonly Person[];
  /** Who stands at which reader. */
  readonly readers: Map<string, Person>;
  /** Who has gone home for good. */
  readonly home: Set<Person>;
  /** When somebody last left each vestibule. */
  readonly left: Map<VestibuleId, Instant>;
  /** Nobody comes any more, and whoever is here goes home. */
  closing: boolean;
  /** Nobody does anything foolish any more. */
  sober: boolean;
}

/** One cardholder's day: in, out, and in again until the building closes. */
export function* live(person: Person, crowd: Crowd): Doing {
  const { site } = crowd;
  const draw = new Draw(site.plan.seed, person.name);
  yield draw.between(0, 20_000);
  for (;;) {
    const where = yield* whereNext(person, crowd, draw);
    if (where === undefined) {
      crowd.home.add(person);
      return;
    }
    const passed = yield* new Attempt(person, where, crowd, draw).go();
    yield passed ? draw.between(200, 1_500) : draw.between(1_500, 6_000);
  }
}

/** Waits until this person wants to go somewhere; undefined once they are home for good. */
function* whereNext(person: Person, crowd: Crowd, draw: Draw): Doing<AccessPointName | undefined> {
  const { site } = crowd;
  switch (person.place) {
    case "outside":
      if (crowd.closing) return undefined;
      yield* standAbout(person, draw.between(500, 12_000));
      if (crowd.closing && isAt(person, "outside")) return undefined;
      if (isAt(person, "outside")) person.vestibule = draw.pick(site.plan.vestibules).id;
      return isAt(person, "outside") ? "outer-entry" : "inner-entry";
    case "between":
      if (crowd.closing) return "outer-exit";
      // R15: now and then somebody stays between the doors.
      if (person.mood === "forgetful" && draw.chance(0.02)) yield draw.between(60_000, 240_000);
      // Somebody who changes their mind, or who got no further.
      if (draw.chance(person.mood === "ordinary" ? 0.03 : 0.15))
        person.heading = person.heading === "in" ? "out" : "in";
      return person.heading === "in" ? "inner-entry" : "outer-exit";
    case "inside":
      yield* standAbout(person, crowd.closing ? 500 : draw.between(500, 15_000));
      if (isAt(person, "inside")) person.vestibule = draw.pick(site.plan.vestibules).id;
      return isAt(person, "inside") ? "inner-exit" : "outer-exit";
  }
}

function* standAbout(person: Person, length: Milliseconds): Doing {
  person.idle = true;
  yield length;
  person.idle = false;
}

/** They may have gone along with somebody meanwhile. */
const isAt = (person: Person, place: Place): boolean => person.place === place;

/** Carries a doing out in virtual time. */
export function carryOut(doing: Doing, site: SimulatedSite): void {
  const next = doing.next();
  if (!next.done) site.clock.wakeAt(after(site.clock.now(), next.value), () => carryOut(doing, site));
}
