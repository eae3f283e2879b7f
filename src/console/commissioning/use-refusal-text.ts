import { useTranslation } from "react-i18next";
import type { CommissioningRefusal } from "../../ports/services/commissioning-services.ts";
import { ApiError } from "../api/http.ts";
import { useFailureText } from "../session/use-failure-text.ts";

const refusals: Readonly<Record<CommissioningRefusal, true>> = {
  notBegun: true,
  alreadyBegun: true,
  testRunning: true,
  noSuchTest: true,
  notEditable: true,
  faulty: true,
  boardMissing: true,
  nothingToApply: true,
  moved: true,
  notFinished: true,
  tooMany: true,
};

/** Why it was not done, in words for whoever stands at the doors. */
export function useRefusalText(): (failure: unknown) => string {
  const { t } = useTranslation();
  const failureText = useFailureText();
  return (failure) => {
    const reason = failure instanceof ApiError ? failure.reason : null;
    if (failure instanceof ApiError && reason !== null && isRefusal(reason))
      return t(`commissioning.refusal.${reason}`, { detail: failure.message });
    return failureText(failure, t("commissioning.refusal.forbidden"));
  };
}

const isRefusal = (reason: string): reason is CommissioningRefusal => Object.hasOwn(refusals, reason);
