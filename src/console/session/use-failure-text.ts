import { useTranslation } from "react-i18next";
import { ApiError } from "../api/http.ts";

/** What went wrong, for the person at the form; `forbidden` is what a 401 means there. */
export function useFailureText(): (failure: unknown, forbidden: string) => string {
  const { t } = useTranslation();
  return (failure, forbidden) => {
    if (!(failure instanceof ApiError)) return t("session.failed", { detail: String(failure) });
    if (failure.status === 0) return t("session.unreachable");
    if (failure.status === 401 || failure.status === 403) return forbidden;
    if (failure.status === 429) return t("session.tooMany", { seconds: failure.retryAfterSeconds ?? 60 });
    return t("session.failed", { detail: failure.message });
  };
}
