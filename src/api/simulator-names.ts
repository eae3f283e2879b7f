import type { VestibuleId } from "../domain/names.ts";
import { notFound, Problem } from "./problem.ts";

/**
 * Splits `outer-entry` or `v2.outer-entry`. A bare name is the only vestibule's, or the first one's: the
 * others' take their id in front.
 */
export function placed<N extends string>(
  name: string,
  known: readonly N[],
  vestibules: readonly { readonly id: VestibuleId }[],
): { readonly vestibule: VestibuleId; readonly name: N } {
  const dot = name.indexOf(".");
  const bare = known.find((one) => one === name.slice(dot + 1));
  const vestibule = dot < 0 ? vestibules[0] : vestibules.find(({ id }) => id === name.slice(0, dot));
  if (vestibule === undefined) {
    throw notFound(
      `There is no vestibule ${name.slice(0, Math.max(0, dot))}; there are ${vestibules.map(({ id }) => id).join(", ")}.`,
    );
  }
  if (bare === undefined) {
    throw new Problem(404, "not-found", `There is no such name; there are ${known.join(", ")}.`, {
      reason: "unknownName",
    });
  }
  return { vestibule: vestibule.id, name: bare };
}
