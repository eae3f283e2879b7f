import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { resetPresence } from "../api/client.ts";
import { ApiError } from "../api/http.ts";
import { DraftNote } from "../session/draft-note.tsx";
import { useDraft } from "../session/use-draft.ts";

const areas = ["outside", "vestibule", "secure"] as const;

/** Whom to put where: one person behind a door pair, or everybody outside. */
export interface Reset {
  readonly cardholder: string | null;
  readonly name: string;
  readonly vestibule: string | null;
}

/** A3: what the journal believes is put right, with a reason. */
export function ResetForm({ reset, onClose }: { readonly reset: Reset; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [area, setArea] = useState<string>("outside");
  const draft = useDraft(`reset ${reset.cardholder ?? "everybody"}`);
  const { text: reason, setText: setReason } = draft;
  const [areaId, reasonId, titleId] = [useId(), useId(), useId()];
  const queries = useQueryClient();
  const { cardholder, vestibule } = reset;
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => {
      const where = areas.find((name) => name === area);
      return resetPresence({
        reason,
        ...(cardholder === null ? { all: true } : { cardholder }),
        ...(where === undefined ? {} : { area: where }),
        ...(vestibule === null || where === undefined || where === "outside" ? {} : { vestibule }),
      });
    },
    onSuccess: async () => {
      setReason("");
      onClose();
      await queries.invalidateQueries({ queryKey: ["presence"] });
    },
  });
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog className="reset-form" ref={dialog} onClose={onClose} aria-labelledby={titleId}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        <h3 id={titleId}>
          {cardholder === null
            ? t("peopleNow.resetAllTitle")
            : t("peopleNow.resetTitle", { name: reset.name })}
        </h3>
        <p>{t("peopleNow.resetLead")}</p>
        {cardholder === null ? null : (
          <p className="event-field">
            <label htmlFor={areaId}>{t("peopleNow.where")}</label>
            <select id={areaId} value={area} onChange={(event) => setArea(event.target.value)}>
              {areas.map((name) => (
                <option key={name} value={name}>
                  {t(`peopleNow.area.${name}`)}
                </option>
              ))}
              <option value="">{t("peopleNow.unknownArea")}</option>
            </select>
          </p>
        )}
        <p className="event-field">
          <label htmlFor={reasonId}>{t("peopleNow.why")}</label>
          <input
            id={reasonId}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            maxLength={500}
            required
          />
        </p>
        <DraftNote of={draft} />
        <p className="failure" role="alert">
          {error === null ? "" : failureText(t, error)}
        </p>
        <p className="reset-buttons">
          <button type="button" onClick={onClose}>
            {t("peopleNow.cancel")}
          </button>
          <button type="submit" className="primary" disabled={isPending || reason.trim() === ""}>
            {t("peopleNow.confirm")}
          </button>
        </p>
      </form>
    </dialog>
  );
}

function failureText(t: TFunction, error: Error): string {
  if (error instanceof ApiError && error.code === "self-service") return t("peopleNow.oneself");
  return t("peopleNow.refused", { detail: error.message });
}
