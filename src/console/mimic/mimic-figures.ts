import type { VestibuleView } from "../../ports/controller-services.ts";
import { areaBefore, areaBehind, type Whereabouts } from "../building/whereabouts.ts";
import { peopleOf } from "./passage-steps.ts";

/** Somebody in the drawing. */
export interface MimicFigure {
  readonly key: string;
  /** Null where nobody knows. */
  readonly cardholder: string | null;
  readonly where: Whereabouts;
  /** How many stand before them at the same reader. */
  readonly queue: number;
}

/** More are told by the figure, and not drawn. */
const mostDrawn = 3;

/** Who is passing, and as many as are between the doors besides; who is inside is a number only. */
export function figuresIn(vestibule: Pick<VestibuleView, "passage" | "occupancy">): readonly MimicFigure[] {
  const { passage, occupancy } = vestibule;
  const passing = passage === null ? [] : passingFigures(passage);
  // Whoever comes through counts as soon as the door says so, which may be before or after it is drawn.
  const between = passing.filter(({ where }) => where.area === "vestibule").length;
  const others = Math.min(mostDrawn, Math.max(0, occupancy - between));
  return [
    ...passing,
    ...Array.from({ length: others }, (_, at) => ({
      key: `between-${at}`,
      cardholder: null,
      where: { area: "vestibule", at: null, jumps: 0 } as const,
      queue: 0,
    })),
  ];
}

function passingFigures(passage: NonNullable<VestibuleView["passage"]>): readonly MimicFigure[] {
  const { accessPoint, step } = passage;
  const where =
    step === "open"
      ? { area: areaBehind(accessPoint), at: null, jumps: 0 }
      : { area: areaBefore(accessPoint), at: accessPoint, jumps: 0 };
  return peopleOf(passage)
    .slice(0, mostDrawn)
    .map((cardholder, queue) => ({ key: `${accessPoint}-${queue}`, cardholder, where, queue }));
}
