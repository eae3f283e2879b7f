import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Role } from "../../domain/operator/rights.ts";
import {
  type PutOperatorData,
  putOperator,
  removeOperator,
  removeSecondFactorOf,
  resetPassword,
} from "../api/client.ts";
import { AccountOutcome } from "./account-outcome.tsx";

export type AccountChange =
  | { readonly do: "put"; readonly role?: Role; readonly disabled?: boolean }
  | { readonly do: "remove" }
  | { readonly do: "resetPassword" }
  | { readonly do: "removeSecondFactor" };

const ask = (username: string, change: AccountChange): Promise<PutOperatorData> => {
  switch (change.do) {
    case "put": {
      const { role, disabled } = change;
      return putOperator(
        { username },
        { ...(role === undefined ? {} : { role }), ...(disabled === undefined ? {} : { disabled }) },
      );
    }
    case "remove":
      return removeOperator({ username });
    case "resetPassword":
      return resetPassword({ username });
    case "removeSecondFactor":
      return removeSecondFactorOf({ username });
  }
};

export type RunChange = (username: string, change: AccountChange) => Promise<boolean>;

/** Carries a change out and shows what became of it: done, a password to hand over, or that it waits. */
export function useAccountChange(): { readonly run: RunChange; readonly outcome: ReactNode } {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [told, setTold] = useState<PutOperatorData | null>(null);
  const run: RunChange = async (username, change) => {
    try {
      const answer = await ask(username, change);
      await queries.invalidateQueries({ queryKey: ["operators"] });
      if (answer.is === "waiting" || answer.oneTimePassword !== undefined) setTold(answer);
      else void message.success(t("accounts.done"));
      return true;
    } catch (error) {
      void message.error(
        t("accounts.failed", { detail: error instanceof Error ? error.message : String(error) }),
      );
      return false;
    }
  };
  return { run, outcome: <AccountOutcome told={told} onClose={() => setTold(null)} /> };
}
