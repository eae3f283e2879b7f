import { describe, expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../../test/support/api-for-tests.ts";
import { openAlarm } from "../../../test/support/open-alarm.ts";
import { pairedWatchScreen, waitingWatchScreen } from "../../../test/support/paired-watch-screen.ts";
import { idleLimit } from "../authentication/sessions.ts";

const screens = async (api: ApiForTests) =>
  (await api.call("GET", "/api/v1/watch-screens", { cookie: await api.logIn() })).json<{
    screens: { id: string; name: string; online: boolean; duress: boolean }[];
  }>().screens;

const change = async (api: ApiForTests, id: string, body: object, cookie?: string) =>
  await api.call("PATCH", `/api/v1/watch-screens/${id}`, { cookie: cookie ?? (await api.logIn()), body });

const recorded = (api: ApiForTests, type: string) =>
  api.services.events({ limit: 99, type }).map(({ payload }) => payload);

describe("pairing", () => {
  test("a screen shows a code, an officer types it, and from then on the screen watches", async () => {
    await using api = await apiForTests();
    const { cookie, code } = await waitingWatchScreen(api);
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
    const own = () => api.call("GET", "/api/v1/watch", { cookie });
    expect((await own()).statusCode).toBe(401);
    const typed = `${code.slice(0, 4)} ${code.slice(4)}`.toLowerCase();
    const officer = await api.logInAs("securityOfficer");
    const body = { code: typed, name: "Left wall", pictures: true };
    const answer = await api.call("POST", "/api/v1/watch-screens", { cookie: officer, body });
    expect(answer.json()).toMatchObject({
      name: "Left wall",
      vestibules: null,
      pictures: true,
      duress: false,
    });
    expect((await own()).json()).toEqual({
      name: "Left wall",
      vestibules: null,
      duress: false,
      rights: ["seeState", "seeAlarms", "seeEvents", "seeEvidence"],
    });
    const facts = { operator: "securityofficer", screen: "Left wall" };
    expect(recorded(api, "WatchScreenPaired")).toEqual([
      { ...facts, shows: "all", pictures: true, duress: false },
    ]);
    const secret = cookie.split("=")[1] ?? "";
    expect(JSON.stringify([...api.watchScreens.stored, answer.body, api.log])).not.toContain(secret);
  });

  test("a door's screen and one that watches have each other's code and cookie for nothing", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    const atDoor = (await api.call("POST", "/api/v1/display/pairing")).json<{ code: string }>().code;
    const watch = await waitingWatchScreen(api);
    const pair = (path: string, body: object) => api.call("POST", `/api/v1/${path}`, { cookie, body });
    expect((await pair("watch-screens", { code: atDoor, name: "x" })).json()).toMatchObject({
      code: "no-such-code",
    });
    const where = { vestibule: "v1", accessPoint: "outer-entry", name: "x" };
    expect((await pair("displays", { code: watch.code, ...where })).json()).toMatchObject({
      code: "no-such-code",
    });
  });

  test("a door pair nobody has and a name somebody has are refused; the cookie is one no script reads", async () => {
    await using api = await apiForTests({ tls: true });
    const [cookie] = (await api.call("POST", "/api/v1/watch/pairing")).cookies;
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/", secure: true });
    expect(cookie?.name).toBe("__Host-vestibule_watch");
    const { id } = await pairedWatchScreen(api);
    const { code } = await waitingWatchScreen(api);
    const admin = await api.logIn();
    const pair = async (body: object) =>
      (await api.call("POST", "/api/v1/watch-screens", { cookie: admin, body: { code, ...body } })).json();
    expect(await pair({ name: "x", vestibules: ["v9"] })).toMatchObject({ code: "not-found" });
    expect(await pair({ name: "x", vestibules: [] })).toMatchObject({ code: "invalid-request" });
    expect(await pair({ name: "Left wall" })).toMatchObject({ code: "name-taken" });
    expect((await change(api, id, { vestibules: ["v9"] })).json()).toMatchObject({ code: "not-found" });
  });
});

