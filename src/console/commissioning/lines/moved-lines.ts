import { doorOfLine, type Line, meaningOf } from "../model.ts";

/** What the contacts say since somebody was asked to open one door. */
export type Answer =
  | { readonly is: "waiting" }
  | { readonly is: "right" }
  | { readonly is: "other"; readonly line: string }
  /** More than one thing moved: nobody can tell which was meant. */
  | { readonly is: "several" };

/** As somebody walks in: of each pair the outer door first. */
export const contactsOf = (lines: readonly Line[]): readonly Line[] =>
  lines
    .filter(({ name, direction }) => direction === "in" && meaningOf(name) === "contact")
    .toSorted((a, b) => pairOf(a.name).localeCompare(pairOf(b.name), "en") || innerLast(a) - innerLast(b));

const pairOf = (name: string): string => name.replace(/(?:outer|inner)\..*$/, "");
const innerLast = ({ name }: Line): number => (doorOfLine(name) === "inner" ? 1 : 0);

/** `elapsed`: how long ago the person was asked, in milliseconds. */
export function answerOf(lines: readonly Line[], asked: string, elapsed: number): Answer {
  const moved = contactsOf(lines).filter(({ changedAgo }) => changedAgo !== null && changedAgo < elapsed);
  const [first, second] = moved;
  if (first === undefined) return { is: "waiting" };
  if (second !== undefined) return { is: "several" };
  return first.name === asked ? { is: "right" } : { is: "other", line: first.name };
}
