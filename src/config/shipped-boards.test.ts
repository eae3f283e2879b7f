import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { linesOf } from "./board-lines.ts";
import { partsOf } from "./board-schema.ts";
import { siteOf } from "./load.ts";
import { boardOf } from "./load-board.ts";
import { faultsThrownBy, siteForTests } from "./site-for-tests.ts";
import { parseYaml, readYamlFile } from "./yaml-file.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const boards = `${root}firmware-config/boards/`;
const boot = `${root}firmware-config/boot/`;
const read = (file: string): string => readFileSync(file, "utf8");
const load = (name: string) => boardOf(readYamlFile(`${boards}${name}.yaml`));
const profiles = readdirSync(boards).flatMap((file) => /^(.*)\.yaml$/.exec(file)?.[1] ?? []);
/** `header pin 11` → 11. */
const pinOf = (terminal = ""): number => Number(/^header pin (\d+)$/.exec(terminal)?.[1]);
const headers = {
  "raspberry-pi-4": "header-raspberry-pi",
  "raspberry-pi-5": "header-raspberry-pi",
  "jetson-orin-nano": "header-jetson-orin-nano",
} as const;

describe("the boards that ship", () => {
  test("are those the guides name, and none for hardware that no driver moves", () => {
    expect(profiles.toSorted()).toEqual([
      "generic-x86",
      "jetson-orin-nano",
      "raspberry-pi-4",
      "raspberry-pi-5",
    ]);
  });

  test.each(["modbus", "usb-relay"])(
    "a site on a %s board, for which no driver ships, is refused",
    (kind) => {
      const site = `site: { id: t, name: { en: T, zh: T } }\nboard: { kind: ${kind} }\nvestibules: [{ id: v1 }]\n`;
      expect(faultsThrownBy(() => siteOf(parseYaml("site.yaml", site), {}))).toMatchObject([
        { line: 2, path: "board.kind" },
      ]);
    },
  );

  test.each(profiles)("%s serves a door pair with bolts, buttons, fire, tamper and buzzer", (name) => {
    const fitted = "{ bolt: fitted, rex: fitted }";
    const { vestibules } = siteForTests(`    doors: { outer: ${fitted}, inner: ${fitted} }\n`);
    const lines = linesOf(load(name), vestibules, readYamlFile(`${boards}${name}.yaml`)).get("v1");
    expect(lines?.fire?.direction).toBe("in");
    expect(lines?.tamper?.direction).toBe("in");
    expect(lines?.buzzer?.direction).toBe("out");
    expect(lines?.doors.outer.bolt?.name).toBe("outer.bolt");
    expect(lines?.doors.inner.rex?.name).toBe("inner.rex");
  });

  test.each(profiles)("%s reads a cut wire, which is pulled up, as the unsafe state of each loop", (name) => {
    const highIs = {
      contact: "active",
      bolt: "active",
      fire: "active",
      lockdown: "active",
      tamper: "active",
    };
    const wanted: Readonly<Record<string, string>> = {
      ...highIs,
      rex: "inactive",
      mains: "inactive",
      battery: "inactive",
    };
    for (const [line, { activeLow, direction, pull }] of Object.entries(load(name).lines)) {
      if (direction === "out") continue;
      expect([line, activeLow ? "inactive" : "active"]).toEqual([line, wanted[partsOf(line).meaning]]);
      expect(pull).not.toBe("down");
    }
  });

  test.each(Object.entries(headers))("%s has the pins of its drawing, each once", (name, drawing) => {
    const svg = read(`${root}docs/wiring/${drawing}.svg`);
    const pins = Object.entries(load(name).lines).map(([line, { terminal }]) => `${line} ${pinOf(terminal)}`);
    const drawn = [...svg.matchAll(/data-line="([^"]+)" data-pin="(\d+)"/g)].map(
      ([, line, pin]) => `${line} ${pin}`,
    );
    expect(pins.toSorted()).toEqual(drawn.toSorted());
  });

  test("the Raspberry Pi's firmware rests exactly the lines that the profile drives", () => {
    const config = read(`${boot}raspberry-pi-config.txt`);
    const rested = (/^gpio=([\d,]+)=op,dl$/m.exec(config)?.[1] ?? "").split(",").map((line) => `GPIO${line}`);
    for (const name of ["raspberry-pi-4", "raspberry-pi-5"]) {
      const outputs = Object.values(load(name).lines).flatMap(({ direction, line }) =>
        direction === "out" && "name" in line ? [line.name] : [],
      );
      expect(outputs.toSorted()).toEqual(rested.toSorted());
    }
    expect(config).toMatch(/^dtparam=strict_gpiod$/m);
  });

  test("the Jetson's overlay drives the profile's outputs, only reads its inputs, and touches nothing else", () => {
    const overlay = read(`${boot}jetson-orin-nano-header.dts`);
    const pads = [
      ...overlay.matchAll(/hdr40-pin(\d+) \{ nvidia,pins = "\w+_p([a-z]+)(\d)"; nvidia,tristate = <(\d)>/g),
    ];
    const configured = pads.map(
      ([, pin, port, bit, tristate]) =>
        `${pin} P${port?.toUpperCase()}.0${bit} ${tristate === "0" ? "out" : "in"}`,
    );
    const lines = Object.values(load("jetson-orin-nano").lines).map(
      ({ terminal, line, direction }) => `${pinOf(terminal)} ${"name" in line ? line.name : ""} ${direction}`,
    );
    expect(configured.toSorted()).toEqual(lines.toSorted());
  });
});