test("what it asks by itself keeps no operator signed in, and an operator beside it lends it nothing", async () => {
  await using api = await apiForTests();
  const screen = await pairedWatchScreen(api);
  const session = await api.logIn();
  const both = `${screen.cookie}; ${session}`;
  const headers = { "x-vestibule-screen": "1" };
  const asScreen = await api.call("GET", "/api/v1/state", { cookie: both, headers });
  expect(asScreen.statusCode).toBe(200);
  const people = (more = {}) => api.call("GET", "/api/v1/cardholders", { cookie: both, ...more });
  expect((await people({ headers })).statusCode).toBe(401);
  expect((await people()).statusCode).toBe(200);
  api.clock.advance(idleLimit - 1);
  expect((await api.call("GET", "/api/v1/alarms", { cookie: both, headers })).statusCode).toBe(200);
  api.clock.advance(2);
  expect((await people()).statusCode).toBe(401);
});

describe("A5: duress on a wall", () => {
  const forced = (api: ApiForTests) => {
    const { services } = api;
    services.doors.outer = { ...services.doors.outer, alarm: "Duress" };
    services.happen("DuressSignalled", { vestibule: "v1", accessPoint: "outer-entry" });
    services.raise(openAlarm("Duress", { evidence: ["d".repeat(64)] }));
    services.raise(openAlarm("DoorHeldOpen", { evidence: ["e".repeat(64)] }));
  };
  const shown = async (screen: Awaited<ReturnType<typeof pairedWatchScreen>>) =>
    (await Promise.all(["/state", "/alarms", "/events"].map((path) => screen.ask(path))))
      .map(({ body }) => body)
      .join();

  test("is shown where that was chosen, and nowhere else", async () => {
    await using api = await apiForTests();
    const screen = await pairedWatchScreen(api, { pictures: true });
    forced(api);
    expect(await shown(screen)).not.toMatch(/Duress/);
    expect(await shown(screen)).toContain("DoorHeldOpen");
    expect((await screen.ask("/alarms/v1.outer.Duress")).statusCode).toBe(404);
    expect((await change(api, screen.id, { duress: true })).json()).toMatchObject({ duress: true });
    expect(await shown(screen)).toMatch(/DuressSignalled/);
    expect((await screen.ask("/alarms/v1.outer.Duress")).statusCode).toBe(200);
  });

  test("is never shown at the box itself", async () => {
    await using api = await apiForTests();
    const { cookie } = await pairedWatchScreen(api, { duress: true });
    forced(api);
    const headers = { "x-vestibule-screen": "1" };
    const atTheBox = async (path: string) =>
      (await api.call("GET", `/api/v1${path}`, { cookie, headers, address: "127.0.0.1" })).body;
    expect(await atTheBox("/alarms")).not.toMatch(/Duress/);
    expect(await atTheBox("/watch")).toContain('"duress":false');
  });

  test("takes a second operator where four-eyes is in force, and raises ConfigurationChanged", async () => {
    await using api = await apiForTests();
    const screen = await pairedWatchScreen(api);
    const admin = await api.logIn();
    const officer = await api.logInAs("securityOfficer");
    api.services.approvalRules.inForce = true;
    const proposed = await change(api, screen.id, { duress: true }, admin);
    expect(proposed.statusCode).toBe(202);
    expect((await screens(api))[0]).toMatchObject({ duress: false });
    const { approval } = proposed.json<{ approval: { id: string; weakens: object[] } }>();
    expect(approval.weakens).toHaveLength(1);
    const confirm = (cookie: string) =>
      api.call("POST", `/api/v1/approvals/${approval.id}/confirm`, { cookie, body: { comment: "" } });
    expect((await confirm(admin)).statusCode).toBe(403);
    expect((await confirm(officer)).statusCode).toBe(200);
    expect((await screens(api))[0]).toMatchObject({ duress: true });
    expect(recorded(api, "WatchScreenChanged")).toMatchObject([
      { operator: "admin", confirmedBy: "securityofficer", duress: true },
    ]);
    expect(recorded(api, "AlarmRaised")).toMatchObject([
      { alarm: "ConfigurationChanged", detail: "watch screen Left wall shows duress" },
    ]);
  });

  test("of a door pair of which it was not confirmed, takes a second operator again", async () => {
    await using api = await apiForTests();
    const screen = await pairedWatchScreen(api, { vestibules: ["v1"], duress: true });
    await api.logInAs("securityOfficer");
    api.services.approvalRules.inForce = true;
    expect((await change(api, screen.id, { vestibules: null })).statusCode).toBe(202);
    expect((await change(api, screen.id, { name: "Right wall" })).statusCode).toBe(200);
    expect((await change(api, screen.id, { duress: false })).statusCode).toBe(200);
  });
});

