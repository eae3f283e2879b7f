import type { SiteState } from "../../ports/controller-services.ts";

/** What the system line tells of, in its order. */
export type HealthPart =
  | "interlock"
  | "controller"
  | "vision"
  | "cameras"
  | "templates"
  | "liveness"
  | "mqtt"
  | "journal"
  | "witness"
  | "backup";

type Level = "off" | "passive" | "challenge";

export const liveCameras = ({ cameras }: SiteState): number =>
  cameras.filter(({ state, health }) => state === "live" && health.length === 0).length;

/** The weakest that any access point is content with: whoever reads it need not know the configuration. */
export function weakestLiveness({ vestibules }: SiteState): Level {
  const levels = vestibules.flatMap(({ liveness }) => Object.values(liveness));
  return (["off", "passive"] as const).find((level) => levels.includes(level)) ?? "challenge";
}

/** Whether each part is as it should be; one that the site does not have is. */
export const isGood: Readonly<Record<HealthPart, (state: SiteState) => boolean>> = {
  interlock: ({ processes }) => processes.interlock.state === "running",
  controller: ({ processes }) => processes.controller.state === "running",
  vision: ({ processes }) => processes.vision.state === "running",
  cameras: (state) => liveCameras(state) === state.cameras.length,
  templates: ({ templates }) => templates === null || templates.without === 0,
  liveness: (state) => weakestLiveness(state) !== "off",
  mqtt: ({ mqtt }) => mqtt.phase === "online",
  journal: ({ journal }) => journal.storage === "ok",
  witness: ({ journal }) => {
    const witness = journal.proofs?.witness ?? null;
    return (
      witness === null || witness.state === "good" || (witness.state === "waiting" && witness.detail === null)
    );
  },
  backup: ({ backup }) => backup === null || (backup.last !== null && !backup.overdue),
};

/** Whether nothing is missing, and no door pair works otherwise than every day. */
export const isAllWell = (state: SiteState): boolean =>
  Object.values(isGood).every((good) => good(state)) &&
  state.vestibules.every(({ mode }) => mode === "normal");
