import { useTranslation } from "react-i18next";
import { ApiError } from "../api/http.ts";

const known = ["no-such-code", "name-taken", "too-many-displays"] as const;

/** Why something about a display was not done, in words. */
export function useDisplayFailure(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    const code = error instanceof ApiError ? error.code : null;
    const reason = known.find((one) => one === code);
    if (reason !== undefined) return t(`doorDisplays.problem.${reason}`);
    return t("doorDisplays.problem.other", {
      detail: error instanceof Error ? error.message : String(error),
    });
  };
}
