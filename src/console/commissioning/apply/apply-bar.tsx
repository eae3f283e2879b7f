import { Button, Input } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { applyDraft, discardDraft } from "../../api/client.ts";
import { isObject } from "../../api/http.ts";
import { saveFile } from "../../api/save-file.ts";
import { Icon } from "../../theme/icons.tsx";
import type { Commissioning, Draft } from "../model.ts";
import { Faults } from "../sections/section-frame.tsx";
import { useKeep } from "../use-commissioning.ts";
import { useRefusalText } from "../use-refusal-text.ts";

/** What is written down and not in use yet: what changes, what is wrong with it, and the button that uses it. */
export function ApplyBar(props: {
  readonly commissioning: Commissioning;
  readonly draft: Draft;
  readonly onApplied: (hash: string) => void;
}) {
  const { t } = useTranslation();
  const keep = useKeep();
  const refusalText = useRefusalText();
  const { draft, commissioning } = props;
  const [reason, setReason] = useState("");
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState("");
  const [waits, setWaits] = useState(false);
  const field = useId();
  if (draft.differences.length === 0 && draft.faults.length === 0) return null;

  const doIt = async (act: () => Promise<void>): Promise<void> => {
    setWorking(true);
    setFailure("");
    try {
      await act();
    } catch (error) {
      setFailure(refusalText(error));
      await keep.again();
    } finally {
      setWorking(false);
    }
  };
  const apply = async (): Promise<void> => {
    const why = reason.trim() || t("commissioning.apply.reasonPlaceholder");
    const answer: unknown = await applyDraft({ hash: draft.hash, reason: why });
    if (isObject(answer) && typeof answer["hash"] === "string") props.onApplied(answer["hash"]);
    else setWaits(true);
  };
  return (
    <section
      id="apply"
      className="commission-card commission-apply"
      aria-label={t("commissioning.apply.title")}
    >
      <h2>
        <Icon name="note" /> {t("commissioning.apply.title")}
      </h2>
      <p>
        {draft.faults.length > 0
          ? t("commissioning.apply.faults", { count: draft.faults.length })
          : t("commissioning.apply.lead", { count: draft.differences.length })}
      </p>
      <Faults faults={draft.faults} />
      <Differences draft={draft} />
      <p className="failure" role="alert">
        {failure}
      </p>
      <output className="commission-saved">{waits ? t("commissioning.apply.waits") : ""}</output>
      {commissioning.mayApply ? (
        <label className="commission-field" htmlFor={field}>
          <span>{t("commissioning.apply.reason")}</span>
          <Input
            id={field}
            size="large"
            maxLength={300}
            value={reason}
            placeholder={t("commissioning.apply.reasonPlaceholder")}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      ) : (
        <p className="commission-remark">{t("commissioning.apply.notHere", { file: commissioning.file })}</p>
      )}
      <div className="commission-actions">
        {commissioning.mayApply ? (
          <Button
            type="primary"
            size="large"
            loading={working}
            disabled={draft.faults.length > 0 || waits}
            onClick={() => void doIt(apply)}
          >
            {t("commissioning.apply.button")}
          </Button>
        ) : (
          <Button
            size="large"
            onClick={() => saveFile("site.yaml", new Blob([draft.yaml], { type: "text/plain" }))}
          >
            {t("commissioning.apply.download")}
          </Button>
        )}
        <Button
          size="large"
          disabled={working}
          onClick={() => void doIt(async () => keep.draft(await discardDraft()))}
        >
          {t("commissioning.apply.discard")}
        </Button>
      </div>
    </section>
  );
}

function Differences({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation();
  const textOf = (value: unknown): string =>
    value === undefined || value === null ? t("commissioning.apply.nothing") : JSON.stringify(value);
  if (draft.differences.length === 0) return null;
  return (
    <details className="commission-more">
      <summary>{t("commissioning.apply.show")}</summary>
      <dl className="commission-differences">
        {draft.differences.map(({ path, before, after }) => (
          <div key={path}>
            <dt>{path}</dt>
            <dd>
              <span>
                {t("commissioning.apply.before")} <del>{textOf(before)}</del>
              </span>
              <span>
                {t("commissioning.apply.after")} <ins>{textOf(after)}</ins>
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
