import { describe, expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../../test/support/api-for-tests.ts";
import { pairedDisplay, waitingDisplay } from "../../../test/support/paired-display.ts";

const place = { vestibule: "v1", accessPoint: "outer-entry", name: "Street" } as const;

const displays = async (api: ApiForTests, cookie: string) =>
  (await api.call("GET", "/api/v1/displays", { cookie })).json<{
    displays: { id: string; name: string; lastSeenAt: string | null }[];
  }>().displays;

const shows = async (api: ApiForTests, cookie: string) =>
  (await api.call("GET", "/api/v1/display", { cookie })).statusCode;

describe("pairing", () => {
  test("a screen shows a code, an operator types it as it is read, and the screen is that access point's", async () => {
    await using api = await apiForTests();
    const { cookie, code } = await waitingDisplay(api);
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
    expect(await shows(api, cookie)).toBe(401);
    const typed = `${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase();
    const admin = await api.logInAs("installer");
    const answer = await api.call("POST", "/api/v1/displays", {
      cookie: admin,
      body: { ...place, code: typed },
    });
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toMatchObject({ ...place, pairedBy: "installer", fitted: true });
    expect(await shows(api, cookie)).toBe(200);
    const [record] = api.services.events({ limit: 9, type: "DisplayPaired" });
    expect(record?.payload).toEqual({
      ...{ operator: "installer", display: "Street" },
      ...{ vestibule: "v1", accessPoint: "outer-entry" },
    });
    const secret = cookie.split("=")[1] ?? "";
    expect(JSON.stringify([...api.displays.stored, answer.body, api.log])).not.toContain(secret);
  });

  test("the cookie is one no script reads and no other site's page sends, and with TLS bound to the host", async () => {
    for (const tls of [false, true]) {
      await using api = await apiForTests({ tls });
      const [cookie] = (await api.call("POST", "/api/v1/display/pairing")).cookies;
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/" });
      expect(cookie?.secure ?? false).toBe(tls);
      expect(cookie?.name).toBe(tls ? "__Host-vestibule_display" : "vestibule_display");
    }
  });

  test("a code is good once, for ten minutes, and stays on a screen that is loaded again", async () => {
    await using api = await apiForTests();
    const admin = await api.logIn();
    const pair = (code: string, name: string) =>
      api.call("POST", "/api/v1/displays", { cookie: admin, body: { ...place, code, name } });
    const first = await waitingDisplay(api);
    const again = await api.call("POST", "/api/v1/display/pairing", { cookie: first.cookie });
    expect(again.json()).toMatchObject({ code: first.code });
    expect(again.cookies).toEqual([]);
    expect((await pair(first.code, "Street")).statusCode).toBe(201);
    expect((await pair(first.code, "Vault")).json()).toMatchObject({ code: "no-such-code" });
    const paired = await api.call("POST", "/api/v1/display/pairing", { cookie: first.cookie });
    expect(paired.json()).toMatchObject({ code: "already-paired" });

    const second = await waitingDisplay(api);
    api.clock.advance(10 * 60_000 + 1);
    expect((await pair(second.code, "Vault")).json()).toMatchObject({ code: "no-such-code" });
    expect(await shows(api, second.cookie)).toBe(401);
  });

  test("a code nobody shows, a door nobody has and a name somebody has are refused", async () => {
    await using api = await apiForTests();
    const admin = await api.logIn();
    await pairedDisplay(api);
    const { code } = await waitingDisplay(api);
    const pair = async (change: object) =>
      (
        await api.call("POST", "/api/v1/displays", {
          cookie: admin,
          body: { ...place, name: "Vault", code, ...change },
        })
      ).json<{ code: string }>().code;
    expect(await pair({ code: "22222222" })).toBe("no-such-code");
    expect(await pair({ accessPoint: "inner-exit" })).toBe("not-found");
    expect(await pair({ vestibule: "v9" })).toBe("not-found");
    expect(await pair({ name: "Street" })).toBe("name-taken");
    expect(await pair({ code: "2222222" })).toBe("no-such-code");
    expect(await pair({ code: "<script>" })).toBe("invalid-request");
  });

  test("T4: whoever asks for codes without end is slowed down, and there are never more than so many", async () => {
    await using api = await apiForTests();
    const ask = async (address: string) =>
      (await api.call("POST", "/api/v1/display/pairing", { address })).statusCode;
    const answers: number[] = [];
    for (let times = 0; times < 45; times++) answers.push(await ask("10.0.0.9"));
    expect(answers.filter((status) => status === 200).length).toBeLessThan(43);
    expect(answers.at(-1)).toBe(429);
    expect(await ask("10.0.0.10")).toBe(200);
    for (let others = 11; others < 80; others++) await ask(`10.0.0.${others}`);
    expect(await ask("10.0.1.1")).toBe(429);
    api.clock.advance(10 * 60_000 + 1);
    expect(await ask("10.0.1.1")).toBe(200);
  });
});

test("unpaired it is shown nothing from then on, renamed it goes on; both are recorded", async () => {
  await using api = await apiForTests();
  const cookie = await pairedDisplay(api);
  const admin = await api.logIn();
  const [{ id } = { id: "" }] = await displays(api, admin);
  const renamed = await api.call("PATCH", `/api/v1/displays/${id}`, {
    cookie: admin,
    body: { name: "Left" },
  });
  expect(renamed.json()).toMatchObject({ name: "Left" });
  expect(await shows(api, cookie)).toBe(200);
  expect((await api.call("DELETE", `/api/v1/displays/${id}`, { cookie: admin })).statusCode).toBe(204);
  expect(await shows(api, cookie)).toBe(401);
  expect(await displays(api, admin)).toEqual([]);
  for (const [type, payload] of [
    ["DisplayRenamed", { former: "Street", display: "Left" }],
    ["DisplayUnpaired", { display: "Left", accessPoint: "outer-entry" }],
  ] as const)
    expect(api.services.events({ limit: 9, type })).toMatchObject([{ payload }]);
  expect((await api.call("DELETE", `/api/v1/displays/${id}`, { cookie: admin })).statusCode).toBe(404);
});

test("when it was last seen is known to the minute", async () => {
  await using api = await apiForTests();
  const cookie = await pairedDisplay(api);
  const admin = await api.logIn();
  const seen = async () => (await displays(api, admin))[0]?.lastSeenAt;
  expect(await seen()).toBeNull();
  await shows(api, cookie);
  const first = await seen();
  api.clock.advance(30_000);
  await shows(api, cookie);
  expect(await seen()).toBe(first);
  api.clock.advance(30_000);
  await shows(api, cookie);
  expect(Date.parse((await seen()) ?? "")).toBe(Date.parse(first ?? "") + 60_000);
});

describe("what a screen is told", () => {
  test("R16: out of service while the interlock is silent or nothing can be recorded", async () => {
    await using api = await apiForTests();
    const cookie = await pairedDisplay(api);
    const text = async () =>
      (await api.call("GET", "/api/v1/display", { cookie })).json<{ text: string }>().text;
    expect(await text()).toBe("ready");
    api.services.storage = "failed";
    expect(await text()).toBe("outOfService");
    api.services.storage = "ok";
    api.services.condition = null;
    expect(await text()).toBe("outOfService");
  });

  test("a name only with the welcome", async () => {
    await using api = await apiForTests();
    const cookie = await pairedDisplay(api);
    api.services.displays.name = "Anna";
    const screen = async () => (await api.call("GET", "/api/v1/display", { cookie })).json();
    expect(await screen()).toMatchObject({ text: "ready", name: null });
    api.services.shown = { text: "welcome", hint: null, until: null };
    expect(await screen()).toMatchObject({ text: "welcome", name: "Anna" });
  });

  test("a picture only while somebody is looked at", async () => {
    await using api = await apiForTests();
    const cookie = await pairedDisplay(api);
    const mirror = () => api.call("GET", "/api/v1/display/mirror", { cookie });
    for (const text of ["ready", "welcome", "enterPin", "nextPerson"] as const) {
      api.services.shown = { text, hint: null, until: null };
      expect((await mirror()).json()).toMatchObject({ code: "nobody-is-looked-at" });
    }
    api.services.shown = { text: "look", hint: null, until: null };
    expect((await api.call("GET", "/api/v1/display", { cookie })).json()).toMatchObject({ mirror: true });
    api.services.displays.hasCamera = false;
    expect((await mirror()).statusCode).toBe(409);
    api.services.displays.set = { ...api.services.displays.set, mirror: "off" };
    expect((await api.call("GET", "/api/v1/display", { cookie })).json()).toMatchObject({ mirror: false });
    expect(api.services.displays.mirrors.size).toBe(0);
  });
});
