import { useState } from "react";
import { useTranslation } from "react-i18next";

export function CopyButton({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState("");
  const copy = async (): Promise<void> => {
    try {
      // Only where the page came over TLS, or from the box itself; elsewhere it can be marked by hand.
      await navigator.clipboard.writeText(text);
      setOutcome(t("system.copied"));
    } catch (error) {
      setOutcome(t("system.failed", { detail: error instanceof Error ? error.message : String(error) }));
    }
  };
  return (
    <>
      <button type="button" className="small" onClick={() => void copy()}>
        {t("system.copy")}
      </button>{" "}
      <output className="inline">{outcome}</output>
    </>
  );
}
