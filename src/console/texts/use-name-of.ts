import { useCallback, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useSiteConnection } from "../live/use-site.ts";
import { personName } from "./person-name.ts";
import { useLanguage } from "./use-language.ts";

/** A cardholder's name by id, fetched when it is shown; whoever was deleted, or is not for this role, has none. */
export function useNameOf(): (id: string) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  const { names } = useSiteConnection();
  const may = useMay("seePeople");
  const lookUp = useSyncExternalStore(names.subscribe, names.lookUp);
  return useCallback(
    (id) => {
      if (!may) return t("somebody");
      const name = lookUp(id);
      if (name === undefined) return "…";
      return name === null ? t("unknownPerson") : personName(name, language);
    },
    [lookUp, may, language, t],
  );
}
