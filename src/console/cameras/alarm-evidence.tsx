import { useState } from "react";
import { useTranslation } from "react-i18next";
import { evidenceAddress } from "../api/site.ts";
import { useMay } from "../live/use-site.ts";
import { useFetchedPicture } from "./use-fetched-picture.ts";
import "./cameras.css";

/** The pictures and clips kept with an alarm, newest first; each is fetched on request only: who looked is recorded. */
export function AlarmEvidence({ hashes }: { readonly hashes: readonly string[] }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  if (!useMay("seeEvidence") || hashes.length === 0) return null;
  const newestFirst = hashes.toReversed();
  const toggle = (hash: string): void => {
    const next = new Set(shown);
    if (!next.delete(hash)) next.add(hash);
    setShown(next);
  };
  return (
    <section className="alarm-cameras" aria-label={t("cameras.evidence")}>
      <h3>{t("cameras.evidence")}</h3>
      <div className="alarm-camera-buttons">
        {newestFirst.map((hash, index) => (
          <button
            key={hash}
            type="button"
            className="small"
            aria-pressed={shown.has(hash)}
            onClick={() => toggle(hash)}
          >
            {t("cameras.evidenceNumber", { number: hashes.length - index })}
          </button>
        ))}
      </div>
      <div className="live-views">
        {newestFirst
          .filter((hash) => shown.has(hash))
          .map((hash) => (
            <Kept key={hash} hash={hash} />
          ))}
      </div>
    </section>
  );
}

/** A picture and a clip have the same kind of address, and what they are stands in the answer. */
export function Kept({ hash }: { readonly hash: string }) {
  const { t } = useTranslation();
  const fetched = useFetchedPicture(evidenceAddress(hash));
  switch (fetched.is) {
    case "none":
    case "loading":
      return <p className="empty">{t("cameras.loading")}</p>;
    case "missing":
      return <p className="empty">{t("record.noEvidence")}</p>;
    case "picture":
      return <img className="evidence" src={fetched.url} alt={t("record.evidence")} />;
    case "clip":
      return (
        <video
          className="evidence"
          src={fetched.url}
          aria-label={t("record.evidence")}
          controls
          muted
          playsInline
        />
      );
  }
}
