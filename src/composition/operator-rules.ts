import type { OperatorSettings } from "../api/operator-settings.ts";
import { fourEyesInForce, milliseconds } from "../config/policy-of.ts";
import type { SiteConfiguration } from "../config/site-schema.ts";
import type { ApprovalRules } from "../controller/approvals/approvals.ts";
import { roles } from "../domain/operator/rights.ts";
import type { OperatorStore } from "../ports/operators.ts";

type Configured = Pick<SiteConfiguration, "operators" | "board">;

export function approvalRulesOf(
  configured: Configured,
  accounts: Pick<OperatorStore, "list">,
): ApprovalRules {
  const { approvalTime } = configured.operators;
  return {
    inForce: fourEyesInForce(configured),
    waitingTime: milliseconds(approvalTime),
    operators: () => accounts.list(),
  };
}

export function operatorSettingsOf({ operators }: Pick<Configured, "operators">): OperatorSettings {
  const { idleLimit, sessionLimit, secondFactor, localConsoleSeesDuress, passkeys } = operators;
  return {
    sessions: { idle: milliseconds(idleLimit), absolute: milliseconds(sessionLimit) },
    secondFactor: new Set(roles.filter((role) => secondFactor[role] === "required")),
    localConsoleSeesDuress,
    passkeys,
  };
}
