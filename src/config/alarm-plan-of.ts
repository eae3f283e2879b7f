import { type AlarmAction, presetActions } from "../domain/alarm/actions.ts";
import { doorOf } from "../domain/names.ts";
import type { AlarmPlan } from "../ports/alarm-plan.ts";
import type { AlarmActionConfiguration } from "./alarm-schema.ts";
import { milliseconds } from "./policy-of.ts";
import type { SiteConfiguration } from "./site-schema.ts";

/** What follows from alarms, of a checked site. */
export function alarmPlanOf({ alarms, cameras, vestibules }: SiteConfiguration): AlarmPlan {
  const { actions, mail } = alarms;
  const cameraOf = (id: string) => cameras.find((camera) => camera.id === id);
  const configured = new Map(
    Object.entries(actions).flatMap(([type, of]) =>
      of?.do === undefined ? [] : [[type, of.do.map(actionOf)] as const],
    ),
  );
  return {
    actions: (alarm) => configured.get(alarm) ?? presetActions(alarm),
    isPublished: (alarm) => actions[alarm]?.publish ?? true,
    vestibules: vestibules.map(({ id, accessPoints, countFaces }) => ({
      id,
      at: Object.fromEntries(
        Object.entries(accessPoints).flatMap(([point, of]) =>
          of?.camera === undefined ? [] : [[point, of.camera]],
        ),
      ),
      between: countFaces,
    })),
    presetOf(camera, { vestibule, door: at, accessPoint }) {
      const door = accessPoint === undefined ? at : doorOf(accessPoint);
      const presets = cameraOf(camera)?.alarmPreset;
      if (presets === undefined || typeof presets === "string") return presets ?? null;
      return presets[`${vestibule}.${door}`] ?? presets[vestibule ?? ""] ?? null;
    },
    presetsBy: (camera) => cameraOf(camera)?.presetsBy ?? "camera",
    outputs: alarms.outputs.map(({ name }) => name),
    webhooks: alarms.webhooks.map(({ name, giveUpAfter }) => ({
      name,
      giveUpAfter: milliseconds(giveUpAfter),
    })),
    mail: mail && {
      languages: mail.languages,
      lists: mail.recipients,
      spacing: milliseconds(mail.spacing),
      giveUpAfter: milliseconds(mail.giveUpAfter),
    },
  };
}

function actionOf(action: AlarmActionConfiguration): AlarmAction {
  switch (action.do) {
    case "output": {
      const { output, seconds } = action;
      return { kind: "output", output, seconds: seconds === "untilAcknowledged" ? null : seconds };
    }
    case "preset":
      return { kind: "preset", camera: action.camera ?? null, preset: action.preset ?? null };
    case "bookmark":
    case "clip":
      return { kind: action.do, camera: action.camera ?? null };
    case "webhook":
      return { kind: "webhook", webhook: action.webhook };
    case "mail":
      return { kind: "mail", to: action.to };
  }
}
