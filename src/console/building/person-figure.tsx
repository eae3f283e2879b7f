import { useEffect, useRef, useState } from "react";
import type { Whereabouts } from "./whereabouts.ts";

export interface Person {
  readonly id: string;
  readonly name: string;
  /** What stands above the figure's head. */
  readonly label: string;
  /** How many stand before them at the same reader. */
  readonly queue: number;
  readonly where: Whereabouts;
}

/** As long as the figure's walk in the style sheet. */
const walkMs = 1_400;

const order = ["outside", "outer-entry", "outer-exit", "vestibule", "inner-entry", "inner-exit", "secure"];

/** A little person; coats differ by `place` in the list, the name stands above the head. */
export function PersonFigure({ person, place }: { readonly person: Person; readonly place: number }) {
  const spot = person.where.at ?? person.where.area;
  const walk = useWalk(spot);
  return (
    <g className="person" data-spot={spot} data-walk={walk}>
      <g
        className="person-offset"
        data-place={place % 3}
        data-idle={person.where.at === null}
        data-queue={person.queue}
      >
        <text className="person-name" y={-132} textAnchor="middle">
          {person.label}
        </text>
        <ellipse className="person-shadow" cx={0} cy={1} rx={20} ry={4} />
        <g className="person-body">
          <path className="person-leg leg-back" d="M0-48 3 0h9" />
          <path className="person-leg leg-front" d="M0-48-3 0h9" />
          <path className="person-coat" d="M-15-84q0-10 15-10t15 10l4 42q0 4-4 4h-30q-4 0-4-4z" />
          <path className="person-arm" d="M9-80 17-56" />
          <circle className="person-head" cx={0} cy={-108} r={15} />
          <path className="person-hair" d={hair[place % 3] ?? hair[0]} />
          <path className="person-face" d="M5-110v2M11-110v2M4-102q4 4 8 0" />
        </g>
      </g>
    </g>
  );
}

const hair = [
  "M-15-104q-4-21 15-21 15 0 15 13-10 1-17-4-3 7-6 8 1 8-3 10-6-1-4-6Z",
  "M-14-112q1-13 14-13t15 12q-9-4-14-3t-11 4q-1 4-4 0Z",
  "M-15-106q-4-19 14-20 8-7 10 1 8 2 6 12-13 1-19-4-4 9-11 11Z",
];

type Walk = "no" | "right" | "left";

/** Which way the figure walks while it moves from one spot to the next. */
function useWalk(spot: string): Walk {
  const [walk, setWalk] = useState<Walk>("no");
  const before = useRef(spot);
  useEffect(() => {
    if (before.current === spot) return;
    setWalk(order.indexOf(spot) >= order.indexOf(before.current) ? "right" : "left");
    before.current = spot;
    const timer = setTimeout(() => setWalk("no"), walkMs);
    return () => clearTimeout(timer);
  }, [spot]);
  return walk;
}
