import type { TrialResult } from "../../commissioning/door-trial.ts";
import { trialTexts } from "../../commissioning/trial-texts.ts";
import { type Finding, said } from "./finding.ts";

export function trialFinding({ vestibule, door, verdict }: TrialResult): Finding {
  return {
    area: "doors",
    subject: `${vestibule}.${door}`,
    verdict: verdict === "inOrder" ? "good" : "bad",
    tried: said("released it under the interlock, with somebody opening it", "在互锁保护下释放并由人打开"),
    ...trialTexts[verdict],
  };
}
