import { openChip } from "./chip-devices.ts";
import { offsetsOf } from "./found-lines.ts";
import { type EdgeListener, type LineDriver, reasonOf } from "./line-driver.ts";
import { type GpioPlan, inputGroups, type LinePlan, outputGroups } from "./line-plan.ts";
import { isExported, lineNumbers } from "./sysfs-chips.ts";

/** One configured line as it is found on this machine. */
export interface SurveyedLine {
  readonly plan: LinePlan;
  readonly direction: "in" | "out";
  /** For people: `gpiochip0 line 17 (GPIO17)`; undefined where it was not found. */
  readonly place: string | undefined;
  /** Who has it; then its level cannot be read. */
  readonly holder: string | undefined;
  /** Whether its meaning is so now; undefined for outputs, which reading would take, and where it cannot be read. */
  readonly active: boolean | undefined;
  readonly fault: string | undefined;
}

/** Looks at each line by itself, so that one that is wrong hides no other. Takes no output. */
export function surveyLines(driver: LineDriver, plan: GpioPlan): readonly SurveyedLine[] {
  const lines = (groups: ReturnType<typeof inputGroups>): readonly LinePlan[] =>
    groups.flatMap((group) => group.lines);
  return [
    ...lines(outputGroups(plan)).map((line) => surveyOf(driver, line, "out")),
    ...lines(inputGroups(plan)).map((line) => surveyOf(driver, line, "in")),
  ];
}

const nobodyListens: EdgeListener = { onEdge() {}, onGap() {}, onGone() {} };

function surveyOf(driver: LineDriver, plan: LinePlan, direction: SurveyedLine["direction"]): SurveyedLine {
  const group = { chip: plan.chip, lines: [plan] };
  let found: { readonly place: string; readonly holder: string | undefined } | undefined;
  try {
    found = driver.kind === "sysfs" ? numberOf(plan) : placeOf(plan);
    if (direction === "out" || found.holder !== undefined)
      return { plan, direction, ...found, active: undefined, fault: undefined };
    using taken = driver.takeInputs(group, nobodyListens);
    return { plan, direction, ...found, active: taken.read()[0], fault: undefined };
  } catch (error) {
    const fault = reasonOf(error);
    return { plan, direction, place: found?.place, holder: found?.holder, active: undefined, fault };
  }
}

function placeOf(plan: LinePlan): { readonly place: string; readonly holder: string | undefined } {
  using chip = openChip(plan.chip);
  const [offset = 0] = offsetsOf(
    { chip: plan.chip, lines: [plan] },
    chip,
    (each) => chip.lineInfo(each).name,
  );
  const { name, consumer } = chip.lineInfo(offset);
  return {
    place: `${chip.name} line ${offset}${name === "" ? "" : ` (${name})`}`,
    holder: consumer === "" ? undefined : consumer,
  };
}

/** An exported line is somebody's, sysfs does not say whose: reading it would take it away from them. */
function numberOf(plan: LinePlan): { readonly place: string; readonly holder: string | undefined } {
  const [number = 0] = lineNumbers({ chip: plan.chip, lines: [plan] });
  return { place: `gpio${number}`, holder: isExported(number) ? "sysfs" : undefined };
}
