import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../../test/support/api-for-tests.ts";

let api: ApiForTests;
let cookie = "";
beforeAll(async () => {
  api = await apiForTests();
  cookie = await api.logIn();
});
afterAll(() => api[Symbol.asyncDispose]());

const imported = (body: string, query = "", type = "text/csv") =>
  api.call("POST", `/api/v1/cardholders/import${query}`, { cookie, body, headers: { "content-type": type } });
const exported = (query = "") => api.call("GET", `/api/v1/cardholders.csv${query}`, { cookie });

describe("a list of people", () => {
  test("is tried, taken, and comes back as it was given", async () => {
    const list =
      "name,number,kind,groups,accessLevels,cards,validFrom,validUntil,host\r\n" +
      '"Berger, Anna",0042,staff,manager;custodian,staff,1001:wiegand26;1002:raw,2026-11-30T00:00:00.000Z,,\r\n' +
      "王小明,0043,staff,,,,,,\r\n";
    const dry = await imported(list, "?dryRun=true");
    expect(dry.statusCode).toBe(200);
    expect(dry.json()).toMatchObject({ imported: false, people: 2, cards: 2, faults: [] });
    expect((await exported()).body.trim().split("\r\n")).toHaveLength(1);
    expect((await imported(list)).json()).toMatchObject({ imported: true, people: 2 });
    const answer = await exported();
    expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(answer.headers["content-disposition"]).toContain("attachment");
    expect(answer.body).toBe(`\uFEFF${list}`);
    expect((await exported("?group=manager")).body).toContain("Berger");
    expect((await exported("?group=manager")).body).not.toContain("王小明");
    const record = api.services.journal.query({ limit: 100, type: "CardholdersExported" }).at(-1);
    expect(record?.payload).toEqual({ operator: "admin", filters: { group: "manager", searched: false } });
  });

  test("with faults tells them and takes nobody", async () => {
    const answer = await imported("name,number\n,P 1\n");
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      imported: false,
      faults: [
        {
          row: 2,
          column: "name",
          value: null,
          message: { en: "A value is needed here", zh: "此处必须填写" },
        },
        { row: 2, column: "number", value: "P 1" },
      ],
    });
  });

  test("is sent as what it is, and is not without end", async () => {
    expect((await imported("{}", "", "application/json")).statusCode).toBe(415);
    expect((await imported("name", "", "text/plain")).statusCode).toBe(415);
    expect((await imported("x".repeat(7 * 1024 * 1024))).statusCode).toBe(413);
    expect((await imported("x".repeat(5.5 * 1024 * 1024))).json()).toMatchObject({
      imported: false,
      faults: [{ message: { en: "The file is larger than 5 MB" } }],
    });
  });

  test("T8: a name that a spreadsheet would take for a formula goes out as text", async () => {
    for (const name of ["=cmd|'/C calc'!A0", "+1", "-1", "@SUM(A1)", "＝1"]) {
      await api.services.addCardholder({ name, groups: ["formula"], accessLevels: [] }, "admin");
    }
    const rows = (await exported("?group=formula")).body.trim().split("\r\n").slice(1);
    expect(rows).toHaveLength(5);
    for (const row of rows) expect(row).toMatch(/^"?'[=+\-@＝]/);
  });
});

