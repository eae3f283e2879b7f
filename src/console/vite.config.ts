import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The daemon's address while the page is being worked on with Vite's own server. */
const daemon = process.env["VESTIBULE_DEV_API"] ?? "http://127.0.0.1:8420";

/**
 * What a first view takes, in a few pieces rather than fifty: each request is a turn of a busy box. What is watched is one piece, as
 * a wall shows all of it sooner or later; the administration's pages stay apart, and what the doors' screens share has none of either.
 */
const groups = [
  { name: "first", test: /\/src\/console\/api\/(?:early|http)\.ts$|preload-helper/, priority: 5 },
  { name: "react", test: /node_modules\/(?:react|react-dom|scheduler)\//, priority: 4 },
  {
    name: "shared",
    test: /\/src\/|preload-helper/,
    tags: ["$initial" as const],
    minShareCount: 2,
    priority: 3,
  },
  {
    name: "libraries",
    test: /node_modules\/(?:i18next|react-i18next|react-router|@tanstack)\//,
    priority: 2,
  },
  {
    name: "console",
    test: /\/src\/console\/console\.tsx$/,
    priority: 1,
  },
];

/** The first script is small and asks for the answers; the browser is told beforehand what that script will want. */
function preloaded(first: string, page: string): Plugin {
  return {
    name: "vestibule:preloaded",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {}, filename }) {
        if (filename !== page) return undefined;
        const pieces = new Map(
          Object.values(bundle).flatMap((one) =>
            one.type === "chunk" ? [[one.fileName, one] as const] : [],
          ),
        );
        const root = [...pieces.values()].find(({ facadeModuleId }) => facadeModuleId === first);
        if (root === undefined) throw new Error(`${first} is no piece of its own`);
        const wanted = new Set<string>();
        const styles = new Set<string>();
        const want = (name: string): void => {
          const piece = pieces.get(name);
          if (piece === undefined || wanted.has(name)) return;
          wanted.add(name);
          piece.imports.forEach(want);
          for (const style of piece.viteMetadata?.importedCss ?? []) styles.add(style);
        };
        want(root.fileName);
        const isNew = (name: string): boolean => !html.includes(`"/${name}"`);
        const link = (attributes: Record<string, string>) =>
          ({
            tag: "link",
            attrs: { ...attributes, crossorigin: true, nonce },
            injectTo: "head",
          }) as const;
        return [
          ...[...wanted].filter(isNew).map((name) => link({ rel: "modulepreload", href: `/${name}` })),
          ...[...styles].filter(isNew).map((name) => link({ rel: "stylesheet", href: `/${name}` })),
        ];
      },
    },
  };
}

/** Replaced by the server in every answer (api/console-files.ts). */
const nonce = "NONCE-OF-THIS-ANSWER";

export default defineConfig({
  root: here("."),
  plugins: [react(), preloaded(here("console.tsx"), here("index.html"))],
  html: { cspNonce: nonce },
  build: {
    outDir: here("../../dist/console"),
    emptyOutDir: true,
    // `default-src 'self'` allows no data: addresses, so nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The screens at the doors have a page of their own, without the console's libraries.
    rolldownOptions: {
      input: [here("index.html"), here("display.html")],
      output: { codeSplitting: { groups } },
    },
  },
  server: { proxy: { "/api": daemon, "/healthz": daemon } },
});
