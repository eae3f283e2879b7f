import "./antd.css";
import { App, ConfigProvider, type ThemeConfig, theme } from "antd";
import en from "antd/locale/en_US";
import zh from "antd/locale/zh_CN";
import type { ReactNode } from "react";
import { useLanguage } from "../texts/use-language.ts";
import { useTheme } from "../theme/use-theme.ts";
import { styleNonce } from "./style-nonce.ts";

/** antd in the console's colours; everything of its library stands inside. */
export function Antd({ children }: { readonly children: ReactNode }) {
  const language = useLanguage();
  const shown = useTheme();
  return (
    <ConfigProvider
      locale={language === "zh" ? zh : en}
      theme={themes[shown]}
      csp={{ nonce: styleNonce() }}
      button={{ autoInsertSpace: false }}
    >
      <App>{children}</App>
    </ConfigProvider>
  );
}

const shared = {
  // base.css then takes every animation away, and antd would wait for their end with its dialogs still invisible.
  motion: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
  borderRadius: 8,
  fontFamily: "var(--font)",
  fontSize: 15,
  fontSizeHeading2: 22,
  fontSizeHeading3: 18,
} as const;

/** The values of theme/tokens.css: antd computes shades from them, which it cannot do from a variable. */
const themes: Readonly<Record<"light" | "dark", ThemeConfig>> = {
  light: {
    algorithm: theme.defaultAlgorithm,
    token: {
      ...shared,
      colorPrimary: "#0f4c5c",
      colorLink: "#0a5a9c",
      colorInfo: "#0a5a9c",
      colorInfoBg: "#dfeefb",
      colorSuccess: "#14683a",
      colorSuccessBg: "#dcf3e4",
      colorWarning: "#7a4a00",
      colorWarningBg: "#fff0cf",
      colorError: "#a3231b",
      colorErrorBg: "#fde5e2",
      colorBgLayout: "#eef1f4",
      colorTextBase: "#16242e",
      ...softInk("#506171"),
    },
  },
  dark: {
    algorithm: theme.darkAlgorithm,
    token: {
      ...shared,
      colorPrimary: "#58b6cb",
      colorLink: "#92ccff",
      colorInfo: "#92ccff",
      colorInfoBg: "#16324b",
      colorSuccess: "#7fdca2",
      colorSuccessBg: "#143524",
      colorWarning: "#ffd27a",
      colorWarningBg: "#3d2e0d",
      colorError: "#ffaaa0",
      colorErrorBg: "#45201c",
      colorBgBase: "#18222a",
      colorBgLayout: "#10171d",
      colorTextBase: "#e8eef3",
      ...softInk("#a3b3c1"),
    },
    // A pale button in the dark has dark words on it.
    components: { Button: { primaryColor: "#08161b", dangerColor: "#08161b" } },
  },
};

/** Its own greys are too pale to be read by everybody (WCAG 1.4.3). */
function softInk(ink: string) {
  return {
    colorTextSecondary: ink,
    colorTextTertiary: ink,
    colorTextDescription: ink,
    colorTextPlaceholder: ink,
  };
}
