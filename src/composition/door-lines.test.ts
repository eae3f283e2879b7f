import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadWiredSite } from "../config/site-board.ts";
import { inputGroups, outputGroups } from "../drivers/gpio/line-plan.ts";
import { keepLocks, wiredVestibulesOf } from "./door-lines.ts";

const shipped = (name: string) =>
  loadWiredSite(fileURLToPath(new URL(`../../firmware-config/${name}`, import.meta.url)), {});

test("the lines of a GPIO board reach the other processes as JSON, without the remarks for people", () => {
  const wired = wiredVestibulesOf(shipped("example-gpio-raspberry-pi-5.yaml"));
  const text = JSON.stringify(wired);
  expect(text).not.toMatch(/notes|terminal|direction/);
  const plan = new Map(JSON.parse(text) as typeof wired); // what was just written
  expect(outputGroups(plan).map(({ chip, lines }) => [chip, ...lines.map(({ name }) => name)])).toEqual([
    ["pinctrl-rp1", "outer.lock", "inner.lock", "buzzer"],
  ]);
  expect(inputGroups(plan)[0]?.lines.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["outer.contact", "inner.bolt", "outer.rex", "fire", "tamper", "mains"]),
  );
  expect(plan.get("v1")?.doors.outer.rex).toEqual({
    name: "outer.rex",
    chip: "pinctrl-rp1",
    line: { name: "GPIO25" },
    activeLow: true,
    pull: "external",
  });
});

test("the simulated board has no lines, and nobody keeps its locks but its building", async () => {
  const loaded = shipped("demo.yaml");
  const wired = wiredVestibulesOf(loaded);
  expect(wired).toBeUndefined();
  const start = {
    site: loaded.site,
    wired,
    configurationHash: "",
    dataDirectory: "",
    configurationFile: "",
    version: "",
  };
  expect(await keepLocks(start)).toBeUndefined();
});
