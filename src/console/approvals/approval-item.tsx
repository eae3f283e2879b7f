import { useState } from "react";
import { useTranslation } from "react-i18next";
import { hasRight } from "../../domain/operator/rights.ts";
import { approvalPicture, confirmApproval, type WaitingApproval } from "../api/approvals.ts";
import { rejectApproval } from "../api/client.ts";
import { ApiError } from "../api/http.ts";
import type { Session } from "../api/session.ts";
import { DraftNote } from "../session/draft-note.tsx";
import { useDraft } from "../session/use-draft.ts";
import { en } from "../texts/en.ts";
import { localeOf } from "../texts/locale.ts";
import { personName } from "../texts/person-name.ts";
import { useLanguage } from "../texts/use-language.ts";

const longestComment = 500;

/** One proposal: what it is about, before and after, and the two answers. */
export function ApprovalItem(props: {
  readonly approval: WaitingApproval;
  readonly session: Session;
  readonly onDecided: (notice: string) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { approval, session } = props;
  const { id, action, proposedBy, weakens, reason } = approval;
  const about = useSubject(approval.subject);
  const draft = useDraft(`approval ${approval.id}`);
  const { text: comment, setText: setComment } = draft;
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState("");
  const own = proposedBy === session.username;
  const until = new Date(approval.until).toLocaleString(localeOf(language));

  const decide = async (answer: () => Promise<string>): Promise<void> => {
    setWorking(true);
    setFailure("");
    try {
      const notice = await answer();
      setComment("");
      props.onDecided(notice);
    } catch (error) {
      const detail = error instanceof ApiError ? error.message : String(error);
      setFailure(t("operators.approvals.failed", { detail }));
      setWorking(false);
    }
  };
  const confirm = async (): Promise<string> => {
    const half = await confirmApproval(id, comment.trim());
    const done = t("operators.approvals.confirmed");
    return half === null ? done : `${done} ${t("operators.approvals.half", { half })}`;
  };
  const reject = async (): Promise<string> => {
    await rejectApproval({ id }, { comment: comment.trim() });
    return t("operators.approvals.rejected");
  };

  return (
    <li className="approval">
      <h3>{t(`operators.action.${action}`)}</h3>
      <p className="approval-by">{t("operators.approvals.proposed", { operator: proposedBy, until })}</p>
      <dl>
        <dt>{t("operators.approvals.subject")}</dt>
        <dd>{about}</dd>
        {reason === "" ? null : (
          <>
            <dt>{t("operators.approvals.why")}</dt>
            <dd>{reason}</dd>
          </>
        )}
        <Facts label={t("operators.approvals.before")} facts={approval.before} />
        <Facts label={t("operators.approvals.after")} facts={approval.after} />
        {weakens.length === 0 ? null : (
          <>
            <dt>{t("operators.approvals.weakens")}</dt>
            <dd className="approval-weakens">
              {weakens.map((one) => (
                <div key={one.en}>{one[language]}</div>
              ))}
            </dd>
          </>
        )}
      </dl>
      {approval.picture && hasRight(session.role, "seePhotos") ? (
        <img src={approvalPicture(id)} alt={t("operators.approvals.picture")} />
      ) : null}
      {own ? <p>{t("operators.approvals.own")}</p> : null}
      <input
        value={comment}
        onChange={(event) => setComment(event.target.value)}
        placeholder={t("operators.approvals.comment")}
        aria-label={t("operators.approvals.comment")}
        maxLength={longestComment}
      />
      <DraftNote of={draft} />
      <div className="approval-answers">
        {own ? null : (
          <button type="button" className="primary" disabled={working} onClick={() => void decide(confirm)}>
            {t("operators.approvals.confirm")}
          </button>
        )}
        <button type="button" disabled={working} onClick={() => void decide(reject)}>
          {t(own ? "operators.approvals.takeBack" : "operators.approvals.reject")}
        </button>
      </div>
      <p className="failure" role="alert">
        {failure}
      </p>
    </li>
  );
}

/** Whom or what it is about, in words where there are any; of a person the id too, for names are not unique. */
function useSubject({
  cardholder,
  cardholderName,
  name,
  door,
  vestibule,
  operator,
}: WaitingApproval["subject"]): string {
  const { t } = useTranslation();
  const language = useLanguage();
  const person = cardholderName === undefined ? undefined : personName(cardholderName, language);
  const where = door === "outer" || door === "inner" ? t(`door.${door}`) : door;
  const rule = name !== undefined && isRuleKind(name) ? t(`rules.kind.${name}`) : name;
  return [vestibule, where, operator, person, cardholder, rule]
    .filter((one) => one !== undefined)
    .join(" · ");
}

const isRuleKind = (name: string): name is keyof typeof en.rules.kind => Object.hasOwn(en.rules.kind, name);

function Facts(props: { readonly label: string; readonly facts: WaitingApproval["before"] }) {
  if (props.facts === null) return null;
  return (
    <>
      <dt>{props.label}</dt>
      <dd>
        {Object.entries(props.facts).map(([name, value]) => (
          <div key={name}>
            <code>
              {name}: {typeof value === "string" ? value : JSON.stringify(value)}
            </code>
          </div>
        ))}
      </dd>
    </>
  );
}
