import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { loadWiredSite } from "./site-board.ts";
import { faultsThrownBy } from "./site-for-tests.ts";

const folder = mkdtempSync(join(tmpdir(), "vestibule-site-board-"));
afterAll(() => rmSync(folder, { recursive: true }));

const line = (name: string, offset: number): string => {
  const rest = name.endsWith("lock") ? "direction: out, pull: down" : "direction: in, pull: up";
  return `  ${name}: { chip: chip0, line: { offset: ${offset} }, ${rest} }\n`;
};
const pair = ["outer.lock", "inner.lock", "outer.contact", "inner.contact"].map(line).join("");

function write(file: string, text: string): string {
  mkdirSync(join(folder, "boards"), { recursive: true });
  writeFileSync(join(folder, file), text);
  return join(folder, file);
}

beforeEach(() => {
  write("boards/mine.yaml", `board: { id: mine, name: Mine }\nchips: [{ label: chip0 }]\nlines:\n${pair}`);
});

const site = (board: string, more = "", vestibule = ""): string =>
  write(
    "site.yaml",
    `site: { id: t, name: { en: Test, zh: 测试 } }\nboard: ${board}\nvestibules:\n  - id: v1\n${vestibule}${more}`,
  );
const gpio = "{ kind: gpio, profile: boards/mine.yaml }";
const load = (file: string) => loadWiredSite(file, {});
const faults = (file: string) => faultsThrownBy(() => load(file));

describe("outputs that alarms drive", () => {
  const siren = "alarms: { outputs: [{ name: siren }] }\n";

  test("are lines of the board, and stand with the first vestibule", () => {
    const output = "  output.siren: { chip: chip0, line: { offset: 9 }, direction: out, pull: down }\n";
    write(
      "boards/mine.yaml",
      `board: { id: mine, name: Mine }\nchips: [{ label: chip0 }]\nlines:\n${pair}${output}`,
    );
    const { wiring } = load(site(gpio, siren));
    expect(wiring?.lines.get("v1")?.outputs).toMatchObject({
      siren: { name: "output.siren", line: { offset: 9 } },
    });
    // One that no alarm names is left alone.
    expect(load(site(gpio)).wiring?.lines.get("v1")?.outputs).toBeUndefined();
  });

  test("that the board does not have are a fault", () => {
    expect(faults(site(gpio, siren))).toMatchObject([{ path: "lines.output.siren", found: "nothing" }]);
  });

  test("are outputs, and no lock can be one of them", () => {
    const of = (line: string) =>
      write(
        "boards/mine.yaml",
        `board: { id: mine, name: Mine }\nchips: [{ label: chip0 }]\nlines:\n${pair}${line}`,
      );
    of("  output.siren: { chip: chip0, line: { offset: 9 }, direction: in, pull: down }\n");
    expect(faults(site(gpio, siren))).toMatchObject([{ path: "lines.output.siren.direction" }]);
    of("  output.siren: { chip: chip0, line: { offset: 0 }, direction: out, pull: down }\n");
    expect(faults(site(gpio, siren))).toMatchObject([{ found: "the line of outer.lock" }]);
  });
});

describe("a site with real doors", () => {
  test("is read together with its board's profile, whose path begins at the site's file", () => {
    const { site: read, wiring } = load(site(gpio));
    expect(read.board).toEqual({ kind: "gpio", profile: "boards/mine.yaml", driver: "auto" });
    expect(wiring?.profile.board.id).toBe("mine");
    expect(wiring?.lines.get("v1")?.doors.inner.contact).toMatchObject({
      chip: "chip0",
      line: { offset: 3 },
    });
  });

  test("names one of the interfaces there are", () => {
    expect(load(site("{ kind: gpio, profile: boards/mine.yaml, driver: sysfs }")).site.board).toMatchObject({
      driver: "sysfs",
    });
    expect(faults(site("{ kind: gpio, profile: boards/mine.yaml, driver: sysf }"))).toMatchObject([
      { line: 2, path: "board.driver", remedy: { en: 'did you mean "sysfs"?' } },
    ]);
  });

  test("a profile that is not there is a fault of the site's line, with the shipped one that was meant", () => {
    const [fault, ...others] = faults(site("{ kind: gpio, profile: boards/rasberry-pi-5.yaml }"));
    expect(others).toEqual([]);
    expect(fault).toMatchObject({
      file: join(folder, "site.yaml"),
      line: 2,
      path: "board.profile",
      remedy: { en: 'did you mean "boards/raspberry-pi-5.yaml"?' },
    });
    expect(fault?.found).toContain(join(folder, "boards/rasberry-pi-5.yaml"));
  });

  test("a shipped profile that was not copied along is to be copied", () => {
    expect(faults(site("{ kind: gpio, profile: boards/generic-x86.yaml }"))).toMatchObject([
      { remedy: { en: `copy firmware-config/boards/generic-x86.yaml into ${join(folder, "boards")}` } },
    ]);
  });

  test("a file that is something else is no profile", () => {
    expect(faults(site("{ kind: gpio, profile: site.yaml }"))).toMatchObject([
      { line: 2, path: "board.profile", found: '"site.yaml", which is no board profile' },
    ]);
  });

  test("faults of both files are listed at once, each file by itself with its lines", () => {
    write(
      "boards/mine.yaml",
      `board: { id: mine, name: Mine }\nchips: [{ label: chip0 }]\nlines:\n${pair}  fire: { direction: in, chip: chip1, line: { offset: 9 }, pull: up }\n`,
    );
    const file = site(gpio, "http: { port: 99999 }\n", "    settleTime: 9\n");
    expect(faults(file).map((each) => `${each.file.slice(folder.length)}:${each.line} ${each.path}`)).toEqual(
      [
        "/site.yaml:5 vestibules[0].settleTime",
        "/site.yaml:6 http.port",
        "/boards/mine.yaml:8 lines.fire.chip",
      ],
    );
  });

  test.each([
    ["bolt", "outer.bolt"],
    ["rex", "outer.rex"],
  ])("a %s that the site says is fitted needs its line in the profile", (key, path) => {
    const file = site(gpio, "", `    doors: { outer: { ${key}: fitted } }\n`);
    expect(faults(file)).toMatchObject([
      { file: join(folder, "boards/mine.yaml"), path: `lines.${path}`, found: "nothing" },
    ]);
  });

  test("a second vestibule needs lines of its own", () => {
    expect(faults(site(gpio, "  - id: v2\n")).map(({ path }) => path)).toEqual([
      "lines.v2.outer.lock",
      "lines.v2.outer.contact",
      "lines.v2.inner.lock",
      "lines.v2.inner.contact",
    ]);
  });

  test("a simulated reader or camera, and the demo's people, are refused: anybody could be let in", () => {
    const reader = "    accessPoints: { outer-entry: { reader: { kind: simulated } } }\n";
    const cameras = "cameras: [{ id: c1, source: { kind: simulated } }]\n";
    expect(faults(site(gpio, cameras, reader)).map(({ path }) => path)).toEqual([
      "vestibules[0].accessPoints.outer-entry.reader.kind",
      "cameras[0].source.kind",
    ]);
    write(
      "site.yaml",
      `site: { id: t, name: { en: T, zh: 测 }, demoPeople: true }\nboard: ${gpio}\nvestibules: [{ id: v1 }]\n`,
    );
    expect(faults(join(folder, "site.yaml")).map(({ path }) => path)).toEqual(["site.demoPeople"]);
  });
});

test("a site on the simulated board has no wiring", () => {
  expect(load(site("{ kind: simulated }")).wiring).toBeUndefined();
});
