import { type DoorName, doorNames, type VestibuleId } from "../../domain/names.ts";
import type { Reading } from "../../ports/door-hardware.ts";
import type { GpioPlan, LinePlan } from "./line-plan.ts";

/** What one line says to one vestibule. */
export type Meaning =
  | { readonly vestibule: VestibuleId; readonly door: DoorName; readonly input: "contact" | "bolt" | "rex" }
  | { readonly vestibule: VestibuleId; readonly input: "fire" | "lockdown" | "tamper" | "mains" | "battery" };

/** Each meaning with the name of its line; several vestibules may share one. */
export function meaningsOf(
  plan: GpioPlan,
): readonly { readonly line: LinePlan; readonly meaning: Meaning }[] {
  return [...plan].flatMap(([vestibule, lines]) => {
    const ofDoors = doorNames.flatMap((door) =>
      (["contact", "bolt", "rex"] as const).map((input) => ({
        line: lines.doors[door][input],
        meaning: { vestibule, door, input },
      })),
    );
    const shared = (["fire", "lockdown", "tamper", "mains", "battery"] as const).map((input) => ({
      line: lines[input],
      meaning: { vestibule, input },
    }));
    return [...ofDoors, ...shared].flatMap(({ line, meaning }) =>
      line === undefined ? [] : [{ line, meaning }],
    );
  });
}

/** What a level means, by the board profile's convention; undefined is a line that cannot be read. */
export function readingOf(meaning: Meaning, active: boolean | undefined): Reading {
  switch (meaning.input) {
    case "contact":
      return {
        ...meaning,
        input: "contact",
        value: active === undefined ? "fault" : active ? "open" : "closed",
      };
    case "bolt":
      return {
        ...meaning,
        input: "bolt",
        value: active === undefined ? "fault" : active ? "retracted" : "thrown",
      };
    case "rex": // nobody is known to press it
      return { ...meaning, input: "rex", value: active ?? false };
    case "fire":
      return {
        ...meaning,
        input: "fire",
        value: active === undefined ? "fault" : active ? "active" : "inactive",
      };
    case "lockdown":
    case "tamper":
      return { ...meaning, input: meaning.input, value: active ?? true };
    case "mains":
    case "battery":
      return { ...meaning, input: meaning.input, value: active ?? false };
  }
}
