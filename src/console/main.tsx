import "./theme/fonts.css";
import "./theme/tokens.css";
import "./theme/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { PageFailure } from "./page-failure.tsx";
import { nonceForStyles } from "./shell/style-nonce.ts";
import { startTexts } from "./texts/language.ts";
import { startTheme } from "./theme/theme.ts";

startTheme();
nonceForStyles();
await startTexts();
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <PageFailure>
      <App />
    </PageFailure>
  </StrictMode>,
);
