import "./theme/fonts.css";
import "./theme/tokens.css";
import "./theme/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { PageFailure } from "./page-failure.tsx";
import { fetchPage } from "./shell/fetch-page.ts";
import { nonceForStyles } from "./shell/style-nonce.ts";
import { startTexts } from "./texts/language.ts";
import { startTheme } from "./theme/theme.ts";

function once(target: EventTarget, event: string): Promise<unknown> {
  return new Promise((happened) => target.addEventListener(event, happened, { once: true }));
}

// Which page it will be is known before anything else is.
fetchPage(window.location.pathname);
startTheme();
nonceForStyles();
await startTexts();
// The first script waits for nothing, also not for the end of the page.
if (document.readyState === "loading") await once(document, "DOMContentLoaded");
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <PageFailure>
      <App />
    </PageFailure>
  </StrictMode>,
);
