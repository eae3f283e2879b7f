import type { PassageView } from "../../ports/controller-services.ts";

/** What one passage goes through, in its order. */
export type StepName = "card" | "face" | "pin" | "remote" | "others" | "count" | "release" | "open" | "close";

export interface PassageStep {
  readonly name: StepName;
  readonly state: "done" | "current" | "todo";
  /** Of a group: how many are verified, of how many. */
  readonly progress: { readonly present: number; readonly of: number } | null;
}

/** Which steps this passage has, and where it is; the rules decided it, here it is only told. */
export function stepsOf(passage: PassageView): readonly PassageStep[] {
  const names = namesOf(passage);
  const current = names.indexOf(currentOf(passage));
  return names.map((name, at) => ({
    name,
    state: at < current ? "done" : at === current ? "current" : "todo",
    progress: name === "others" ? { present: passage.verified.length, of: passage.of } : null,
  }));
}

function namesOf({ mode, step, of, wants }: PassageView): readonly StepName[] {
  const all: readonly (readonly [StepName, boolean])[] = [
    ["card", mode !== "face+remote"],
    ["face", mode.includes("face")],
    ["pin", mode.includes("pin") || wants.includes("pin")],
    // A door may ask for an operator besides what the level asks for.
    ["remote", mode.includes("remote") || wants.includes("remote")],
    ["others", of > 1],
    // Only where a camera counts faces between the doors, which is seen when it does.
    ["count", step === "counting"],
    ["release", true],
    ["open", true],
    ["close", true],
  ];
  return all.flatMap(([name, isAsked]) => (isAsked ? [name] : []));
}

function currentOf({ step, wants, of }: PassageView): StepName {
  switch (step) {
    case "verifying":
      return wants[0] ?? (of > 1 ? "others" : "release");
    case "waiting":
      return "others";
    case "counting":
      return "count";
    case "releasing":
      return "release";
    case "released":
      return "open";
    case "open":
      return "close";
  }
}

/** Those who are passing, in the order in which they came; null: nobody knows who. */
export function peopleOf({ step, verified, cardholder }: PassageView): readonly (string | null)[] {
  if (step === "verifying") return [...verified, cardholder];
  return verified.length === 0 ? [cardholder] : verified;
}
