import type { DoorName } from "../../domain/names.ts";
import type { GetCommissioningData, GetDraftData, GetLinesData } from "../api/client.ts";

export type Commissioning = GetCommissioningData;
export type CommissioningTest = Commissioning["tests"][number];
export type RunningTest = NonNullable<Commissioning["running"]>;
export type Line = GetLinesData["lines"][number];
export type Draft = GetDraftData;
export type DraftSection = NonNullable<Draft["faults"][number]["section"]>;

/** In the order of the work. */
export const wizardSteps = [
  "board",
  "lines",
  "doors",
  "relays",
  "inputs",
  "readers",
  "cameras",
  "clock",
  "broker",
  "interlock",
  "report",
] as const;
export type WizardStep = (typeof wizardSteps)[number];

export const isWizardStep = (text: string | null): text is WizardStep =>
  wizardSteps.some((step) => step === text);

/** The last word of a line's name: `v1.outer.contact` → contact. */
export const meaningOf = (line: string): string => line.slice(line.lastIndexOf(".") + 1);

/** The door a line belongs to; null where it is the whole box's. */
export function doorOfLine(line: string): DoorName | null {
  const [, door] = /(?:^|\.)(outer|inner)\.[a-z]+$/.exec(line) ?? [];
  return door === "outer" || door === "inner" ? door : null;
}

/** Where an installer comes to a test. Contacts and bolts have none of their own: they are proven with their doors. */
export function stepOf(test: CommissioningTest): WizardStep {
  switch (test.kind) {
    case "line":
      return "inputs";
    case "trial":
      return "doors";
    case "relay":
      return "relays";
    case "reader":
    case "keypad":
      return "readers";
    case "camera":
    case "person":
      return "cameras";
    case "demonstration":
      return "interlock";
    case "board":
    case "clock":
    case "broker":
      return test.kind;
  }
}

export const testsOf = (
  { tests }: Pick<Commissioning, "tests">,
  step: WizardStep,
): readonly CommissioningTest[] => tests.filter((test) => stepOf(test) === step);

/** What an installer sees of a test. */
export type Standing = CommissioningTest["state"] | "skipped" | "running";

export function standingOf(test: CommissioningTest, running: Commissioning["running"]): Standing {
  if (running?.id === test.id) return "running";
  if (test.leftOut !== null && test.state !== "passed") return "skipped";
  return test.state;
}

/** Nothing is left to do about it: it was seen to work, or somebody said why not. */
export const isSettled = (standing: Standing): boolean =>
  standing === "passed" || standing === "doubtful" || standing === "skipped";

export interface Progress {
  readonly of: number;
  readonly done: number;
  readonly failed: number;
}

export function progressOf(commissioning: Commissioning, step: WizardStep): Progress {
  const standings = testsOf(commissioning, step).map((test) => standingOf(test, null));
  return {
    of: standings.length,
    done: standings.filter(isSettled).length,
    failed: standings.filter((standing) => standing === "failed").length,
  };
}

/** Whether somebody has begun and nobody has ended it; without a site file there is nothing in service. */
export const isBegun = ({ state, begun, ended }: Commissioning): boolean =>
  state === "underWay" || (state === "uncommissioned" && begun !== null && ended === null);

/** Where the work goes on: the test under way, else the first step in which something is left. */
export function firstOpenStep(commissioning: Commissioning): WizardStep {
  if (commissioning.state === "inService") return "report";
  const running = commissioning.tests.find(({ id }) => id === commissioning.running?.id);
  if (running !== undefined) return stepOf(running);
  if (commissioning.tests.length === 0) return "board";
  const open = wizardSteps.find((step) => {
    const { of, done } = progressOf(commissioning, step);
    return done < of;
  });
  return open ?? "report";
}
