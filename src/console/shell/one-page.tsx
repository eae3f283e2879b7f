import { useTranslation } from "react-i18next";
import { useWindowTitle } from "../alarms/use-window-title.ts";
import { PageFailure } from "../page-failure.tsx";
import type { ConsolePage } from "./pages.tsx";

/** One page in its frame; what breaks in it breaks nothing around it. */
export function OnePage({ of: { page: Page, text } }: { readonly of: ConsolePage }) {
  const { t } = useTranslation();
  useWindowTitle(`${t(`shell.page.${text}`)} – ${t("app.name")}`);
  return (
    <main className="shell-page" id="page" tabIndex={-1}>
      <PageFailure key={text}>
        <Page />
      </PageFailure>
    </main>
  );
}
