import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EdgeWaiter } from "./edge-waiter.ts";
import type { Readiness } from "./system-calls.ts";

// Named pipes stand in for lines: a descriptor that becomes readable, and hangs up.
let folder = "";
const open: number[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "edge-waiter-"));
});
afterEach(() => {
  for (const descriptor of open.splice(0)) closeSync(descriptor);
  rmSync(folder, { recursive: true });
});

function pipe(name: string): { readonly reader: number; write(text: string): void } {
  const path = join(folder, name);
  execFileSync("mkfifo", [path]);
  const reader = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  open.push(reader);
  return { reader, write: (text) => writeSync(reader, text) };
}

function heard(): { readonly next: () => Promise<Readiness>; readonly listener: (ready: Readiness) => void } {
  let resolve: (ready: Readiness) => void = () => {};
  return {
    next: () =>
      new Promise((settle) => {
        resolve = settle;
      }),
    listener: (ready) => {
      if (ready.readable) readSync(ready.descriptor, Buffer.alloc(64));
      resolve(ready);
    },
  };
}

test("whoever has something to read is told, and nobody else", async () => {
  await using waiter = new EdgeWaiter();
  const [one, other] = [pipe("one"), pipe("other")];
  const [first, second] = [heard(), heard()];
  waiter.add(one.reader, first.listener);
  waiter.add(other.reader, second.listener);
  const [atFirst, atSecond] = [first.next(), second.next()];
  other.write("x");
  expect(await atSecond).toEqual({ descriptor: other.reader, readable: true, gone: false });
  one.write("x");
  expect(await atFirst).toEqual({ descriptor: one.reader, readable: true, gone: false });
});

test("one that is added while others are waited for is heard too", async () => {
  await using waiter = new EdgeWaiter();
  const [one, other] = [pipe("one"), pipe("other")];
  waiter.add(one.reader, () => {});
  await new Promise(setImmediate);
  const second = heard();
  waiter.add(other.reader, second.listener);
  const told = second.next();
  other.write("x");
  expect((await told).readable).toBe(true);
});

test("one that is no longer there says so, and is not waited for again once it is taken out", async () => {
  await using waiter = new EdgeWaiter();
  const path = join(folder, "closing");
  execFileSync("mkfifo", [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  open.push(reader);
  const writer = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  let calls = 0;
  const gone = new Promise<Readiness>((resolve) => {
    const waiting = waiter.add(reader, (ready) => {
      calls += 1;
      waiting[Symbol.dispose]();
      resolve(ready);
    });
  });
  closeSync(writer);
  expect(await gone).toMatchObject({ readable: false, gone: true });
  await waiter[Symbol.asyncDispose]();
  expect(calls).toBe(1);
});

test("disposing ends the wait within its limit, and nobody is told any more", async () => {
  const waiter = new EdgeWaiter();
  const { reader, write } = pipe("one");
  let calls = 0;
  waiter.add(reader, () => {
    calls += 1;
  });
  await new Promise(setImmediate);
  const disposed = waiter[Symbol.asyncDispose]();
  write("x");
  await disposed;
  expect(calls).toBe(0);
});
