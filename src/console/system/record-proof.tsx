import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { proveInclusion } from "../api/client.ts";
import { saveFile } from "../api/save-file.ts";
import { failureText } from "./failure.ts";

/** That one record is in the signed journal, to take along. */
export function RecordProof({ last }: { readonly last: number }) {
  const { t } = useTranslation();
  const id = useId();
  const [seq, setSeq] = useState("");
  const proof = useMutation({
    mutationFn: async (number: number) => {
      const proven = await proveInclusion({ seq: number });
      const text = `${JSON.stringify(proven, null, 2)}\n`;
      saveFile(`journal-proof-${proven.seq}.json`, new Blob([text], { type: "application/json" }));
      return proven;
    },
  });
  return (
    <form
      className="system-proof"
      onSubmit={(event) => {
        event.preventDefault();
        proof.mutate(Number(seq));
      }}
    >
      <h4>{t("system.proof")}</h4>
      <p className="panel-lead">{t("system.proofLead")}</p>
      <div className="system-action">
        <label htmlFor={id}>{t("system.record")}</label>
        <input
          id={id}
          type="number"
          min={1}
          max={last}
          required
          value={seq}
          onChange={({ target }) => setSeq(target.value)}
        />
        <button type="submit" disabled={proof.isPending}>
          {t("system.prove")}
        </button>
        <output>
          {proof.data === undefined
            ? null
            : t("system.proofMade", { seq: proof.data.seq, size: proof.data.size })}
          {proof.error === null ? null : <span className="failure">{failureText(t, proof.error)}</span>}
        </output>
      </div>
    </form>
  );
}