describe("a PIN", () => {
  const pin = (id: string, body: unknown) =>
    api.call("PUT", `/api/v1/cardholders/${id}/pin`, { cookie, body });

  test("is set and taken away, and no answer has it", async () => {
    const { id } = await api.services.addCardholder({ name: "Anna", groups: [], accessLevels: [] }, "admin");
    expect((await pin(id, { pin: "4711", duressPin: "8053" })).statusCode).toBe(204);
    const shown = await api.call("GET", `/api/v1/cardholders/${id}`, { cookie });
    expect(shown.json()).toMatchObject({ hasPin: true });
    expect(shown.body).not.toMatch(/4711|8053|duressPin/);
    expect((await api.call("DELETE", `/api/v1/cardholders/${id}/pin`, { cookie })).statusCode).toBe(204);
    expect((await api.call("GET", `/api/v1/cardholders/${id}`, { cookie })).json()).toMatchObject({
      hasPin: false,
    });
    expect((await pin("nobody", { pin: "4711" })).statusCode).toBe(404);
  });

  test("T25: whatever is wrong with it, neither answer nor log repeats it", async () => {
    const { id } = await api.services.addCardholder({ name: "Bo", groups: [], accessLevels: [] }, "admin");
    const url = `/api/v1/cardholders/${id}/pin`;
    const json = { "content-type": "application/json" };
    const before = api.log.length;
    for (const body of [
      '{"pin": 471193x}',
      '{"pin": "471193", "duressPin": 471193}',
      '{"pin": 471193}',
      '{"pin": "471193", "471193": 1}',
      `{"pin": "${"471193".repeat(20)}"}`,
      '{"pin": "471193"',
      '["471193"]',
      '"471193"',
    ]) {
      const answer = await api.call("PUT", url, { cookie, body, headers: json });
      expect(answer.statusCode, body).toBe(400);
      expect(answer.body, body).not.toContain("471193");
    }
    expect(api.log.slice(before).join("\n")).not.toContain("471193");
  });
});

describe("a card", () => {
  const post = (url: string, body?: unknown) => api.call("POST", `/api/v1${url}`, { cookie, body });

  test("is suspended, active again, and revoked for good", async () => {
    const { id } = await api.services.addCardholder({ name: "Anna", groups: [], accessLevels: [] }, "admin");
    const issued = await post(`/cardholders/${id}/cards`, { number: "7700", duress: true, label: "at home" });
    expect(issued.json()).toMatchObject({ duress: true, label: "at home", status: "active" });
    expect((await post("/cards/7700/suspend")).json()).toMatchObject({ status: "suspended" });
    expect((await post("/cards/7700/activate")).json()).toMatchObject({ status: "active" });
    expect((await post("/cards/7700/revoke")).json()).toMatchObject({ status: "revoked" });
    expect((await post("/cards/7700/activate")).statusCode).toBe(409);
    expect((await post("/cards/7799/suspend")).statusCode).toBe(404);
  });
});

describe("people", () => {
  test("are found by number, group, level, kind and status, and carry what was given", async () => {
    const create = (body: unknown) => api.call("POST", "/api/v1/cardholders", { cookie, body });
    const host = (await create({ name: "Hal", number: "H-1", groups: ["hosts"] })).json<{ id: string }>().id;
    const validUntil = "2026-11-30T18:00:00Z";
    const made = await create({ name: "Vi", kind: "visitor", host, validUntil, note: "two\nlines" });
    expect(made.statusCode).toBe(201);
    const id = made.json<{ id: string }>().id;
    expect(made.json()).toMatchObject({
      kind: "visitor",
      host,
      number: null,
      note: "two\nlines",
      operator: null,
    });
    const found = async (query: string): Promise<string[]> =>
      (await api.call("GET", `/api/v1/cardholders?${query}`, { cookie }))
        .json<{ cardholders: { name: string }[] }>()
        .cardholders.map(({ name }) => name);
    expect(await found("search=h-1")).toEqual(["Hal"]);
    expect(await found("kind=visitor")).toEqual(["Vi"]);
    expect(await found("group=hosts")).toEqual(["Hal"]);
    const change = { status: "left", note: null, host: null };
    const changed = await api.call("PATCH", `/api/v1/cardholders/${id}`, { cookie, body: change });
    expect(changed.json()).toMatchObject({ status: "left", note: null, host: null });
    expect(await found("status=left")).toEqual(["Vi"]);
    expect((await create({ name: "Two", number: "H-1" })).json()).toMatchObject({ code: "number-taken" });
    expect((await create({ name: "Three", host: "nobody" })).json()).toMatchObject({ code: "unknown-host" });
  });
});
