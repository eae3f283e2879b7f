import { Button, Input } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { endCommissioning } from "../../api/client.ts";
import { useSession } from "../../shell/session-context.ts";
import type { Commissioning } from "../model.ts";
import { TextField } from "../sections/fields.tsx";
import { useKeep } from "../use-commissioning.ts";
import { useRefusalText } from "../use-refusal-text.ts";

/** Making and signing the PDFs takes a while on a small box. */
const signingMs = 60_000;

/** What remains to be done, in the installer's words, and the end. */
export function EndForm({ commissioning }: { readonly commissioning: Commissioning }) {
  const { t } = useTranslation();
  const keep = useKeep();
  const refusalText = useRefusalText();
  const { username } = useSession();
  const [points, setPoints] = useState<readonly string[]>([]);
  const [point, setPoint] = useState("");
  const [comment, setComment] = useState("");
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState("");
  const field = useId();
  const hindrance =
    commissioning.running !== null ? "running" : commissioning.draft.differs ? "differs" : undefined;
  const add = (): void => {
    if (point.trim() === "") return;
    setPoints([...points, point.trim()]);
    setPoint("");
  };
  const end = async (): Promise<void> => {
    setWorking(true);
    setFailure("");
    try {
      const openPoints = [...points, ...(point.trim() === "" ? [] : [point.trim()])];
      keep.commissioning(
        await endCommissioning({ comment: comment.trim(), openPoints }, { timeoutMs: signingMs }),
      );
    } catch (error) {
      setFailure(refusalText(error));
    } finally {
      setWorking(false);
    }
  };
  return (
    <section className="commission-card" aria-labelledby="end-title">
      <h3 id="end-title">{t("commissioning.report.sign")}</h3>
      <TextField label={t("commissioning.report.add")} value={point} onChange={setPoint} />
      <div className="commission-actions">
        <Button size="large" disabled={point.trim() === "" || points.length >= 50} onClick={add}>
          {t("commissioning.report.addButton")}
        </Button>
      </div>
      <ul className="commission-open">
        {points.map((one, index) => (
          <li key={one}>
            <span>{one}</span>
            <Button
              size="large"
              aria-label={t("commissioning.report.remove", { point: one })}
              onClick={() => setPoints(points.toSpliced(index, 1))}
            >
              ✕
            </Button>
          </li>
        ))}
      </ul>
      <div className="commission-field">
        <label htmlFor={field}>{t("commissioning.report.comment")}</label>
        <Input.TextArea
          id={field}
          rows={3}
          maxLength={1000}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </div>
      <p>{t("commissioning.report.signLead", { operator: username })}</p>
      {hindrance === undefined ? null : (
        <p className="commission-remark">{t(`commissioning.report.${hindrance}`)}</p>
      )}
      <p className="failure" role="alert">
        {failure}
      </p>
      <div className="commission-actions">
        <Button
          type="primary"
          size="large"
          disabled={hindrance !== undefined}
          loading={working}
          onClick={() => void end()}
        >
          {t("commissioning.report.sign")}
        </Button>
      </div>
    </section>
  );
}
