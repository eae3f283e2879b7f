import type { Area } from "../../domain/access/access.ts";

export type Inside = Exclude<Area, "outside">;
export const isInside = (area: Area | null | undefined): area is Inside =>
  area === "vestibule" || area === "secure";

type Counts = Record<Inside, number>;

/**
 * How many are behind one door pair: `known` by their cards; `unknown` the rest, below zero where somebody left of whom
 * nobody knows who it was. There are never fewer than none.
 */
export class Headcount {
  readonly known: Counts = { vestibule: 0, secure: 0 };
  readonly unknown: Counts;

  constructor(unknown: Readonly<Counts> = { vestibule: 0, secure: 0 }) {
    this.unknown = { ...unknown };
  }

  total(area: Inside): number {
    return Math.max(0, this.known[area] + this.unknown[area]);
  }

  arrives(area: Area): void {
    if (isInside(area)) this.known[area] += 1;
  }

  leaves(area: Area): void {
    if (!isInside(area)) return;
    this.known[area] -= 1;
    this.#bound(area);
  }

  /** Somebody recorded here turned up elsewhere: who left unseen, if anybody did. */
  explainsLeaver(area: Area): void {
    if (isInside(area) && this.unknown[area] < 0) this.unknown[area] += 1;
  }

  /** Somebody came from here who was not recorded here: who came unseen, if anybody did. */
  explainsStranger(area: Area): void {
    if (isInside(area) && this.unknown[area] > 0) this.unknown[area] -= 1;
  }

  strangersPass(from: Area, to: Area, people: number): void {
    if (isInside(from)) {
      this.unknown[from] -= people;
      this.#bound(from);
    }
    if (isInside(to)) this.unknown[to] += people;
  }

  #bound(area: Inside): void {
    this.unknown[area] = Math.max(this.unknown[area], -this.known[area]);
  }
}
