import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { enrolPhoto } from "../../api/client.ts";
import { ApiError, isObject } from "../../api/http.ts";
import { useLanguage } from "../../texts/use-language.ts";
import { isWaiting, refresh } from "../use-person-change.tsx";

export interface Alike {
  readonly photo: File;
  /** Whose face it is already. */
  readonly others: readonly string[];
}

export interface Enrolment {
  readonly working: boolean;
  readonly said: { readonly kind: "success" | "info" | "warning" | "error"; readonly text: string } | null;
  readonly alike: Alike | null;
  readonly enrol: (photo: File, distinctFrom?: readonly string[]) => Promise<void>;
  readonly dropAlike: () => void;
}

/** Sends photos of one person, one at a time, and puts into words what became of each. */
export function useEnrolment(id: string, appearance: string): Enrolment {
  const { t } = useTranslation();
  const refusalText = useRefusalText();
  const queries = useQueryClient();
  const [working, setWorking] = useState(false);
  const [said, setSaid] = useState<Enrolment["said"]>(null);
  const [alike, setAlike] = useState<Alike | null>(null);
  const enrol = useCallback<Enrolment["enrol"]>(
    async (photo, distinctFrom = []) => {
      setWorking(true);
      setSaid(null);
      setAlike(null);
      const more = distinctFrom.length === 0 ? {} : { distinctFrom: distinctFrom.join(",") };
      try {
        const answer = await enrolPhoto({ id, appearance, ...more }, photo);
        setSaid(
          isWaiting(answer)
            ? { kind: "info", text: t("cardholders.booth.waits") }
            : { kind: "success", text: t("cardholders.booth.enrolled") },
        );
        await refresh(queries);
      } catch (error) {
        const others = othersOf(error);
        if (others === undefined) setSaid({ kind: "warning", text: refusalText(error) });
        else setAlike({ photo, others });
      } finally {
        setWorking(false);
      }
    },
    [id, appearance, refusalText, queries, t],
  );
  return { working, said, alike, enrol, dropAlike: useCallback(() => setAlike(null), []) };
}

function othersOf(error: unknown): readonly string[] | undefined {
  if (!(error instanceof ApiError) || error.code !== "already-enrolled") return undefined;
  const { alreadyEnrolled } = error.content;
  return (Array.isArray(alreadyEnrolled) ? alreadyEnrolled : []).flatMap((one) =>
    isObject(one) && typeof one["cardholder"] === "string" ? [one["cardholder"]] : [],
  );
}

/** Why a photo was not enrolled, in the page's language. */
function useRefusalText(): (error: unknown) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return useCallback(
    (error) => {
      if (!(error instanceof ApiError)) return t("cardholders.failed", { detail: String(error) });
      if (error.code === "consent-missing") return t("cardholders.consent.missingRequired");
      const advice = Array.isArray(error.content["advice"]) ? error.content["advice"] : [];
      const words = advice.flatMap((one) => {
        const text = isObject(one) ? one[language] : undefined;
        return typeof text === "string" ? [text] : [];
      });
      return words.length === 0
        ? t("cardholders.failed", { detail: error.message })
        : t("cardholders.booth.refused", { advice: words.join(language === "zh" ? "；" : "; ") });
    },
    [t, language],
  );
}
