import { describe, expect, test } from "vitest";
import { linesOf } from "./board-lines.ts";
import { boardOf } from "./load-board.ts";
import { faultsThrownBy, siteForTests } from "./site-for-tests.ts";
import { parseYaml } from "./yaml-file.ts";

const pair = (prefix: string, offset: number): string => `
  ${prefix}outer.lock: { direction: out, chip: chip0, line: { offset: ${offset} }, pull: down }
  ${prefix}inner.lock: { direction: out, chip: chip0, line: { offset: ${offset + 1} }, pull: down }
  ${prefix}outer.contact: { direction: in, chip: chip0, line: { offset: ${offset + 2} }, pull: up }
  ${prefix}inner.contact: { direction: in, chip: chip0, line: { offset: ${offset + 3} }, pull: up }`;
const input = (name: string, offset: number): string =>
  `\n  ${name}: { direction: in, chip: chip0, line: { offset: ${offset} }, pull: up }`;

const yamlOf = (lines: string) =>
  parseYaml("board.yaml", `board: { id: b, name: B }\nchips: [{ label: chip0 }]\nlines:${lines}\n`);
/** The site has v1 with `fitted` beside its id, and v2 where `second`. */
function resolve(lines: string, options: { readonly fitted?: string; readonly second?: boolean } = {}) {
  const yaml = yamlOf(lines);
  const { vestibules } = siteForTests(`${options.fitted ?? ""}${options.second ? "  - id: v2\n" : ""}`);
  return linesOf(boardOf(yaml), vestibules, yaml);
}
const offsetOf = (line: { readonly line: unknown } | undefined) => line?.line;

describe("the lines of a site's vestibules", () => {
  test("without a prefix are the first one's, and by id the others'", () => {
    const lines = resolve(pair("", 0) + pair("v2.", 8), { second: true });
    expect([...lines.keys()]).toEqual(["v1", "v2"]);
    expect(lines.get("v1")?.doors.outer.lock).toMatchObject({ name: "outer.lock", line: { offset: 0 } });
    expect(lines.get("v2")?.doors.inner.contact).toMatchObject({
      name: "v2.inner.contact",
      line: { offset: 11 },
    });
  });

  test("the first one's may be named by its id too, but not twice", () => {
    expect(resolve(pair("v1.", 0)).get("v1")?.doors.outer.lock.name).toBe("v1.outer.lock");
    const twice = () => resolve(pair("", 0) + pair("v1.", 8));
    expect(faultsThrownBy(twice)[0]).toMatchObject({
      line: 8,
      path: "lines.v1.outer.lock",
      found: "the line of outer.lock a second time",
    });
  });

  test("fire, lockdown, tamper, mains and buzzer are everybody's who has none of their own", () => {
    const lines = resolve(pair("", 0) + pair("v2.", 8) + input("fire", 20) + input("v2.tamper", 21), {
      second: true,
    });
    expect(lines.get("v1")?.fire?.name).toBe("fire");
    expect(lines.get("v2")?.fire?.name).toBe("fire");
    expect(lines.get("v1")?.tamper).toBeUndefined();
    expect(lines.get("v2")?.tamper?.name).toBe("v2.tamper");
    const own = resolve(pair("", 0) + pair("v2.", 8) + input("fire", 20) + input("v2.fire", 21), {
      second: true,
    });
    expect([offsetOf(own.get("v1")?.fire), offsetOf(own.get("v2")?.fire)]).toEqual([
      { offset: 20 },
      { offset: 21 },
    ]);
  });

  test("a bolt or a button that the site does not have is left alone, and one it has must be there", () => {
    const withBolt = pair("", 0) + input("outer.bolt", 12);
    expect(resolve(withBolt).get("v1")?.doors.outer.bolt).toBeUndefined();
    const fitted = "    doors: { outer: { bolt: fitted, rex: fitted } }\n";
    expect(resolve(withBolt + input("outer.rex", 13), { fitted }).get("v1")?.doors.outer).toMatchObject({
      bolt: { name: "outer.bolt" },
      rex: { name: "outer.rex" },
    });
    expect(faultsThrownBy(() => resolve(withBolt, { fitted }))).toMatchObject([
      { file: "board.yaml", line: 3, path: "lines.outer.rex", found: "nothing" },
    ]);
  });

  test("a vestibule that the board has no lines for is refused", () => {
    const without = () => resolve(pair("", 0), { second: true });
    expect(faultsThrownBy(without).map(({ path }) => path)).toEqual([
      "lines.v2.outer.lock",
      "lines.v2.outer.contact",
      "lines.v2.inner.lock",
      "lines.v2.inner.contact",
    ]);
  });

  test("lines of a vestibule that the site does not have are refused, with whose they may be", () => {
    const stranger = () => resolve(pair("", 0) + input("v11.fire", 12));
    expect(faultsThrownBy(stranger)).toMatchObject([
      { line: 8, path: "lines.v11.fire", remedy: { en: 'did you mean "v1"?' } },
    ]);
  });
});
