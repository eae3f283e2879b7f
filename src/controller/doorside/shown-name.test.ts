import { expect, test } from "vitest";
import { shownName } from "./shown-name.ts";

test.each([
  ["林静 Lin Jing", "静"],
  ["王小明", "小明"],
  ["欧阳修", "修"],
  ["诸葛 Zhuge", "葛"],
  ["买买提·艾力", "买买提"],
  ["Anna Schmidt", "Anna"],
  ["林", "林"],
])("of %s the given name is %s", (name, given) => {
  expect(shownName(name, "given")).toBe(given);
  expect(shownName(name, "full")).toBe(name);
  expect(shownName(name, "none")).toBeNull();
});
