import { useTranslation } from "react-i18next";
import { chooseTheme, themeChoices } from "./theme.ts";
import { useThemeChoice } from "./use-theme.ts";

/** Steps through as the system has it, light, dark. */
export function ThemeToggle() {
  const { t } = useTranslation();
  const choice = useThemeChoice();
  const next = themeChoices[(themeChoices.indexOf(choice) + 1) % themeChoices.length] ?? "auto";
  return (
    <button
      type="button"
      className="quiet"
      aria-label={t("shell.themeLabel", { now: t(`shell.theme.${choice}`), next: t(`shell.theme.${next}`) })}
      onClick={() => chooseTheme(next)}
    >
      {t(`shell.theme.${choice}`)}
    </button>
  );
}
