import { useSyncExternalStore } from "react";
import { onTheme, type Theme, type ThemeChoice, themeChoice, themeShown } from "./theme.ts";

export function useTheme(): Theme {
  return useSyncExternalStore(onTheme, themeShown);
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(onTheme, themeChoice);
}