test("pictures are those of the alarms it shows, each look on record under its name, and only where chosen", async () => {
  await using api = await apiForTests();
  const screen = await pairedWatchScreen(api, { pictures: true });
  const [ofAlarm, ofDuress, other] = ["a".repeat(64), "b".repeat(64), "c".repeat(64)] as const;
  for (const hash of [ofAlarm, ofDuress, other]) api.services.pictures.set(hash, Buffer.from("jpeg"));
  api.services.raise(openAlarm("DoorHeldOpen", { evidence: [ofAlarm] }));
  api.services.raise(openAlarm("Duress", { evidence: [ofDuress] }));
  const asked = async (hash: string) => (await screen.ask(`/evidence/${hash}`)).statusCode;
  expect(await Promise.all([ofAlarm, ofDuress, other].map(asked))).toEqual([200, 404, 404]);
  expect(api.services.views).toEqual([{ operator: "screen:Left wall", hash: ofAlarm }]);
  await change(api, screen.id, { pictures: false });
  expect(await asked(ofAlarm)).toBe(403);
});

test("of other door pairs than its own it is told nothing; what is the site's it is", async () => {
  await using api = await apiForTests();
  const screen = await pairedWatchScreen(api, { vestibules: ["v1"] });
  const { services } = api;
  services.happen("DoorOpened", { vestibule: "v2", door: "outer" });
  services.happen("DoorClosed", { vestibule: "v1", door: "outer" });
  services.happen("BrokerLost");
  services.raise(openAlarm("DoorForcedOpen", { place: { vestibule: "v2", door: "outer" } }));
  services.raise(openAlarm("DoorHeldOpen"));
  services.raise(openAlarm("DiskNearlyFull", { place: {} }));
  const events = (await screen.ask("/events")).json<{ events: { type: string }[] }>().events;
  expect(events.map(({ type }) => type).slice(-2)).toEqual(["DoorClosed", "BrokerLost"]);
  const { alarms } = (await screen.ask("/alarms")).json<{ alarms: { type: string }[] }>();
  expect(alarms.map(({ type }) => type).toSorted()).toEqual(["DiskNearlyFull", "DoorHeldOpen"]);
  expect((await screen.ask("/alarms/v2.outer.DoorForcedOpen")).statusCode).toBe(404);
  const { vestibules } = (await screen.ask("/state")).json<{ vestibules: { id: string }[] }>();
  expect(vestibules.map(({ id }) => id)).toEqual(["v1"]);
});

test("unpaired, or shown something else from now on, its stream ends at once", async () => {
  await using api = await apiForTests({ limits: { heartbeatInterval: 600_000 } });
  const screen = await pairedWatchScreen(api);
  await api.fastify.listen({ host: "127.0.0.1", port: 0 });
  const address = api.fastify.server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const listen = async () =>
    await fetch(`http://127.0.0.1:${address.port}/api/v1/stream?screen=1`, {
      headers: { cookie: screen.cookie },
    });
  for (const end of [
    () => change(api, screen.id, { name: "Right wall" }),
    async () => await api.call("DELETE", `/api/v1/watch-screens/${screen.id}`, { cookie: await api.logIn() }),
  ]) {
    const answer = await listen();
    expect((await screens(api))[0]).toMatchObject({ online: true });
    await end();
    // Read to its end: it has one, long before a beat.
    expect(await answer.text()).toContain("event: state");
  }
  expect((await listen()).status).toBe(401);
  expect(recorded(api, "WatchScreenUnpaired")).toMatchObject([{ screen: "Right wall" }]);
});
