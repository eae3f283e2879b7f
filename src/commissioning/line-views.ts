import { doorNames } from "../domain/names.ts";
import type { Instant } from "../domain/time.ts";
import type { VestibuleView } from "../ports/controller-services.ts";
import type { LineReport } from "../ports/interlock-link.ts";
import type { LineView } from "../ports/services/commissioning-finds.ts";
import { levelOf } from "./line-words.ts";

/** Where a line's wire goes. */
export interface WiredLine {
  readonly terminal: string | null;
  readonly chip: string;
  readonly line: string;
}

/** Inputs as the interlock reads them, and the locks as they are commanded. */
export function lineViews(
  { at, lines }: { readonly at: Instant; readonly lines: readonly LineReport[] },
  vestibules: readonly VestibuleView[],
  wiring: ReadonlyMap<string, WiredLine>,
): readonly LineView[] {
  const place = (name: string): Pick<LineView, "terminal" | "chip" | "line"> =>
    wiring.get(name) ?? { terminal: null, chip: null, line: null };
  const locks = vestibules.flatMap(({ id, doors }) =>
    doorNames.map((door): LineView => {
      const { lock, since } = doors[door];
      const name = `${id}.${door}.lock`;
      const common = { name, direction: "out", raw: lock, steady: lock, changes: 0 } as const;
      return { ...common, changedAgo: Math.max(0, Math.round(at - since)), ...place(name) };
    }),
  );
  const inputs = lines.map(
    ({ name, raw, steady, changedAt, changes }): LineView => ({
      name,
      direction: "in",
      raw: levelOf(raw),
      steady: steady === undefined ? "unread" : levelOf(steady),
      changedAgo: changedAt === undefined ? null : Math.max(0, Math.round(at - changedAt)),
      changes,
      ...place(name),
    }),
  );
  return [...locks, ...inputs].toSorted((a, b) => a.name.localeCompare(b.name, "en"));
}
