import { runningRulesOf } from "../../src/domain/interlock/interlock.ts";
import type { VestibuleCondition, VestibuleReport } from "../../src/ports/interlock-link.ts";
import { interlockPolicy } from "./site-plan-for-tests.ts";

/** Nothing out of the ordinary. */
export const quietCondition: VestibuleCondition = {
  fire: "inactive",
  emergency: false,
  lockdown: { order: false, input: false },
  overridden: false,
  proposal: null,
  people: 0,
  detained: false,
  violated: false,
  tampered: false,
  mains: true,
  battery: true,
};

/** A door pair goes by the site's file. */
export const usualRules: VestibuleReport["rules"] = {
  inForce: runningRulesOf(interlockPolicy),
  awaited: null,
};
