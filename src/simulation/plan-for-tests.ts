import type { BuildingPlan, VestibulePlan } from "./building.ts";

/** A door pair with everything fitted and readers on the way in. */
export function vestibulePlanForTests(id: string): VestibulePlan {
  const door = { lock: "fail-secure", bolt: "fitted", rex: "fitted" } as const;
  return { id, doors: { outer: door, inner: door }, readers: ["outer-entry", "inner-entry"] };
}

export const planForTests: BuildingPlan = {
  vestibules: [vestibulePlanForTests("v1")],
  cameras: ["street", "inside"],
  outputs: ["siren"],
  doorCloserTime: 4_000,
};
