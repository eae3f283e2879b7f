import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { accessPointNames } from "../domain/names.ts";
import { editorSchemas } from "./editor-schemas.ts";
import { loadSite } from "./load.ts";
import { loadBoard } from "./load-board.ts";
import { loadWiredSite } from "./site-board.ts";

const folder = fileURLToPath(new URL("../../firmware-config/", import.meta.url));
const yamlIn = (name: string): string[] =>
  readdirSync(`${folder}${name}`).filter((file) => file.endsWith(".yaml"));
const sites = yamlIn("");
const boards = yamlIn("boards");

describe("what ships in firmware-config", () => {
  test("is there at all", () => {
    expect(sites).toEqual(expect.arrayContaining(["demo.yaml", "example-bank-branch.yaml"]));
    expect(sites.map((file) => loadWiredSite(`${folder}${file}`, {}).wiring?.profile.board.id)).toContain(
      "raspberry-pi-5",
    );
    expect(boards).toEqual(expect.arrayContaining(["generic-x86.yaml", "raspberry-pi-5.yaml"]));
  });

  test.each(sites)("site %s loads with its board, and names its schema for editors", (file) => {
    expect(() => loadWiredSite(`${folder}${file}`, {})).not.toThrow();
    expect(readFileSync(`${folder}${file}`, "utf8")).toMatch(
      /^# yaml-language-server: \$schema=\.\/site\.schema\.json\n/,
    );
  });

  test.each(boards)("board %s loads, and names its schema for editors", (file) => {
    const { lines } = loadBoard(`${folder}boards/${file}`);
    expect(Object.keys(lines)).toEqual(
      expect.arrayContaining(["outer.lock", "inner.lock", "outer.contact", "inner.contact"]),
    );
    const text = readFileSync(`${folder}boards/${file}`, "utf8");
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/board\.schema\.json\n/);
  });

  test.each(Object.entries(editorSchemas()))(
    "%s is what the code says; else run node scripts/schema.ts",
    (file, schema) => {
      expect(JSON.parse(readFileSync(`${folder}${file}`, "utf8"))).toEqual(
        JSON.parse(JSON.stringify(schema)),
      );
    },
  );

  test("the demo is what its users are told: one pair, cameras named after access points, open to its people", () => {
    const demo = loadSite(`${folder}demo.yaml`, {});
    expect(demo.vestibules.map(({ id }) => id)).toEqual(["v1"]);
    expect(demo.cameras.map(({ id }) => id).toSorted()).toEqual([...accessPointNames].toSorted());
    for (const name of accessPointNames) {
      expect(demo.vestibules[0]?.accessPoints[name]).toEqual({ reader: { kind: "simulated" }, camera: name });
    }
    expect(demo.accessLevels).toMatchObject([{ accessPoints: "all", vestibules: "all", schedule: "always" }]);
    expect(demo.site.demoPeople).toBe(true);
    expect(demo.board.kind).toBe("simulated");
    expect(demo.mqtt.broker).toBe("embedded");
  });

  test("no shipped file holds a secret or an address of somebody's", () => {
    for (const file of [...sites, ...boards.map((board) => `boards/${board}`)]) {
      const text = readFileSync(`${folder}${file}`, "utf8");
      expect(text).not.toMatch(/password:/i);
      for (const [address] of text.matchAll(/\d+\.\d+\.\d+\.\d+/g))
        expect(address).toMatch(/^(192\.0\.2\.|127\.|0\.0\.0\.0)/);
    }
  });
});
