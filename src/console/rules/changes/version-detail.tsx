import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Spin, Tag } from "antd";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type GetVersionData, getVersion, previewRevert, revertToVersion } from "../../api/client.ts";
import { ApiError } from "../../api/http.ts";
import { useMay } from "../../live/use-site.ts";
import { useLanguage } from "../../texts/use-language.ts";
import { useSiteTime } from "../../texts/use-site-time.ts";
import { kindText } from "../rule-words.ts";
import { SaveDialog } from "../save-dialog.tsx";
import { DifferenceTable, WeakeningList } from "./difference-table.tsx";
import { WaitingChanges } from "./waiting-changes.tsx";

/** One version: what it changed, in words and as it is kept, and the way back to it. */
export function VersionDetail({ id }: { readonly id: number }) {
  const { t } = useTranslation();
  const { data, isPending, error } = useQuery({
    queryKey: ["rules", "version", id],
    queryFn: ({ signal }) => getVersion({ id }, { signal }),
    retry: false,
  });
  return (
    <>
      <p className="changes-back">
        <Link to="/changes">← {t("rulePages.changes.back")}</Link>
      </p>
      {isPending ? <Spin description={t("rulePages.loading")} /> : null}
      {error === null ? null : (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={
            error instanceof ApiError && error.status === 404
              ? t("rulePages.changes.missing")
              : t("rulePages.failed", { detail: error.message })
          }
        />
      )}
      {data === undefined ? null : <Detail version={data} />}
    </>
  );
}

function Detail({ version }: { readonly version: GetVersionData }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { date, clock } = useSiteTime();
  const { kind, operator, approver, reason, weakens, weakensInAll, before, after } = version;
  const more = weakensInAll - (weakens?.length ?? 0);
  const isFirstFile = kind === "site-file" && before === null;
  return (
    <>
      <header className="rules-head">
        <div>
          <h2>
            {t("rulePages.changes.detail", { kind: kindText(kind, t), version: version.version })}{" "}
            {version.inForce ? <Tag color="success">{t("rulePages.changes.inForce")}</Tag> : null}
            {version.fromFile ? <Tag>{t("rulePages.changes.fromFile")}</Tag> : null}
          </h2>
          <p>
            {date(version.at)} {clock(version.at)} · {operator ?? t("rulePages.changes.nobody")}
            {approver === null ? "" : ` · ${t("rulePages.changes.confirmedBy", { name: approver })}`}
          </p>
        </div>
        <Revert version={version} />
      </header>
      <WaitingChanges kind={kind} />
      <section className="rules-panel" aria-labelledby="why">
        <h3 id="why">{t("rulePages.changes.why")}</h3>
        <p className="changes-reason">{reason === "" ? t("rulePages.changes.noReason") : reason}</p>
        {weakens === null || weakens.length === 0 ? null : (
          <WeakeningList
            weakens={more > 0 ? [...weakens, bothLanguages(more, t)] : weakens}
            language={language}
          />
        )}
      </section>
      <section className="rules-panel" aria-labelledby="differences">
        <h3 id="differences">{t("rulePages.changes.differences")}</h3>
        {isFirstFile ? (
          <p className="rules-soft">{t("rulePages.changes.firstFile")}</p>
        ) : (
          <DifferenceTable kind={kind} before={before} after={after} />
        )}
        <details className="raw">
          <summary>{t("rulePages.changes.rawBefore")}</summary>
          <pre>{JSON.stringify(before, null, 2)}</pre>
        </details>
        <details className="raw">
          <summary>{t("rulePages.changes.rawAfter")}</summary>
          <pre>{JSON.stringify(after, null, 2)}</pre>
        </details>
      </section>
    </>
  );
}

const bothLanguages = (number: number, t: TFunction) => {
  const text = t("rulePages.changes.weakensMore", { number });
  return { en: text, zh: text };
};

/** First what would be different, then why; the newest is taken back, an older one holds again. */
function Revert({ version }: { readonly version: GetVersionData }) {
  const { t } = useTranslation();
  const may = useMay("changeRules");
  const queries = useQueryClient();
  const [looking, setLooking] = useState(false);
  const { id, kind, inForce } = version;
  const preview = useQuery({
    queryKey: ["rules", "revert-preview", id],
    queryFn: ({ signal }) => previewRevert({ id }, { signal }),
    enabled: may && kind !== "site-file",
    retry: false,
  });
  if (!may) return null;
  if (kind === "site-file") return <p className="rules-soft">{t("rulePages.changes.revertFile")}</p>;
  const reread = (): Promise<void> => queries.invalidateQueries({ queryKey: ["rules"] });
  const { data } = preview;
  return (
    <div className="rules-actions">
      <Button
        type="primary"
        disabled={data === undefined || data.same || data.faults.length > 0}
        onClick={() => setLooking(true)}
      >
        {t(inForce ? "rulePages.changes.revertNewest" : "rulePages.changes.revert")}
      </Button>
      {looking && data !== undefined ? (
        <SaveDialog
          kind={kind}
          title={t("rulePages.changes.revertTitle")}
          preview={data}
          save={(facts) => revertToVersion({ id }, facts)}
          onSaved={reread}
          onMoved={reread}
          onClose={() => setLooking(false)}
        />
      ) : null}
    </div>
  );
}
