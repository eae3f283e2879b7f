import type { TFunction } from "i18next";
import { ApiError } from "../api/http.ts";

export function failureText(t: TFunction, error: unknown): string {
  if (error instanceof ApiError && error.status === 0) return t("system.unreachable");
  return t("system.failed", { detail: error instanceof Error ? error.message : String(error) });
}
