import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { evidenceAddress } from "../api/site.ts";
import { useMay } from "../live/use-site.ts";
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

type Loaded =
  | { readonly is: "loading" | "missing" }
  | { readonly is: "picture" | "clip"; readonly url: string };

/** Asked for once: a picture and a clip have the same address, and what they are stands in the answer. */
function Kept({ hash }: { readonly hash: string }) {
  const { t } = useTranslation();
  const [loaded, setLoaded] = useState<Loaded>({ is: "loading" });
  useEffect(() => {
    let url: string | undefined;
    const stop = new AbortController();
    load(hash, stop.signal).then(
      (found) => {
        if ("url" in found) url = found.url;
        if (stop.signal.aborted && url !== undefined) URL.revokeObjectURL(url);
        else setLoaded(found);
      },
      () => stop.signal.aborted || setLoaded({ is: "missing" }),
    );
    return () => {
      stop.abort();
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [hash]);
  switch (loaded.is) {
    case "loading":
      return <p className="empty">{t("cameras.loading")}</p>;
    case "missing":
      return <p className="empty">{t("record.noEvidence")}</p>;
    case "picture":
      return <img className="evidence" src={loaded.url} alt={t("record.evidence")} />;
    case "clip":
      return <video className="evidence" src={loaded.url} controls muted playsInline />;
  }
}

async function load(hash: string, signal: AbortSignal): Promise<Loaded> {
  const answer = await fetch(evidenceAddress(hash), { signal });
  if (!answer.ok) return { is: "missing" };
  const blob = await answer.blob();
  const is = blob.type.startsWith("video/") ? "clip" : "picture";
  return { is, url: URL.createObjectURL(blob) };
}
