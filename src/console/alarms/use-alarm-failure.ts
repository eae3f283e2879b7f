import { useTranslation } from "react-i18next";
import { ApiError } from "../api/http.ts";
import { useFailureText } from "../session/use-failure-text.ts";

/** Why an alarm was not acknowledged, shelved or commented on, for whoever tried. */
export function useAlarmFailure(): (failure: unknown) => string {
  const { t } = useTranslation();
  const failureText = useFailureText();
  return (failure) => {
    if (!(failure instanceof ApiError)) return failureText(failure, t("alarms.mayNot"));
    if (failure.code === "shelving-too-long")
      return t("alarms.shelving.tooLong", { minutes: String(failure.content["longestMinutes"]) });
    if (failure.code === "too-many-comments") return t("alarms.comments.tooMany");
    if (failure.status === 404) return t("alarms.over");
    return failureText(failure, t("alarms.mayNot"));
  };
}
