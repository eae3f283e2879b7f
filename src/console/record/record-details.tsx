import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordView } from "../../ports/record-view.ts";
import { evidenceAddress } from "../api/site.ts";
import { en } from "../texts/en.ts";
import {
  attackFramesOf,
  type FaceFigures,
  faceFigures,
  type LivenessFigures,
  livenessOf,
  plainFacts,
  timingsOf,
  voteFigures,
} from "./face-facts.ts";
import { factName } from "./fact-name.ts";

/** Everything the record carries: why it was decided like this. */
export function RecordDetails(props: {
  readonly record: RecordView;
  /** Hash of the picture to show beside it. */
  readonly evidence: string | null;
}) {
  const { t } = useTranslation();
  const { record, evidence } = props;
  const figures = faceFigures(record);
  const vote = voteFigures(record);
  const timings = timingsOf(record);
  const liveness = livenessOf(record);
  const attack = attackFramesOf(record).filter((hash) => hash !== evidence);
  return (
    <div className="record-details">
      {evidence === null ? null : <Evidence hash={evidence} />}
      {attack.map((hash) => (
        <Evidence key={hash} hash={hash} />
      ))}
      <div>
        {figures === null ? null : <ScoreBar figures={figures} label="score" />}
        {vote === null ? null : <ScoreBar figures={vote} label="vote" />}
        {liveness === null ? null : <Liveness liveness={liveness} />}
        {timings.length === 0 ? null : (
          <dl className="facts" aria-label={t("record.timing")}>
            {timings.map(([name, ms]) => (
              <div key={name}>
                <dt>{factName(t, name)}</dt>
                <dd>{t("record.timingMs", { ms: Math.round(ms) })}</dd>
              </div>
            ))}
          </dl>
        )}
        <dl className="facts" aria-label={t("record.facts")}>
          {plainFacts(record).map(([name, value]) => (
            <div key={name}>
              <dt>{factName(t, name)}</dt>
              <dd title={value}>{value}</dd>
            </div>
          ))}
          <div>
            <dt>{t("record.hash")}</dt>
            <dd>
              <code>{record.hash.slice(0, 16)}…</code>
            </dd>
          </div>
        </dl>
      </div>
    </div>
  );
}

/** What is kept under a hash says only when it is asked for whether it is a picture or a clip. */
function Evidence({ hash }: { readonly hash: string }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<"picture" | "clip" | "nothing">("picture");
  const address = evidenceAddress(hash);
  switch (shown) {
    case "picture":
      return (
        <img className="evidence" src={address} alt={t("record.evidence")} onError={() => setShown("clip")} />
      );
    case "clip":
      return (
        <video
          className="evidence"
          src={address}
          aria-label={t("record.evidence")}
          controls
          muted
          playsInline
          onError={() => setShown("nothing")}
        />
      );
    case "nothing":
      return <p className="empty">{t("record.noEvidence")}</p>;
  }
}

/** The verdict in words; of each cue what it says and by which figures. */
function Liveness({ liveness }: { readonly liveness: LivenessFigures }) {
  const { t } = useTranslation();
  const { verdict, cues } = liveness;
  const word = (says: string): string => (isVerdict(says) ? t(`liveness.says.${says}`) : says);
  return (
    <dl className="facts" aria-label={t("liveness.heading")}>
      <div>
        <dt>{t("liveness.heading")}</dt>
        <dd>{word(verdict)}</dd>
      </div>
      {cues.map(({ cue, says, figures }) => (
        <div key={cue}>
          <dt>{isCue(cue) ? t(`liveness.cue.${cue}`) : cue}</dt>
          <dd title={figures.map(([name, value]) => `${name} ${value}`).join(", ")}>{word(says)}</dd>
        </div>
      ))}
    </dl>
  );
}

const isVerdict = (word: string): word is keyof typeof en.liveness.says =>
  Object.hasOwn(en.liveness.says, word);
const isCue = (word: string): word is keyof typeof en.liveness.cue => Object.hasOwn(en.liveness.cue, word);

const barWidth = 240;

/** Distance of the face from the enrolled one; left of the limit is the same person. */
function ScoreBar(props: { readonly figures: FaceFigures; readonly label: "score" | "vote" }) {
  const { figures, label } = props;
  const { t } = useTranslation();
  const { distance, threshold } = figures;
  const scale = barWidth / Math.max(3 * threshold, 1.1 * distance);
  const same = distance <= threshold;
  const text = t(`record.${label}`, { distance: distance.toFixed(3), threshold: threshold.toFixed(3) });
  return (
    <figure className="score" data-same={same}>
      <figcaption>
        {text}: <strong>{t(same ? "record.scoreBetter" : "record.scoreWorse")}</strong>
      </figcaption>
      <svg viewBox={`-4 0 ${barWidth + 8} 26`} role="img" aria-label={text}>
        <rect className="score-same" x={0} y={9} width={threshold * scale} height={8} rx={2} />
        <rect
          className="score-other"
          x={threshold * scale}
          y={9}
          width={barWidth - threshold * scale}
          height={8}
          rx={2}
        />
        <path className="score-limit" d={`M${threshold * scale} 2v22`} />
        <circle className="score-mark" cx={distance * scale} cy={13} r={6} />
      </svg>
    </figure>
  );
}
