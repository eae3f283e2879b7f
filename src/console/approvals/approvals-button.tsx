import "./approvals.css";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Approvals, fetchApprovals } from "../api/approvals.ts";
import type { Session } from "../api/session.ts";
import { useSite } from "../live/use-site.ts";
import { ApprovalItem } from "./approval-item.tsx";

const decides = /^Approval/;

/** What waits for a second operator, from wherever the page is. */
export function ApprovalsButton({ session }: { readonly session: Session }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [known, setKnown] = useState<Approvals>({ inForce: false, approvals: [] });
  const [notice, setNotice] = useState("");
  const ask = useCallback((): void => {
    // A lost server is said elsewhere; what is shown stays until it is back.
    void fetchApprovals().then(setKnown, () => undefined);
  }, []);
  const news = useSite().records.find(({ type }) => decides.test(type))?.seq;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when one was proposed or decided
  useEffect(ask, [ask, news]);
  const open = (): void => {
    setNotice("");
    ask();
    dialog.current?.showModal();
  };
  const { approvals, inForce } = known;
  return (
    <>
      <button type="button" className="quiet approvals-button" onClick={open}>
        {t("operators.approvals.button")}
        {approvals.length === 0 ? null : (
          <span className="approvals-count">
            <span aria-hidden="true">{approvals.length}</span>
            <span className="visually-hidden">
              {t("operators.approvals.count", { number: approvals.length })}
            </span>
          </span>
        )}
      </button>
      <dialog ref={dialog} className="approvals" aria-labelledby="approvals-heading">
        <h2 id="approvals-heading">{t("operators.approvals.heading")}</h2>
        {inForce ? null : <p className="approvals-off">{t("operators.approvals.off")}</p>}
        {approvals.length === 0 ? <p>{t("operators.approvals.none")}</p> : null}
        <ul>
          {approvals.map((approval) => (
            <ApprovalItem
              key={approval.id}
              approval={approval}
              session={session}
              onDecided={(said) => {
                setNotice(said);
                ask();
              }}
            />
          ))}
        </ul>
        <output className="approvals-notice">{notice}</output>
        <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
          {t("operators.approvals.close")}
        </button>
      </dialog>
    </>
  );
}
