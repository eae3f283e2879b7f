import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { called } from "../../test/support/called.ts";
import { requestsSchema } from "../config/requests-schema.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vestibule-centre-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const make = (...more: string[]) =>
  called("centre-key", "make", "--id", "li-1", "--operator", "li", "--out", join(folder, "li.key"), ...more);
const to = ["--url", "mqtt://127.0.0.1:1", "--site", "demo"];

test("a key is made once, for its owner's eyes; what is printed is for the site's file, and no secret", async () => {
  const { code, out } = await make("--json");
  expect(code).toBe(0);
  const key = JSON.parse(out);
  expect(requestsSchema.parse({ keys: [{ ...key, actions: ["lockdown"] }] }).keys[0]).toMatchObject({
    id: "li-1",
  });
  expect(statSync(join(folder, "li.key")).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(folder, "li.key"), "utf8")).toContain("PRIVATE KEY");
  expect(out).not.toContain("PRIVATE");
  expect(await make()).toMatchObject({ code: 2, err: expect.stringContaining("it exists already") });
});

test("a name that the site's file would not take is refused before a key is made of it", async () => {
  const wrong = await called(
    "centre-key",
    "make",
    "--id",
    "Li 1",
    "--operator",
    "li",
    "--out",
    join(folder, "k"),
  );
  expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining("--id Li 1: lower-case letters") });
});

test.each([
  [["unlock"], 'there is no action "unlock"'],
  [["override", "--vestibule", "v1"], 'there is no action "override"'],
  [["lockdown", "--vestibule", "v1"], "--reason"],
  [["grant", "--vestibule", "v1", "--reason", "x"], "--passage"],
  [["lockdown", "--vestibule", "v1", "--reason", "x", "--with", "wang-1"], "--with needs --write FILE"],
  [["replay", "--after", "-"], "--after"],
])("%j is wrong usage, said before anything is sent", async (args, message) => {
  await make();
  const [action = "", ...more] = args;
  const key = action === "replay" ? [] : ["--key", join(folder, "li.key")];
  const { code, err } = await called("centre-request", action, ...to, ...key, ...more);
  expect([code, err]).toEqual([2, expect.stringContaining(message)]);
});

test("a broker that is not there: exit 1, in one line", async () => {
  expect(await called("centre-request", "replay", ...to, "--after", "1")).toMatchObject({
    ...{
      code: 1,
      err: expect.stringMatching(/^centre-request: mqtt:\/\/127\.0\.0\.1:1: .*ECONNREFUSED.*\n$/),
    },
  });
});
