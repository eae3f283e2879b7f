import type { TFunction } from "i18next";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { eventsAsCsv } from "../api/client.ts";
import { ApiError } from "../api/http.ts";
import { saveFile } from "../api/save-file.ts";
import { patience } from "../reports/report-calls.ts";
import { useElapsed } from "../reports/use-elapsed.ts";
import { whyNot } from "../reports/why-not.ts";
import { useLanguage } from "../texts/use-language.ts";
import { useSiteTime } from "../texts/use-site-time.ts";
import type { EventFilters } from "./event-filters.ts";
import { queryOf } from "./event-filters.ts";

type State =
  | { readonly is: "idle" }
  | { readonly is: "making"; readonly abort: AbortController }
  | { readonly is: "saved"; readonly file: string }
  | { readonly is: "failed"; readonly error: unknown };

/** The search as it is shown, as a file. `filters` keeps its identity while it is the same. */
export function EventExport({ filters }: { readonly filters: EventFilters }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { timeZone } = useSiteTime();
  const [state, setState] = useState<State>({ is: "idle" });
  const seconds = useElapsed(state.is === "making");
  const underWay = useRef<AbortController | null>(null);
  // Whoever leaves, or searches for something else, does not wait for it any more.
  useEffect(() => () => underWay.current?.abort(), []);
  const save = async (): Promise<void> => {
    const abort = new AbortController();
    underWay.current = abort;
    setState({ is: "making", abort });
    try {
      const { limit: _page, ...search } = queryOf(filters, timeZone);
      const options = { signal: abort.signal, timeoutMs: patience };
      const content = await eventsAsCsv({ ...search, lang: language }, options);
      if (!(content instanceof Blob)) throw new TypeError("what came is no file");
      const file = `events-${new Date().toISOString().slice(0, 16).replaceAll(":", "")}Z.csv`;
      saveFile(file, content);
      setState({ is: "saved", file });
    } catch (error) {
      setState(abort.signal.aborted ? { is: "idle" } : { is: "failed", error });
    }
  };
  return (
    <div className="save-buttons">
      <button
        type="button"
        className="small"
        disabled={state.is === "making"}
        title={t("events.csvAbout")}
        onClick={() => void save()}
      >
        {t("events.csv")}
      </button>
      {state.is === "making" ? (
        <button type="button" className="small quiet" onClick={() => state.abort.abort()}>
          {t("reports.cancel")}
        </button>
      ) : null}
      <output>
        {state.is === "making" ? t("reports.making", { seconds }) : null}
        {state.is === "saved" ? t("reports.files.saved", { file: state.file }) : null}
        {state.is === "failed" ? <span className="failure">{whyNotSaved(t, state.error)}</span> : null}
      </output>
    </div>
  );
}

/** A period is one way to narrow a search among others. */
function whyNotSaved(t: TFunction, error: unknown): string {
  if (!(error instanceof ApiError) || error.code !== "report-too-large") return whyNot(t, error);
  const { most, of } = error.content;
  return typeof most === "number" && of === "rows" ? t("reports.failed.tooMany", { most }) : whyNot(t, error);
}
