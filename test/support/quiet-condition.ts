import type { VestibuleCondition } from "../../src/ports/interlock-link.ts";

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
};
