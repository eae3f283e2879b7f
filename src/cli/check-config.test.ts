import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { checkConfig } from "./check-config.ts";

const shipped = (name: string): string =>
  fileURLToPath(new URL(`../../firmware-config/${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "vestibule-check-"));
afterAll(() => rmSync(folder, { recursive: true }));
const broken = join(folder, "broken.yaml");
writeFileSync(
  broken,
  "site: { id: Bad, name: { en: A, zh: 甲 } }\nboard: { kind: simulated }\nvestibules: []\n",
);

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await checkConfig.run(args, { stdout: (t) => out.push(t), stderr: (t) => err.push(t), env });
  return { code, out: out.join(""), err: err.join("") };
}

test("good files are named one by one; sites and boards are told apart", async () => {
  const { code, out, err } = await run([shipped("demo.yaml"), shipped("boards/raspberry-pi-5.yaml")]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(
    /demo\.yaml: good \(site demo, vestibules: 1, cameras: 4, board: simulated\)\n.*: good \(board raspberry-pi-5/,
  );
});

test("a fault is one line: place, path, found, expected, what to do; and the answer is no", async () => {
  const { code, out, err } = await run([broken, shipped("demo.yaml")]);
  expect(code).toBe(1);
  expect(err.split("\n").slice(0, 2)).toEqual([
    `${broken}:1:13 site.id — found "Bad"; expected lower-case letters, digits and hyphens, beginning with a letter, at most 32; correct it`,
    `${broken}:3:1 vestibules — found a list of 0; expected a list of 1 to 8; correct it`,
  ]);
  expect(out).toMatch(/demo\.yaml: good/);
});

test("where the terminal speaks Chinese, each fault has a line in Chinese", async () => {
  const { err } = await run([broken], { LANG: "zh_CN.UTF-8" });
  const lines = err.split("\n");
  expect(lines[0]).toMatch(/expected/);
  expect(lines[1]).toMatch(/^ {4}.*\p{Script=Han}/u);
  expect((await run([broken], { LANG: "zh_CN.UTF-8", LC_ALL: "C" })).err).not.toMatch(/\p{Script=Han}/u);
});

test("--json gives every fault as data", async () => {
  const { code, out } = await run(["--json", broken, shipped("demo.yaml"), join(folder, "missing.yaml")]);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    files: [
      {
        kind: "site",
        faults: [
          { line: 1, path: "site.id" },
          { line: 3, path: "vestibules" },
        ],
      },
      { kind: "site", faults: [] },
      { kind: "unreadable", faults: [{ found: "no such file" }] },
    ],
  });
});

test("variables that are set count, and are named", async () => {
  const { code, err } = await run([shipped("demo.yaml")], { VESTIBULE_HTTP_PORT: "x" });
  expect(code).toBe(1);
  expect(err).toMatch(/^environment VESTIBULE_HTTP_PORT — found "x"/);
});

test.each([[[]], [["--fix", broken]]])("wrong usage: %j", async (args) => {
  const { code, out, err } = await run(args);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(/^Usage: vestibule check-config/);
});
