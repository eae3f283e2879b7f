import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { SiteState } from "../../ports/controller-services.ts";
import { getCheckpoint, getJournalKey, type VerifyJournalData, verifyJournal } from "../api/client.ts";
import { saveFile } from "../api/save-file.ts";
import { Fact } from "../health/fact.tsx";
import { useMay } from "../live/use-site.ts";
import { useElapsed } from "../reports/use-elapsed.ts";
import { useSiteTime } from "../texts/use-site-time.ts";
import { CopyButton } from "./copy-button.tsx";
import { failureText } from "./failure.ts";
import { lengthText } from "./lengths.ts";
import { Panel } from "./panel.tsx";
import { RecordProof } from "./record-proof.tsx";
import { useSiteNow } from "./use-site-now.ts";

/** A million records take a slow board minutes. */
const patience = 900_000;

export function JournalPanel({ state }: { readonly state: SiteState }) {
  const { t } = useTranslation();
  const { first, last, proofs } = state.journal;
  const mayVerify = useMay("verifyJournal");
  return (
    <Panel title={t("system.journal")} wide>
      <p>{t("system.journalSpan", { first, last })}</p>
      {proofs === undefined ? (
        <Fact good={false} mild>
          {t("system.unsigned")}
        </Fact>
      ) : (
        <>
          <Fact good>{t("system.signed", { seq: proofs.signed })}</Fact>
          <Witness state={state} witness={proofs.witness} />
        </>
      )}
      {mayVerify ? (
        <>
          <Verification records={last - first + 1} />
          {proofs === undefined ? null : (
            <>
              <PublicKey />
              <RecordProof last={last} />
            </>
          )}
        </>
      ) : null}
    </Panel>
  );
}

type WitnessView = NonNullable<SiteState["journal"]["proofs"]>["witness"];

function Witness({ state, witness }: { readonly state: SiteState; readonly witness: WitnessView }) {
  const { t } = useTranslation();
  const now = useSiteNow(state);
  if (witness === null)
    return (
      <Fact good={false} mild>
        {t("system.noWitness")}
      </Fact>
    );
  const { size, at, state: standing, detail } = witness;
  const good = standing === "good" || (standing === "waiting" && detail === null);
  return (
    <Fact good={good}>
      {t(`system.witnessState.${standing}`)}{" "}
      {size === null || at === null
        ? t("health.witnessNever")
        : t("system.witnessed", { seq: size, ago: lengthText(t, now - Date.parse(at)) })}
      {detail === null || good ? null : ` · ${detail}`}
    </Fact>
  );
}

function Verification({ records }: { readonly records: number }) {
  const { t } = useTranslation();
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => verifyJournal({ timeoutMs: patience }),
  });
  const seconds = useElapsed(isPending);
  return (
    <div className="system-action">
      <button type="button" className="primary" disabled={isPending} onClick={() => mutate()}>
        {t("system.verify")}
      </button>
      <output>
        {isPending ? (
          <>
            {t("system.verifying", { number: records, seconds })} <progress aria-label={t("system.verify")} />
          </>
        ) : null}
        {error === null ? null : <span className="failure">{failureText(t, error)}</span>}
        {data === undefined || isPending ? null : <Verdict verdict={data} />}
      </output>
    </div>
  );
}

function Verdict({ verdict }: { readonly verdict: VerifyJournalData }) {
  const { t } = useTranslation();
  const { clock, date } = useSiteTime();
  if (!verdict.intact) {
    const { seq, fault, detail } = verdict;
    return <Fact good={false}>{t("system.broken", { seq, fault: t(`system.fault.${fault}`), detail })}</Fact>;
  }
  const { records, first, last, head, signed, witnessed } = verdict;
  const at = witnessed === undefined ? "" : new Date(witnessed.posixSeconds * 1_000).toISOString();
  return (
    <>
      <Fact good>
        {t("system.intact", { records, first, last })}{" "}
        {signed === undefined ? null : t("system.intactSigned", { seq: signed })}{" "}
        {witnessed === undefined
          ? null
          : t("system.intactWitnessed", { seq: witnessed.size, time: `${date(at)} ${clock(at)}` })}
      </Fact>
      <p className="panel-lead">
        {t("system.pair", { name: t("system.head"), value: "" })}
        <code>{head}</code>
      </p>
    </>
  );
}

function PublicKey() {
  const { t } = useTranslation();
  const key = useQuery({
    queryKey: ["journal", "key"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => getJournalKey({ signal }),
  });
  const checkpoint = useMutation({
    mutationFn: async () => {
      const made = await getCheckpoint();
      saveFile(`journal-checkpoint-${made.size}.txt`, new Blob([made.note], { type: "text/plain" }));
    },
  });
  return (
    <div className="system-key">
      <h4>{t("system.key")}</h4>
      <p className="panel-lead">{t("system.keyLead")}</p>
      {key.error === null ? null : <p className="failure">{failureText(t, key.error)}</p>}
      {key.data === undefined ? null : (
        <p>
          <code>{key.data.key}</code> <CopyButton text={key.data.key} />
        </p>
      )}
      <button type="button" disabled={checkpoint.isPending} onClick={() => checkpoint.mutate()}>
        {t("system.checkpoint")}
      </button>
      <output className="failure">{checkpoint.error === null ? "" : failureText(t, checkpoint.error)}</output>
    </div>
  );
}
