import type { InterlockInput, InterlockState } from "../../src/domain/interlock/interlock.ts";
import { doorNames } from "../../src/domain/names.ts";
import { instant } from "../../src/domain/time.ts";
import type { Rules } from "./rules.ts";
import type { Variant } from "./variant.ts";

const at = instant(0);

/**
 * Whatever is stuck, cut or open, as long as the controller lives two operators open either door at once (R13):
 * the way out where a fault keeps R1 from holding (R15).
 */
export function overrideWayFaults(
  rules: Rules,
  { policy }: Variant,
  state: InterlockState,
): readonly string[] {
  return doorNames.flatMap((doors) => {
    const request = (operator: string): InterlockInput => ({
      type: "OverrideRequested",
      at,
      id: `way out, ${operator}`,
      doors,
      operator,
      notAfter: at,
    });
    const script: readonly InterlockInput[] = [
      { type: "LockdownChanged", at, by: "order", active: false },
      { type: "LockdownChanged", at, by: "input", active: false },
      { type: "HeartbeatReceived", at, sentAt: at },
      request("anna"),
      request("ben"),
    ];
    const end = script.reduce(
      (current, input) => rules.decide(current, input, policy).reduce(rules.evolve, current),
      state,
    );
    return end.doors[doors].lock.commanded === "released" ? [] : [`two operators cannot open ${doors}`];
  });
}
