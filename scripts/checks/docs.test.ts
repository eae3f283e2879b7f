import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "../../src/cli/vestibule.ts";
import { override } from "../../src/config/environment.ts";
import { alarmTextsEn } from "../../src/console/texts/alarms-en.ts";
import { alarmTextsZh } from "../../src/console/texts/alarms-zh.ts";
import { type AlarmType } from "../../src/domain/alarm/alarm.ts";
import { priorityOf } from "../../src/domain/alarm/life-cycle.ts";

const read = (path: string): string => readFileSync(path, "utf8");
const guides = ["docs/operators-guide.md", "docs/operators-guide.zh-CN.md"] as const;
const readmes = ["README.md", "README.zh-CN.md"] as const;

const documents = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
  encoding: "utf8",
})
  .trim()
  .split("\n")
  .filter(existsSync);

/** The headings of a document as GitHub names them in links. */
const anchorsOf = (path: string): readonly string[] =>
  [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

test("every link between documents leads somewhere", () => {
  expect(documents.length).toBeGreaterThan(20);
  const broken = documents.flatMap((path) =>
    [...read(path).matchAll(/\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]*))?\)/g)].flatMap(
      ([link, file = "", anchor]) => {
        const target = file === "" ? path : join(dirname(path), file);
        if (!existsSync(target)) return [`${path}: ${link}`];
        const isThere = anchor === undefined || anchorsOf(target).includes(decodeURI(anchor));
        return isThere ? [] : [`${path}: ${link}`];
      },
    ),
  );
  expect(broken).toEqual([]);
});

test("every command is in both READMEs", async () => {
  let overview = "";
  await runCommand(["--help"], { stdout: (text) => (overview += text), stderr: () => {}, env: {} });
  const commands = [...overview.matchAll(/^ {2}([a-z-]+)(?: ([a-z-]+))? {2,}/gm)];
  expect(commands.length).toBeGreaterThan(10);
  for (const path of readmes) {
    const rows = read(path)
      .split("\n")
      .filter((line) => line.startsWith("| `"));
    const missing = commands.filter(
      ([, first = "", second = ""]) =>
        !rows.some((row) => row.includes(`\`${first}`) && new RegExp(`[\` ]${second}`).test(row)),
    );
    expect(missing.map(([row]) => row.trim())).toEqual([]);
  }
});

test("every variable that the READMEs name is one that is read, and none is left out", () => {
  const named = (path: string): readonly string[] =>
    [...new Set(read(path).match(/VESTIBULE_[A-Z_]+/g) ?? [])].toSorted();
  expect(named("README.zh-CN.md")).toEqual(named("README.md"));
  // Whatever is asked for is set, and wrong on purpose: what is complained of is what is read.
  const hostile = new Proxy<Record<string, string>>({}, { get: () => "\0" });
  const complained = override({}, hostile).faults.map(({ path }) => path);
  const elsewhere = ["VESTIBULE_ADMIN_PASSWORD", "VESTIBULE_CONFIG"];
  expect([...complained, ...elsewhere].toSorted()).toEqual(named("README.md"));
});

test("the operator's guides explain every alarm that can be raised, by the name the console shows", () => {
  const types = Object.keys(priorityOf) as AlarmType[]; // its keys are the type
  const short: Partial<Record<AlarmType, readonly [string, string]>> = {
    CameraFrozen: ["Camera picture frozen", "画面静止"],
    CameraCovered: ["covered", "被遮挡"],
  };
  const missing = types.flatMap((type) => {
    const texts = short[type] ?? [alarmTextsEn.type[type], alarmTextsZh.type[type]];
    return guides
      .filter((path, language) => !read(path).includes(texts[language] ?? type))
      .map((path) => `${path}: ${type}`);
  });
  expect(missing).toEqual([]);
});
