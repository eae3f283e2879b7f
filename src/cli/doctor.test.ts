import { describe, expect, test } from "vitest";
import { type Finding, said, same } from "../composition/doctor/finding.ts";
import { lineFinding, lineFindings } from "../composition/doctor/line-findings.ts";
import { ConfigError } from "../config/config-error.ts";
import { doctor } from "./doctor.ts";

const finding = (verdict: Finding["verdict"], more: Partial<Finding> = {}): Finding => ({
  area: "lines",
  subject: "outer.contact",
  verdict,
  tried: same("looked"),
  seen: said("closed", "关"),
  ...more,
});

async function called(args: readonly string[], found: readonly Finding[], env: Record<string, string> = {}) {
  const command = doctor({
    async *examine(file) {
      if (file === "wrong.yaml")
        throw new ConfigError([
          {
            file,
            line: 3,
            column: 1,
            path: "board",
            found: "nothing",
            expected: "a board",
            remedy: said("name one", "请填写"),
          },
        ]);
      for (const each of found) yield [each];
    },
  });
  let out = "";
  let err = "";
  const code = await command.run(args, {
    stdout: (text) => (out += text),
    stderr: (text) => (err += text),
    env,
  });
  return { code, out, err };
}

describe("doctor", () => {
  test("exits 1 if anything is bad, and says what to do", async () => {
    const bad = finding("bad", { todo: said("exchange the wires", "请对调接线。") });
    const { code, out } = await called([], [finding("good"), finding("doubtful"), bad]);
    expect(code).toBe(1);
    expect(out).toContain("→ exchange the wires");
    expect(out.trimEnd().split("\n").at(-1)).toBe("1 good, 1 doubtful, 1 bad");
  });

  test("a doubt is no failure", async () => {
    expect((await called([], [finding("good"), finding("doubtful")])).code).toBe(0);
  });

  test("speaks Chinese where the terminal does", async () => {
    const { out } = await called([], [finding("good")], { LANG: "zh_CN.UTF-8" });
    expect(out).toContain("正常  线路  outer.contact: 关");
  });

  test("--json holds every finding with both languages", async () => {
    const { out } = await called(["--json"], [finding("good")]);
    expect(JSON.parse(out)).toEqual({ findings: [finding("good")] });
  });

  test("a configuration with faults and an option nobody knows are exit 2", async () => {
    expect(await called(["--config", "wrong.yaml"], [])).toMatchObject({
      code: 2,
      err: expect.stringContaining("wrong.yaml:3"),
    });
    expect((await called(["--all"], [])).code).toBe(2);
  });
});

const plan = {
  name: "v2.outer.contact",
  chip: "pinctrl-rp1",
  line: { name: "GPIO5" },
  activeLow: false,
  pull: "up",
} as const;
const surveyed = {
  plan,
  direction: "in",
  place: "gpiochip0 line 5 (GPIO5)",
  holder: undefined,
  active: false,
  fault: undefined,
} as const;

describe("a line as it was found", () => {
  test("shows its level in the words of the door", () => {
    expect(lineFinding({ ...surveyed, active: true }).seen.en).toBe("gpiochip0 line 5 (GPIO5): open");
    expect(lineFinding(surveyed)).toMatchObject({ verdict: "good", subject: "v2.outer.contact" });
  });

  test.each([
    ["fire", true],
    ["tamper", true],
    ["lockdown", true],
    ["outer.rex", true],
    ["mains", false],
    ["battery", false],
  ] as const)("%s at %s makes one look again", (name, active) => {
    expect(lineFinding({ ...surveyed, plan: { ...plan, name }, active }).verdict).toBe("doubtful");
    expect(lineFinding({ ...surveyed, plan: { ...plan, name }, active: !active }).verdict).toBe("good");
  });

  test("one that is not there, and one that another program holds, are bad; one of ours is in service", () => {
    expect(lineFinding({ ...surveyed, place: undefined, fault: "no chip has this label" })).toMatchObject({
      verdict: "bad",
      seen: { en: "pinctrl-rp1: no chip has this label" },
    });
    expect(lineFinding({ ...surveyed, active: undefined, holder: "spi0 CS1" }).verdict).toBe("bad");
    expect(lineFinding({ ...surveyed, active: undefined, holder: "vestibule" }).verdict).toBe("good");
  });

  test("what is wrong with every line alike is said once, of the board", () => {
    const away = { ...surveyed, place: undefined, fault: "no chip has this label" } as const;
    expect(lineFindings([away, away])).toMatchObject([{ subject: "board", verdict: "bad" }]);
    expect(lineFindings([away, surveyed])).toHaveLength(2);
  });

  test("an output is not touched, only found", () => {
    const output = { ...surveyed, direction: "out", active: undefined } as const;
    expect(lineFinding(output)).toMatchObject({
      verdict: "good",
      seen: { en: "gpiochip0 line 5 (GPIO5), free" },
    });
  });
});
