import { defineConfig } from "vitest/config";

// Inside the guest: one worker without isolation, since starting one takes seconds there, and nothing written to the
// tree, which is read-only.
export default defineConfig({
  root: new URL("../../..", import.meta.url).pathname,
  cacheDir: "/run/tmp/vite",
  test: {
    include: ["test/kernel/inside/*.inside.ts"],
    isolate: false,
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
