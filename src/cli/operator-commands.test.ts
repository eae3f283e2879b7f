import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { verifyPassword } from "../api/authentication/password-hash.ts";
import { openSiteStorage } from "../composition/open-site-storage.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import type { Command } from "./command.ts";
import { journalShow } from "./journal-show.ts";
import { operatorAdd } from "./operator-add.ts";
import { operatorList } from "./operator-list.ts";

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "vestibule-cli-"));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

async function run(command: Command, ...args: string[]) {
  let [stdout, stderr] = ["", ""];
  const exit = await command.run(args, {
    stdout: (text) => void (stdout += text),
    stderr: (text) => void (stderr += text),
    env: { VESTIBULE_DATA: data, SUDO_USER: "anna" },
  });
  return { exit, stdout, stderr };
}

const storage = () => openSiteStorage({ directory: data, clock: new SystemClock(), env: {} });

test("an account is added with a password for one time, which is printed and nowhere kept, and is on record", async () => {
  const { exit, stdout } = await run(operatorAdd, "li.na", "--json");
  expect(exit).toBe(0);
  const { username, oneTimePassword } = JSON.parse(stdout) as Record<string, string>;
  expect(username).toBe("li.na");
  {
    using kept = storage();
    const account = kept.operators.find("li.na");
    expect(account).toMatchObject({ mustChangePassword: true, role: "administrator" });
    expect(await verifyPassword(oneTimePassword ?? "", account?.passwordHash ?? "")).toBe(true);
  }
  const records = (await run(journalShow, "--json")).stdout;
  expect(records).toContain('"OperatorAdded"');
  expect(records).toContain('"shell:anna"');
  expect(records).not.toContain(oneTimePassword);
});

test("an account has the role that is given; another word is none: exit 2", async () => {
  expect((await run(operatorAdd, "li.na", "--role", "auditor")).exit).toBe(0);
  expect((await run(operatorList)).stdout).toMatch(/^li\.na {2}auditor {2}/);
  const { exit, stderr } = await run(operatorAdd, "wang.wei", "--role", "boss");
  expect([exit, stderr]).toEqual([2, expect.stringContaining("securityOfficer")]);
});

test("the accounts are listed, also in words", async () => {
  await run(operatorAdd, "wang.wei");
  await run(operatorAdd, "li.na");
  const listed = JSON.parse((await run(operatorList, "--json")).stdout) as {
    operators: { username: string }[];
  };
  expect(listed.operators.map(({ username }) => username)).toEqual(["li.na", "wang.wei"]);
  expect((await run(operatorList)).stdout).toMatch(/^li\.na {2}administrator {2}since .*not changed yet\n/);
});

test("the same name again is no: exit 1, and the password stays", async () => {
  await run(operatorAdd, "li.na");
  const before = hashOf("li.na");
  const again = await run(operatorAdd, "li.na");
  expect(again).toMatchObject({ exit: 1, stdout: "" });
  expect(again.stderr).toContain("li.na already");
  expect(hashOf("li.na")).toBe(before);
});

test.each([["Li"], ["x"], ["1li"], ["li na"], ["a".repeat(33)], []])(
  "%j is no name: exit 2",
  async (...name) => {
    expect((await run(operatorAdd, ...name.filter((part) => part !== undefined))).exit).toBe(2);
  },
);

test("while the controller runs it is told to be stopped first", async () => {
  using _controller = storage();
  const { exit, stderr } = await run(operatorAdd, "li.na");
  expect(exit).toBe(2);
  expect(stderr).toContain("stop it first");
});

function hashOf(username: string): string | undefined {
  using kept = storage();
  return kept.operators.find(username)?.passwordHash;
}
