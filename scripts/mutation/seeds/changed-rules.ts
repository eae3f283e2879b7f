import type { SeededMutation } from "../mutation.ts";

const rules = "src/domain/interlock/running-rules.ts";
const shell = "src/interlock/interlock-process.ts";
const pair = "src/interlock/pair.ts";

/** Rules that are changed while the interlock runs. */
export const changedRulesMutations: readonly SeededMutation[] = [
  {
    name: "rules-changed-under-a-release",
    rule: "R4",
    file: rules,
    from: `      lock.commanded === "secured" &&
      leaf.position !== "open" &&`,
    to: `      leaf.position !== "open" &&`,
    why: "a release has its end already; that relocking is looked up each time is not thought of",
  },
  {
    name: "rules-changed-under-an-open-door",
    rule: "R6",
    file: rules,
    from: `      leaf.position !== "open" &&\n`,
    to: "",
    why: "the lock is secured by then, so nothing seems to be under way",
  },
  {
    name: "no-number-is-in-range",
    rule: "R4",
    file: rules,
    from: `typeof value === "number" && value >= low && value <= high\n    ? undefined\n    : \``,
    to: `!(value < low || value > high)\n    ? undefined\n    : \``,
    why: "the condition reads better the other way round; NaN compares false both ways",
  },
  {
    name: "warning-after-the-alarm",
    rule: "R6",
    file: rules,
    from: `  if (!(rules.heldOpenWarning < rules.heldOpenTime))`,
    to: `  if (!(rules.heldOpenWarning <= rules.heldOpenTime))`,
    why: "< for <=",
  },
  {
    name: "rules-taken-unchecked",
    rule: "R4",
    file: shell,
    from: `    if (fault !== undefined) {
      const refusal`,
    to: `    if (fault === "") {
      const refusal`,
    why: "the controller has checked them already",
  },
  {
    name: "rules-taken-up-once-asked-only",
    rule: "R4",
    file: pair,
    from: `  if (pair.awaited === undefined || !mayChangeRules(pair.state)) return false;`,
    to: `  if (pair.awaited === undefined) return false;
  if (!mayChangeRules(pair.state)) {
    pair.awaited = undefined;
    return false;
  }`,
    why: "what cannot be done now is taken for done",
  },
];
