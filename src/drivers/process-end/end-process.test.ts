import { spawnSync } from "node:child_process";
import process from "node:process";
import { expect, test } from "vitest";

const module = new URL("end-process.ts", import.meta.url).href;

test("the process is gone with its code, what it said is out, and no exit handler holds it up", () => {
  const program = `
    process.on("exit", () => { for (;;); });
    process.stdout.write("said ".repeat(10_000));
    (await import(${JSON.stringify(module)})).endProcess(2);`;
  const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
    timeout: 20_000,
  });
  expect(status).toBe(2);
  expect(stdout).toHaveLength(50_000);
});
