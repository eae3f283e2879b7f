import { expect, test } from "vitest";
import { scriptOf } from "./page-version.ts";

test("a page is known by its first script, whose name changes with every part of the page", () => {
  const page = (script: string) =>
    `<head><link rel="stylesheet" href="/a.css"><script type="module" crossorigin src="${script}"></script></head>`;
  expect(scriptOf(page("/assets/index-B3x.js"))).toBe("/assets/index-B3x.js");
  expect(scriptOf("<h1>Bad gateway</h1>")).toBeNull();
});
