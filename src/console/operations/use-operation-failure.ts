import { useTranslation } from "react-i18next";
import { ApiError } from "../api/http.ts";

const known = [
  "same-person",
  "locked-down",
  "interlock-silent",
  "emergency-active",
  "no-emergency",
  "nobody-waits",
] as const;
type Known = (typeof known)[number];
const isKnown = (code: string | null): code is Known => (known as readonly (string | null)[]).includes(code);

/** Why an operation was not done, or not confirmed. */
export function useOperationFailure(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof ApiError)) return t("operations.failed", { detail: String(error) });
    if (error.status === 0) return t("session.unreachable");
    if (isKnown(error.code)) return t(`operations.failure.${error.code}`);
    return t("operations.failed", { detail: error.message });
  };
}
