import { useTranslation } from "react-i18next";
import type { AlarmView } from "../api/site.ts";
import { useSite } from "../live/use-site.ts";
import { useLanguage } from "../texts/use-language.ts";
import { alarmPlaceText } from "./alarm-place.ts";

/** Where an alarm is, in words; the door pair by its name where the rest does not say which. */
export function useAlarmPlace(): (place: AlarmView["place"]) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  const pairs = useSite().state?.vestibules ?? [];
  return (place) => {
    const within = alarmPlaceText(t, place);
    const pair = pairs.find(({ id }) => id === place.vestibule)?.name[language];
    if (pair === undefined || (within !== "" && pairs.length < 2)) return within;
    return within === "" ? pair : `${pair} · ${within}`;
  };
}
