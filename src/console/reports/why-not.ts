import type { TFunction } from "i18next";
import { ApiError } from "../api/http.ts";

/** Why there is no report, in words. */
export function whyNot(t: TFunction, error: unknown): string {
  if (!(error instanceof ApiError)) return t("reports.failed.other", { detail: String(error) });
  const { status, code, content, message: detail } = error;
  const number = (name: string): number => {
    const value = content[name];
    return typeof value === "number" ? value : 0;
  };
  if (status === 0) return t("reports.failed.unreachable");
  if (code === "journal-altered") return t("reports.failed.altered", { seq: number("seq") });
  if (code === "report-too-large" && content["of"] === "rows") {
    return t("reports.failed.tooLarge", { most: number("most") });
  }
  if (code === "period-too-long") return t("reports.failed.tooLong");
  if (code === "period-to-come") return t("reports.failed.toCome");
  if (status === 429) return t("reports.failed.busyNow", { seconds: error.retryAfterSeconds ?? 5 });
  if (code === "report-too-slow" || code === "figures-too-slow") return t("reports.failed.tooSlow");
  if (status === 403) return t("reports.failed.forbidden");
  return t("reports.failed.other", { detail });
}

/** Somebody else's is being made: asked again a moment later, and not told as a failure. */
export const isBusy = (error: unknown): boolean => error instanceof ApiError && error.status === 429;
