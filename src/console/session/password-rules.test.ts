import { expect, test } from "vitest";
import { type PasswordEntry, passwordRules } from "./password-rules.ts";

const good: PasswordEntry = {
  username: "admin",
  current: "one-time-4711",
  next: "two doors, one key",
  repeat: "two doors, one key",
};
const unmet = (change: Partial<PasswordEntry>): string[] =>
  passwordRules({ ...good, ...change })
    .filter(({ met }) => !met)
    .map(({ rule }) => rule);

test("a long new password, entered twice alike, meets every rule", () => {
  expect(unmet({})).toEqual([]);
});

test("each rule names itself when it is the one not met", () => {
  expect(unmet({ next: "shorty", repeat: "shorty" })).toEqual(["ruleLength"]);
  expect(unmet({ next: "abababababab", repeat: "abababababab" })).toEqual(["ruleVaried"]);
  expect(unmet({ next: good.current, repeat: good.current })).toEqual(["ruleDifferent"]);
  expect(unmet({ next: "the Admin was here", repeat: "the Admin was here" })).toEqual(["ruleNotName"]);
  expect(unmet({ repeat: "something else" })).toEqual(["ruleSame"]);
});

test("nothing entered meets nothing: an empty form shows no ticks", () => {
  expect(unmet({ next: "", repeat: "" })).toHaveLength(5);
});
