import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The daemon's address while the page is being worked on with Vite's own server. */
const daemon = process.env["VESTIBULE_DEV_API"] ?? "http://127.0.0.1:8420";

export default defineConfig({
  root: here("."),
  plugins: [react()],
  // Replaced by the server in every answer (api/console-files.ts).
  html: { cspNonce: "NONCE-OF-THIS-ANSWER" },
  build: {
    outDir: here("../../dist/console"),
    emptyOutDir: true,
    // `default-src 'self'` allows no data: addresses, so nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The screens at the doors have a page of their own, without the console's libraries.
    rollupOptions: { input: [here("index.html"), here("display.html")] },
  },
  server: { proxy: { "/api": daemon, "/healthz": daemon } },
});
