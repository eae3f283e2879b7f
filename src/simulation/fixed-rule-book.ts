import type { AccessPolicy } from "../domain/access/access.ts";
import type { RulesInForce } from "../domain/rules/rules-in-force.ts";
import type { RuleBook } from "../ports/rule-book.ts";

/** Of a site whose rules are what they are: none of them can be changed. */
export function fixedRuleBook(access: AccessPolicy): RuleBook {
  const rules: RulesInForce = {
    access,
    interlock: {},
    markedDays: [],
    timeZone: "Asia/Shanghai",
    face: {
      threshold: undefined,
      falseMatchRate: 1e-4,
      minFrames: 2,
      frameMaxAge: 500,
      livenessTime: 450,
      challengeCount: 2,
      vote: false,
    },
    duressSigns: { pin: "own", gesture: undefined },
    easyPins: false,
    fourEyes: false,
    secondFactor: [],
  };
  return {
    kinds: [],
    file: {},
    with: () => ({ fits: true, rules, documents: {} }),
    withFile: () => rules,
    merged: (_kind, _present, change) => change,
  };
}
