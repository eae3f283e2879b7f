import type { TFunction } from "i18next";
import type { AlarmView } from "../api/site.ts";
import { en } from "../texts/en.ts";

const has = <K extends string>(texts: Readonly<Record<K, unknown>>, name: string): name is K =>
  Object.hasOwn(texts, name);

/**
 * What an alarm says beside its type, in the reader's language as far as the controller's own words go; what a machine or
 * a person has said stays as it is.
 */
export function detailText(
  t: TFunction,
  { type, detail }: Pick<AlarmView, "type" | "detail">,
): string | null {
  if (detail === null) return null;
  if (type === "Duress" && has(en.centre.alarm.duressForm, detail))
    return t(`centre.alarm.duressForm.${detail}`);
  if ((type === "LockFault" || type === "ContactFault") && has(en.fault, detail)) return t(`fault.${detail}`);
  const phrase = phrases[detail];
  if (phrase !== undefined) return t(`alarms.detail.${phrase}`);
  for (const [pattern, say] of sentences) {
    const found = pattern.exec(detail);
    if (found !== null) return say(t, found[1] ?? "", found[2] ?? "");
  }
  return detail;
}

const phrases: Readonly<Record<string, "silent" | "foundOpen" | "fireInput" | "notDone">> = {
  "the controller was silent": "silent",
  "found open at the start": "foundOpen",
  "the fire input": "fireInput",
  "what was asked was not done": "notDone",
};

type Say = (t: TFunction, one: string, other: string) => string;

const sentences: readonly (readonly [RegExp, Say])[] = [
  [/^(\d+) in a row$/, (t, number) => t("alarms.detail.inARow", { number })],
  [/^(\d+) faces, (\d+) verified$/, (t, faces, verified) => t("alarms.detail.faces", { faces, verified })],
  [/^record (\d+) tells what is missing$/, (t, number) => t("alarms.detail.missing", { number })],
  [
    /^(\w+) process: (.+)$/,
    (t, role, how) =>
      t("alarms.detail.process", { role: has(en.alarms.role, role) ? t(`alarms.role.${role}`) : role, how }),
  ],
  [
    /^a picture, by its (.+)$/,
    (t, cues) =>
      t("alarms.detail.picture", {
        cues: cues
          .split(", ")
          .map((cue) => (has(en.liveness.cue, cue) ? t(`liveness.cue.${cue}`) : cue))
          .join(t("alarms.detail.and")),
      }),
  ],
];
