import "antd/dist/reset.css";
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
  borderRadius: 8,
  fontFamily: "var(--font)",
  fontSize: 15,
} as const;

/** The values of theme/tokens.css: antd computes shades from them, which it cannot do from a variable. */
const themes: Readonly<Record<"light" | "dark", ThemeConfig>> = {
  light: {
    algorithm: theme.defaultAlgorithm,
    token: {
      ...shared,
      colorPrimary: "#0f4c5c",
      colorError: "#a3231b",
      colorSuccess: "#14683a",
      colorWarning: "#7a4a00",
      colorLink: "#0a5a9c",
      colorBgLayout: "#eef1f4",
      colorTextBase: "#16242e",
    },
  },
  dark: {
    algorithm: theme.darkAlgorithm,
    token: {
      ...shared,
      colorPrimary: "#3a9bb1",
      colorError: "#ffaaa0",
      colorSuccess: "#7fdca2",
      colorWarning: "#ffd27a",
      colorLink: "#92ccff",
      colorBgLayout: "#10171d",
      colorBgBase: "#18222a",
      colorTextBase: "#e8eef3",
    },
  },
};
