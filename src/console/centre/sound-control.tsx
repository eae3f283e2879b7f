import { useTranslation } from "react-i18next";
import { useAlarmSound } from "../alarms/alarm-sound.tsx";
import { criticalSilenceFor, silenceFor } from "../alarms/sound-policy.ts";
import { localeOf } from "../texts/locale.ts";
import { useLanguage } from "../texts/use-language.ts";

const inMinutes = (ms: number): number => Math.round(ms / 60_000);

/** Whether alarms are heard here, and quiet for a while. */
export function SoundControl() {
  const { t } = useTranslation();
  const language = useLanguage();
  const sound = useAlarmSound();
  if (sound === null) return null;
  const until =
    sound.silentUntil === null
      ? ""
      : new Date(sound.silentUntil).toLocaleTimeString(localeOf(language), {
          hour: "2-digit",
          minute: "2-digit",
        });
  return (
    <div className="sound" data-is={sound.is} data-tone={sound.tone ?? "none"}>
      {sound.is === "held" ? (
        <button type="button" className="sound-held" onClick={sound.allow} title={t("centre.sound.heldWhy")}>
          {t("centre.sound.held")}
        </button>
      ) : (
        <>
          <output>
            {sound.is === "on" ? t("centre.sound.on") : t("centre.sound.silenced", { time: until })}
          </output>
          <button
            type="button"
            className="small"
            onClick={sound.silence}
            title={t("centre.sound.silenceLong", {
              minutes: inMinutes(silenceFor),
              critical: inMinutes(criticalSilenceFor),
            })}
          >
            {t(sound.is === "on" ? "centre.sound.silence" : "centre.sound.again")}
          </button>
        </>
      )}
    </div>
  );
}
