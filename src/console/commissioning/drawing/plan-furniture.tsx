import type { Part } from "./parts.ts";
import { spots } from "./parts.ts";

const readers = [
  "reader.outer-entry",
  "reader.outer-exit",
  "reader.inner-entry",
  "reader.inner-exit",
] as const;
const cameras = [
  "camera.outer-entry",
  "camera.outer-exit",
  "camera.inner-entry",
  "camera.inner-exit",
] as const;

const at = (part: Part): string => `translate(${spots[part].x} ${spots[part].y})`;

/** What stands there whatever the site has fitted: an installer finds the place by it. */
export function PlanFurniture({ words }: { readonly words: FurnitureWords }) {
  return (
    <g className="plan-furniture">
      {readers.map((part) => (
        <g key={part} transform={at(part)}>
          <rect x={-9} y={-13} width={18} height={26} rx={4} />
          <path d="M-5-6H5M-5-1H5M-5 4H0" />
        </g>
      ))}
      {cameras.map((part) => (
        <g key={part} transform={at(part)}>
          <rect x={-14} y={-9} width={20} height={18} rx={3} />
          <path d="M6-4l9-5V9L6 4" />
        </g>
      ))}
      {(["outer.rex", "inner.rex"] as const).map((part) => (
        <g key={part} transform={at(part)}>
          <rect x={-11} y={-11} width={22} height={22} rx={4} />
          <circle r={5} />
        </g>
      ))}
      <g transform={at("cabinet")}>
        <rect x={-40} y={-48} width={80} height={96} rx={6} />
        <path d="M-26-30H26M-26-18H26M-26-6H10" />
        <circle cx={26} cy={10} r={4} />
        <text y={36}>{words.cabinet}</text>
      </g>
      <g transform={at("fire")}>
        <path d="M0-18c3 6 12 10 12 21a12 12 0 0 1-24 0c0-6 4-8 5-13 3 1 5 4 5 6 3-4 3-9 2-14z" />
        <text y={32}>{words.fire}</text>
      </g>
      <g transform={at("lockdown")}>
        <circle cx={-7} r={7} />
        <path d="M0 0h16v6M10 0v5" />
        <text y={28}>{words.key}</text>
      </g>
    </g>
  );
}

export interface FurnitureWords {
  readonly cabinet: string;
  readonly fire: string;
  readonly key: string;
}
