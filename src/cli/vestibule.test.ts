import { expect, test } from "vitest";
import { called } from "../../test/support/called.ts";

const names = (await called("--help")).out.matchAll(/^ {2}(\S+(?: \S+)?) {2,}/gm);
const commands = [...names].map(([, name = ""]) => name);

test("--help lists every command and exits 0", () => {
  expect(commands).toEqual(expect.arrayContaining(["run", "check-config", "face bench", "journal verify"]));
});

test.each(commands)("%s --help says how it is called, and ends its last line", async (name) => {
  const { code, out, err } = await called(...name.split(" "), "--help");
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(new RegExp(`^Usage: vestibule ${name}`));
  expect(out.endsWith("\n")).toBe(true);
});

test("a group's --help lists its commands alone", async () => {
  const { code, out } = await called("journal", "--help");
  expect(code).toBe(0);
  expect(out).toContain("journal verify");
  expect(out).not.toContain("cardholder");
});

test.each([
  [[], "a command is needed"],
  [["unlock"], 'there is no command "unlock"'],
  [["journal"], 'there is no command "journal"'],
  [["face", "guess"], 'there is no command "face guess"'],
])("%j is wrong usage: exit 2, said on stderr", async (args, message) => {
  const { code, out, err } = await called(...args);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(message);
});

test("a picture that is not there is named in one line", async () => {
  const { code, err } = await called("face", "compare", "/nowhere/a.jpg", "/nowhere/b.jpg");
  expect([code, err]).toEqual([2, "face compare: /nowhere/a.jpg: there is no such file\n"]);
});
