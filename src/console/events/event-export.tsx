import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { eventsAsCsv } from "../api/client.ts";
import { ApiError } from "../api/http.ts";
import { saveFile } from "../api/save-file.ts";
import { patience } from "../reports/report-calls.ts";
import { SavingState, useSaving } from "../reports/saving.tsx";
import { whyNot } from "../reports/why-not.ts";
import { useLanguage } from "../texts/use-language.ts";
import { useSiteTime } from "../texts/use-site-time.ts";
import type { EventFilters } from "./event-filters.ts";
import { queryOf } from "./event-filters.ts";

/** The search as it is shown, as a file. */
export function EventExport({ filters }: { readonly filters: EventFilters }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { timeZone } = useSiteTime();
  const { state, save } = useSaving();
  const saveSearch = (): Promise<void> => {
    const file = `events-${new Date().toISOString().slice(0, 16).replaceAll(":", "")}Z.csv`;
    return save(file, async (signal) => {
      const { limit: _page, ...search } = queryOf(filters, timeZone);
      const content = await eventsAsCsv({ ...search, lang: language }, { signal, timeoutMs: patience });
      if (!(content instanceof Blob)) throw new TypeError("what came is no file");
      saveFile(file, content);
    });
  };
  return (
    <div className="save-buttons">
      <button
        type="button"
        className="small"
        disabled={state.is === "making"}
        title={t("events.csvAbout")}
        onClick={() => void saveSearch()}
      >
        {t("events.csv")}
      </button>
      <SavingState state={state} whyNot={whyNotSaved} />
    </div>
  );
}

/** A period is one way to narrow a search among others. */
function whyNotSaved(t: TFunction, error: unknown): string {
  if (!(error instanceof ApiError) || error.code !== "report-too-large") return whyNot(t, error);
  const { most, of } = error.content;
  return typeof most === "number" && of === "rows" ? t("reports.failed.tooMany", { most }) : whyNot(t, error);
}
