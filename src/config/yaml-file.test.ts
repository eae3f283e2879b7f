import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { faultsThrownBy } from "./site-for-tests.ts";
import { parseYaml, readYamlFile } from "./yaml-file.ts";

const folder = mkdtempSync(join(tmpdir(), "vestibule-yaml-"));
afterAll(() => rmSync(folder, { recursive: true }));

function written(content: string | Uint8Array): string {
  const file = join(folder, "site.yaml");
  writeFileSync(file, content);
  return file;
}

describe("a file that cannot be read", () => {
  test("is missing", () => {
    const file = join(folder, "missing.yaml");
    expect(faultsThrownBy(() => readYamlFile(file))).toMatchObject([
      { file, found: "no such file", line: undefined },
    ]);
  });

  test("is a directory", () => {
    expect(faultsThrownBy(() => readYamlFile(folder))).toMatchObject([{ found: "a directory" }]);
  });

  test("is no text in UTF-8, as a file saved in GBK", () => {
    const gbk = new Uint8Array([0x61, 0x3a, 0x20, 0xc4, 0xe3, 0xba, 0xc3]);
    const [fault] = faultsThrownBy(() => readYamlFile(written(gbk)));
    expect(fault?.found).toMatch(/not UTF-8/);
    expect(fault?.remedy.zh).toMatch(/GBK/);
  });

  test("is too big", () => {
    const [fault] = faultsThrownBy(() => readYamlFile(written("#".repeat(1024 * 1024 + 1))));
    expect(fault?.expected).toMatch(/at most 1048576 bytes/);
  });

  test("but one of just the size that is allowed is read", () => {
    expect(readYamlFile(written(`a: 1 #${"#".repeat(1024 * 1024 - 6)}`)).value).toEqual({ a: 1 });
  });
});

describe("syntax", () => {
  test.each([
    ["an open bracket", "a: 1\nb: [1, 2\nc: 3\n", 3],
    ["a tab for indentation", "a:\n\tb: 1\n", 2],
    ["a second document", "a: 1\n---\nb: 2\n", 2],
    ["a tag", "a: 1\nb: !secret x\n", 2],
    ["an alias to nothing", "a: *b\n", 1],
    ["an open quote", 'a: "1\n', 2],
  ])("%s is told with its line", (_, text, line) => {
    expect(faultsThrownBy(() => parseYaml("site.yaml", text))[0]).toMatchObject({ file: "site.yaml", line });
  });

  test("keys written twice are told each with its line, at any depth", () => {
    const faults = faultsThrownBy(() => parseYaml("s", "a: 1\nb:\n  - { c: 1, c: 2 }\na: 3\n"));
    expect(faults.map(({ line, found }) => `${line} ${found}`)).toEqual([
      '3 the key "c" a second time',
      '4 the key "a" a second time',
    ]);
  });
});

describe("T8: a hostile file", () => {
  const tooDeep: [string, string][] = [
    ["brackets", "[".repeat(500_000)],
    ["balanced braces", `${"{a: ".repeat(10_000)}${"}".repeat(10_000)}`],
    ["list signs in one line", "- ".repeat(400_000)],
    ["key signs in one line", "? ".repeat(400_000)],
    ["indentation", Array.from({ length: 1_400 }, (_, depth) => `${" ".repeat(depth)}k:\n`).join("")],
  ];
  test.each(tooDeep)("nested without end by %s is refused in time", (_, text) => {
    expect(faultsThrownBy(() => parseYaml("s", text)).length).toBeLessThanOrEqual(100);
  });

  test("of aliases that multiply is refused before they do", () => {
    const names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
    const lines = names.map(
      (name, index) =>
        `${name}: &${name} [${Array<string>(9)
          .fill(index === 0 ? "x" : `*${names[index - 1]}`)
          .join(",")}]`,
    );
    expect(faultsThrownBy(() => parseYaml("s", lines.join("\n")))).toMatchObject([
      { found: "aliases that multiply" },
    ]);
  });

  test("of tens of thousands of keys is read in linear time", () => {
    const keys = Array.from({ length: 60_000 }, (_, index) => `k${index}: 1\n`).join("");
    expect(Object.keys(Object(parseYaml("s", keys).value))).toHaveLength(60_000);
  });

  test("cannot reach an object's prototype", () => {
    const { value } = parseYaml(
      "s",
      "__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }\n",
    );
    expect(Reflect.get({}, "polluted")).toBeUndefined();
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

describe("places", () => {
  const yaml = parseYaml(
    "s",
    "site:\n  id: x\n  name:\n    en: A\ncameras:\n  - id: c\n    source: { kind: rtsp }\n  - &d\n    id: e\n  - *d\n",
  );

  test.each<[string, (string | number)[], [number, number]]>([
    ["a value stands where it is written", ["site", "id"], [2, 7]],
    ["a value in a list", ["cameras", 0, "source", "kind"], [7, 21]],
    ["a mapping stands at its key", ["site", "name"], [3, 3]],
    ["a missing value at the key of what it is missing from", ["site", "name", "zh"], [3, 3]],
    ["a missing section at the beginning", ["mqtt"], [1, 1]],
    ["a value behind an alias at its anchor", ["cameras", 2, "id"], [9, 9]],
  ])("%s", (_, path, [line, column]) => {
    expect(yaml.placeOf(path)).toEqual({ line, column });
  });

  test("a key that should not be there stands at itself", () => {
    expect(yaml.placeOfKey(["site", "id"])).toEqual({ line: 2, column: 3 });
  });
});
