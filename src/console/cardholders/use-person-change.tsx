import { useQueryClient } from "@tanstack/react-query";
import { Alert } from "antd";
import { type ReactNode, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";

interface Told {
  readonly is: "done" | "waiting" | "wrong" | "failed";
  readonly text: string;
}

export type RunChange = <Answer>(
  ask: () => Promise<Answer>,
  said: (answer: Answer) => string,
  /** It was answered, and nothing was done because of what the answer says. */
  isWrong?: (answer: Answer) => boolean,
) => Promise<Answer | undefined>;

/** Carries a change of people out and says what became of it: done, that it waits, or why not (undefined). */
export function usePersonChange(): { readonly run: RunChange; readonly told: ReactNode } {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [told, setTold] = useState<Told | null>(null);
  const run = useCallback<RunChange>(
    async (ask, said, isWrong) => {
      try {
        const answer = await ask();
        setTold(
          isWaiting(answer)
            ? { is: "waiting", text: t("cardholders.waiting.said") }
            : { is: isWrong?.(answer) === true ? "wrong" : "done", text: said(answer) },
        );
        await refresh(queries);
        return answer;
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        setTold({ is: "failed", text: t("cardholders.failed", { detail }) });
        return undefined;
      }
    },
    [queries, t],
  );
  return {
    run,
    told: (
      <output className="told">
        {told === null ? null : (
          <Alert type={kinds[told.is]} showIcon title={told.text} role="presentation" />
        )}
      </output>
    ),
  };
}

const kinds = { done: "success", waiting: "info", wrong: "warning", failed: "error" } as const;

/** Everything that is shown of people, and what waits. */
export async function refresh(queries: ReturnType<typeof useQueryClient>): Promise<void> {
  await Promise.all(
    [["cardholders"], ["approvals"]].map((queryKey) => queries.invalidateQueries({ queryKey })),
  );
}

/** Answered with 202: a second operator has to confirm it. */
export const isWaiting = (answer: unknown): boolean =>
  typeof answer === "object" && answer !== null && "approval" in answer;
