import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rightsTable } from "./right-words.ts";

test("docs/rights.md has the table as the code has it", () => {
  const page = readFileSync(new URL("../../../docs/rights.md", import.meta.url), "utf8");
  const written = page.split("\n").filter((line) => line.startsWith("|"));
  expect(written.join("\n")).toBe(rightsTable());
});
