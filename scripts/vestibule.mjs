#!/usr/bin/env node
// The `vestibule` command. Plain JavaScript and no dependencies: it must be able to say that Node is too old
// before anything native is loaded, which would crash instead.
import { spawn } from "node:child_process";
import { accessSync, constants, mkdirSync } from "node:fs";
import module from "node:module";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const main = join(root, "src/main.ts");
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major > 24 || (major === 24 && minor >= 11)) {
  keepCompiledModules();
  process.argv[1] = main;
  await import(pathToFileURL(main).href);
} else {
  runWithOwnNode();
}

/** Compiled modules are kept where only we can write: never in /tmp, where others could plant some. */
function keepCompiledModules() {
  if (process.env.NODE_COMPILE_CACHE !== undefined) return;
  const folder = process.env.CACHE_DIRECTORY ?? join(root, ".tools", "compile-cache");
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch {
    return; // an installation we may only read: it starts a little slower
  }
  module.enableCompileCache(folder);
  process.env.NODE_COMPILE_CACHE = folder; // for the processes this one starts
}

function runWithOwnNode() {
  const node = join(root, ".tools", "node_modules", `node-linux-${process.arch}`, "bin", "node");
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    // Staying until the child has stopped in order; a terminal's Ctrl-C reaches it by itself as well.
    process.on(signal, () => child.kill(signal));
  }
  child.on("error", explainOldNode);
  child.on("exit", (code) => process.exit(code ?? 1));
}

function explainOldNode() {
  const version = process.versions.node;
  process.stderr.write(
    `vestibule: Node.js ${version} is too old, 24.11 or newer is needed; scripts/start brings the right one\n` +
      `vestibule:Node.js ${version} 版本过低,需要 24.11 或更高版本;运行 scripts/start 会自动安装合适的版本\n`,
  );
  process.exitCode = 2;
}
