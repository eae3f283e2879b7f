import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { freeSpace } from "./free-space.ts";

test("knows the file system of a folder, and says when there is none", async () => {
  const { free, total } = await freeSpace(tmpdir());
  expect(free).toBeGreaterThan(0);
  expect(total).toBeGreaterThanOrEqual(free);
  await expect(freeSpace("/nowhere/at/all")).rejects.toThrow(/ENOENT/);
});
