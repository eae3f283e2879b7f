import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";

/** One thing that a process did to files of one folder, or said; in the order in which it did. */
export type Operation =
  | { readonly kind: "write"; readonly file: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: "truncate"; readonly file: string; readonly length: number }
  | { readonly kind: "create" | "unlink" | "sync"; readonly file: string }
  | { readonly kind: "syncFolder" }
  /** A line on its standard output: from now on somebody goes by it. */
  | { readonly kind: "said"; readonly line: string };

const calls = "openat,pwrite64,write,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,renameat2,fallocate";

/** Runs a program of ours to its end under strace. `folder`: the files that count are those directly in it. */
export function recordedWrites(
  folder: string,
  log: string,
  program: readonly string[],
): readonly Operation[] {
  // Hexadecimal, so that no byte is lost; descriptors with their paths.
  const options = [
    "-f",
    "-q",
    "-y",
    "-xx",
    "-s",
    "1000000",
    "--seccomp-bpf",
    "-e",
    `trace=${calls}`,
    "-o",
    log,
  ];
  const { status, error, stderr } = spawnSync("/usr/bin/strace", [...options, process.execPath, ...program], {
    encoding: "utf8",
    timeout: 55_000,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`the writer failed: ${stderr}`);
  return operationsOf(wholeCalls(readFileSync(log, "latin1").split("\n")), folder);
}

/** The calls in the order of their ends, those that were interrupted in the log put together again. */
function* wholeCalls(lines: readonly string[]): Generator<string> {
  const begun = new Map<string, string>();
  for (const line of lines) {
    const [, thread = "", call = ""] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    const unfinished = /^(.*) <unfinished \.\.\.>$/.exec(call);
    if (unfinished !== null) {
      begun.set(thread, unfinished[1] ?? "");
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(call);
    yield resumed === null ? call : `${begun.get(thread) ?? ""}${resumed[1] ?? ""}`;
  }
}

function operationsOf(all: Iterable<string>, folder: string): readonly Operation[] {
  const operations: Operation[] = [];
  const known = new Set<string>();
  for (const call of all) {
    // What failed changed nothing.
    if (!/\) += \d/.test(call)) continue;
    const said = /^write\(1<[^>]*>, "([^"]*)"/.exec(call);
    if (said !== null) {
      for (const line of bytesOf(said[1] ?? "")
        .toString()
        .trimEnd()
        .split("\n"))
        operations.push({ kind: "said", line });
      continue;
    }
    const operation = operationOf(call, folder);
    if (operation === undefined) continue;
    if ("file" in operation && operation.kind !== "unlink" && !known.has(operation.file)) {
      known.add(operation.file);
      if (operation.kind !== "create") operations.push({ kind: "create", file: operation.file });
    }
    operations.push(operation);
  }
  return operations;
}

function operationOf(call: string, folder: string): Operation | undefined {
  const [, name = ""] = /^(\w+)\(/.exec(call) ?? [];
  const path = pathOf(call);
  if (path === undefined) return undefined;
  if (path === folder) return name === "fsync" || name === "fdatasync" ? { kind: "syncFolder" } : undefined;
  // Shared memory is never on a disk that counts: it is made anew from the log.
  if (dirname(path) !== folder || path.endsWith("-shm")) return undefined;
  const file = basename(path);
  switch (name) {
    case "openat":
      return /O_CREAT/.test(call) ? { kind: "create", file } : undefined;
    case "pwrite64": {
      const [, data = "", offset = ""] = /^pwrite64\(\d+<[^>]*>, "([^"]*)", \d+, (\d+)\)/.exec(call) ?? [];
      return { kind: "write", file, at: Number(offset), bytes: bytesOf(data) };
    }
    case "write":
      // A small file, opened empty and written at once.
      return { kind: "write", file, at: 0, bytes: bytesOf(/>, "([^"]*)"/.exec(call)?.[1] ?? "") };
    case "ftruncate":
      return { kind: "truncate", file, length: Number(/, (\d+)\)/.exec(call)?.[1]) };
    case "fsync":
    case "fdatasync":
      return { kind: "sync", file };
    case "unlink":
    case "unlinkat":
      return { kind: "unlink", file };
    default:
      throw new Error(`${name} is not understood here: ${call.slice(0, 200)}`);
  }
}

/** With -xx paths are in hexadecimal too, behind descriptors in some releases only. */
function pathOf(call: string): string | undefined {
  const written = /^(?:openat|unlink|unlinkat|rename)\((?:AT_FDCWD[^,]*, )?"([^"]*)"/.exec(call);
  if (written !== null) return bytesOf(written[1] ?? "").toString();
  const behind = /^\w+\(\d+<([^>]*)>/.exec(call)?.[1];
  return behind?.startsWith("\\x") ? bytesOf(behind).toString() : behind;
}

const bytesOf = (text: string): Buffer => Buffer.from(text.replaceAll("\\x", ""), "hex");
