import type { AttemptReport, LivenessSummary } from "./face-liveness.ts";

/** The report for people: a line for each attempt, then the counts. */
export function livenessTable(reports: readonly AttemptReport[], summary: LivenessSummary): string {
  const longest = Math.max(...reports.map(({ attempt }) => attempt.length));
  const lines = reports.map(({ attempt, live, verdict, why, faces, frames }) => {
    const answer = live ? "live" : verdict === "attack" ? "not live: attack" : "not live: uncertain";
    return `${attempt.padEnd(longest)}  ${answer.padEnd(19)}  face in ${faces} of ${frames} frames; ${why}`;
  });
  const { attempts, live, attack, uncertain, faults } = summary;
  const bad = faults > 0 ? `, ${faults} could not be judged` : "";
  lines.push("", `${attempts} attempts: ${live} live, ${attack} attacks, ${uncertain} uncertain${bad}`);
  return `${lines.join("\n")}\n`;
}
