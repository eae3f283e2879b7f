import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { verifyPassword } from "../api/authentication/password-hash.ts";
import { openSiteStorage } from "../composition/open-site-storage.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import type { JsonValue } from "../ports/journal.ts";
import { cardActivate, cardRevoke, cardSuspend } from "./card-status.ts";
import { cardholderAdd } from "./cardholder-add.ts";
import { cardholderImport } from "./cardholder-import.ts";
import { cardholderPin } from "./cardholder-pin.ts";
import type { Command } from "./command.ts";

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "vestibule-cli-people-"));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const storage = () => openSiteStorage({ directory: data, clock: new SystemClock(), env: {} });

async function run(command: Command, args: readonly string[], sent = "") {
  let [stdout, stderr] = ["", ""];
  const exit = await command.run(args, {
    stdout: (text) => void (stdout += text),
    stderr: (text) => void (stderr += text),
    stdin: async (most) => sent.slice(0, most),
    env: { VESTIBULE_DATA: data, SUDO_USER: "anna" },
  });
  return { exit, stdout, stderr };
}

function person(card?: string): string {
  using opened = storage();
  const { id } = opened.directory.add({ name: "Anna", groups: [], accessLevels: [] });
  if (card !== undefined) opened.directory.issueCard(id, card, "raw");
  return id;
}

function records(): readonly string[] {
  using opened = storage();
  return opened.journal
    .query({ limit: 100 })
    .map(({ type, payload }) => `${type} ${JSON.stringify(payload.operator)}`);
}

test("a card is suspended, active again and revoked, each on record; what is revoked stays so", async () => {
  person("1001");
  expect(await run(cardSuspend, ["1001"])).toMatchObject({ exit: 0, stdout: "1001 suspended\n" });
  expect(await run(cardActivate, ["1001"])).toMatchObject({ exit: 0, stdout: "1001 active\n" });
  expect(await run(cardRevoke, ["1001"])).toMatchObject({ exit: 0, stdout: "1001 revoked\n" });
  expect(await run(cardActivate, ["1001"])).toMatchObject({ exit: 1 });
  expect(await run(cardSuspend, ["9999"])).toMatchObject({ exit: 1 });
  expect(await run(cardSuspend, [])).toMatchObject({ exit: 2 });
  expect(records()).toEqual(Array(3).fill('CardStatusChanged "shell:anna"'));
});

describe("a person who is added", () => {
  const added = (...args: readonly string[]) => run(cardholderAdd, args);
  const changeLevels = (body: JsonValue) => {
    using opened = storage();
    const facts = { hash: "h", operator: null, approver: null, reason: "" };
    opened.rules.append({ kind: "site-file", body: { accessLevels: [{ name: "staff" }] }, ...facts });
    opened.rules.append({ kind: "access-levels", body, ...facts });
  };

  test.each([
    ["a name of two lines", ["Li\nMing"]],
    ["a name that turns the writing round", ["Li\u202e"]],
    ["a group that no rule could name", ["Li", "--group", "The Managers"]],
    ["an end before the beginning", ["Li", "--valid-from", "2027-01-01", "--valid-until", "2026-12-31"]],
  ])("with %s is refused as at the API", async (_, args) => {
    expect(await added(...args)).toMatchObject({ exit: 2, stdout: "" });
    expect(records()).toEqual([]);
  });

  test("has levels that there are: as they were changed, else of the site's file; before a first run none is known", async () => {
    expect(await added("Anna", "--access-level", "porters")).toMatchObject({ exit: 0 });
    changeLevels([{ name: "porters" }]);
    expect(await added("Bo", "--access-level", "porters")).toMatchObject({ exit: 0 });
    expect(await added("Bo", "--access-level", "staff")).toMatchObject({ exit: 1, stdout: "" });
    changeLevels(null);
    expect(await added("Bo", "--access-level", "staff")).toMatchObject({ exit: 0 });
    expect(await added("Bo", "--access-level", "porters")).toMatchObject({ exit: 1, stdout: "" });
  });

  test("and so has everybody in a list", async () => {
    changeLevels([{ name: "porters" }]);
    const file = join(data, "people.csv");
    writeFileSync(file, "name,accessLevels\nBo,porters\n");
    expect(await run(cardholderImport, [file])).toMatchObject({ exit: 0 });
    writeFileSync(file, "name,accessLevels\nBo,everywhere\n");
    expect(await run(cardholderImport, [file])).toMatchObject({ exit: 1 });
  });
});

describe("a PIN", () => {
  test("is read from standard input, kept as a hash, and taken away", async () => {
    const id = person();
    expect(await run(cardholderPin, [id], "4711\n8053\n")).toMatchObject({
      exit: 0,
      stdout: `${id} PIN set\n`,
    });
    {
      using opened = storage();
      const { pin = "", duressPin = "" } = opened.directory.pins(id);
      expect(await verifyPassword("4711", pin)).toBe(true);
      expect(await verifyPassword("8053", duressPin)).toBe(true);
    }
    expect(await run(cardholderPin, [id, "--remove"])).toMatchObject({ exit: 0, stdout: `${id} no PIN\n` });
    using opened = storage();
    expect(opened.directory.get(id)?.hasPin).toBe(false);
    expect(opened.journal.query({ limit: 9 }).map(({ type }) => type)).toEqual(["PinSet", "PinRemoved"]);
  });

  test("that will not do, or is none, changes nothing and is not repeated", async () => {
    const id = person();
    for (const [sent, exit] of [
      ["", 2],
      ["4711\n8053\n9264\n", 2],
      ["123\n", 1],
      ["471193471193\n", 1],
    ] as const) {
      const outcome = await run(cardholderPin, [id], sent);
      expect(outcome.exit, sent).toBe(exit);
      expect(outcome.stderr).not.toMatch(/123|471193|9264/);
    }
    expect((await run(cardholderPin, ["nobody"], "4711\n")).exit).toBe(1);
    expect(records()).toEqual([]);
  });
});

describe("a list", () => {
  const file = (text: string): string => {
    const path = join(data, "list.csv");
    writeFileSync(path, text);
    return path;
  };

  test("is tried and imported, by its hash on record", async () => {
    const list = file("姓名,工号,卡号\n王小明,0042,1001:wiegand26\nBo,0043,\n");
    expect((await run(cardholderImport, [list, "--dry-run"])).stdout).toBe(
      "2 people, 1 cards: would be imported\n",
    );
    expect(records()).toEqual([]);
    const { exit, stdout } = await run(cardholderImport, [list, "--json"]);
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ imported: true, people: 2, cards: 1, faults: [] });
    expect(records().at(-1)).toBe('CardholdersImported "shell:anna"');
    using opened = storage();
    expect(opened.directory.findByCard("1001")?.cardholder).toMatchObject({ name: "王小明", number: "0042" });
  });

  test("with faults tells each in both languages, and changes nothing", async () => {
    const { exit, stdout } = await run(cardholderImport, [file("name,number\n,P 1\n")]);
    expect(exit).toBe(1);
    expect(stdout).toBe(
      "row 2, name: A value is needed here / 此处必须填写\n" +
        "row 2, number (P 1): Visible ASCII characters only, at most 64 / 只允许可见的 ASCII 字符，最多 64 个\n" +
        "0 people, 0 cards: nobody was imported\n",
    );
    expect(await run(cardholderImport, [join(data, "none.csv")])).toMatchObject({ exit: 2 });
  });
});
