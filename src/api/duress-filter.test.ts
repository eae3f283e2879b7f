import { describe, expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../test/support/api-for-tests.ts";
import { openAlarm } from "../../test/support/open-alarm.ts";

// A5: duress reaches the centre, never a console opened at the box.

const box = "127.0.0.1";
const elsewhere = "192.0.2.7";

/** Somebody is under duress at the outer door, which is held open besides. */
async function underDuress(settings = {}) {
  const api = await apiForTests({ settings });
  const { services } = api;
  services.doors.outer = { ...services.doors.outer, alarm: "Duress" };
  services.happen("AccessGranted", { vestibule: "v1", accessPoint: "outer-entry" });
  services.happen("DuressSignalled", { vestibule: "v1", accessPoint: "outer-entry" });
  services.happen("AlarmRaised", { id: "v1.outer.Duress", alarm: "Duress", vestibule: "v1" });
  services.happen("DoorOpened", { vestibule: "v1", door: "outer" });
  services.raise(openAlarm("Duress"));
  services.raise(openAlarm("DoorHeldOpen"));
  return api;
}

async function everything(api: ApiForTests, given: Parameters<ApiForTests["call"]>[2]): Promise<string> {
  const answers = await Promise.all(
    ["/events?limit=50", "/events?type=DuressSignalled", "/events?order=newest", "/alarms", "/state"].map(
      (path) => api.call("GET", `/api/v1${path}`, given),
    ),
  );
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200]);
  return answers.map(({ body }) => body).join("\n");
}

const duressAlarm = "/api/v1/alarms/v1.outer.Duress";
/** Everything that can be asked of one alarm. */
const asked: readonly (readonly ["GET" | "POST" | "DELETE", string, object | undefined])[] = [
  ["GET", duressAlarm, undefined],
  ["POST", `${duressAlarm}/acknowledge`, { comment: "seen" }],
  ["POST", `${duressAlarm}/shelve`, { minutes: 5, reason: "later" }],
  ["DELETE", `${duressAlarm}/shelve`, undefined],
  ["POST", `${duressAlarm}/comments`, { text: "who is it?" }],
];

describe("A5: duress", () => {
  test("its alarm is none to whoever is at the box: what is asked of it is answered as of one that never was", async () => {
    await using api = await underDuress();
    const cookie = await api.logIn();
    for (const [method, path, body] of asked) {
      const given = { cookie, address: box, ...(body === undefined ? {} : { body }) };
      const answer = await api.call(method, path, given);
      const ofNone = await api.call(method, path.replace("Duress", "LockFault"), given);
      expect([answer.statusCode, answer.json().detail]).toEqual([404, ofNone.json().detail]);
    }
    const afar = await api.call("GET", duressAlarm, { cookie: await api.logIn(), address: elsewhere });
    expect(afar.json()).toMatchObject({ type: "Duress", history: [{ type: "AlarmRaised" }] });
  });

  test.each(["127.0.0.1", "::1", "::ffff:127.0.0.1"])(
    "is in nothing that a session at the box (%s) is shown",
    async (address) => {
      await using api = await underDuress();
      const cookie = await api.logIn();
      const seen = await everything(api, { cookie, address });
      expect(seen).not.toMatch(/duress/i);
      expect(seen).toContain("AccessGranted");
      const state = (await api.call("GET", "/api/v1/state", { cookie, address })).json<{
        vestibules: [{ doors: { outer: { alarm: string } } }];
      }>();
      expect(state.vestibules[0].doors.outer.alarm).toBe("DoorHeldOpen");
    },
  );

  test("is shown to whoever may see it, elsewhere", async () => {
    await using api = await underDuress();
    for (const role of ["administrator", "securityOfficer", "auditor"] as const) {
      const cookie = await api.logInAs(role, role.toLowerCase());
      const seen = await everything(api, { cookie, address: elsewhere });
      expect(seen).toContain("DuressSignalled");
      expect(seen).toContain('"alarm":"Duress"');
    }
    const installer = await api.logInAs("installer");
    expect(await everything(api, { cookie: installer, address: elsewhere })).not.toMatch(/duress/i);
  });

  test("is shown to the centre's program, wherever it runs, if its token says so", async () => {
    await using api = await underDuress();
    const cookie = await api.logIn();
    const made = async (name: string, rights: readonly string[]) => {
      const body = { name, rights, expires: "2027-01-01T00:00:00Z" };
      const answer = await api.call("POST", "/api/v1/tokens", { cookie, body });
      return {
        headers: { authorization: `Bearer ${answer.json<{ secret: string }>().secret}` },
        address: box,
      };
    };
    const watching = ["seeState", "seeEvents", "seeAlarms"];
    expect(await everything(api, await made("wall", watching))).not.toMatch(/duress/i);
    expect(await everything(api, await made("centre", [...watching, "seeDuress"]))).toContain(
      "DuressSignalled",
    );
  });

  test("is neither found nor acknowledged at the box by whoever guesses its id", async () => {
    await using api = await underDuress();
    const cookie = await api.logIn();
    const acknowledge = (id: string, address: string) =>
      api.call("POST", `/api/v1/alarms/${id}/acknowledge`, { cookie, address, body: { comment: "x" } });
    const hidden = await acknowledge("v1.outer.Duress", box);
    const none = await acknowledge("v1.outer.Tampered", box);
    expect({ ...hidden.json<object>(), instance: "" }).toEqual({ ...none.json<object>(), instance: "" });
    expect(hidden.statusCode).toBe(404);
    expect((await acknowledge("v1.outer.Duress", elsewhere)).statusCode).toBe(200);
  });

  test("is in no figure", async () => {
    await using api = await underDuress();
    api.services.happen("DuressSignalled", {});
    const { body } = await api.call("GET", "/metrics");
    expect(body).toContain('vestibule_alarms{type="DoorHeldOpen"');
    expect(body).not.toMatch(/duress/i);
  });

  test("is shown at the box where the site says so", async () => {
    await using api = await underDuress({ localConsoleSeesDuress: true });
    expect(await everything(api, { cookie: await api.logIn() })).toContain("DuressSignalled");
  });

  test("is in no stream at the box, whose next records come all the same", async () => {
    await using api = await underDuress();
    await api.fastify.listen({ host: box, port: 0 });
    const address = api.fastify.server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    const cookie = await api.logIn();
    const answer = await fetch(`http://${box}:${address.port}/api/v1/stream?after=0`, {
      headers: { cookie },
    });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let seen = "";
    for (let more = true; more && !seen.includes("SiteClosed"); ) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      seen += value ?? "";
      more = !done;
      if (seen.includes("DoorOpened") && !seen.includes("SiteClosed")) {
        api.services.raise(openAlarm("Duress"));
        api.services.happen("DuressSignalled", {});
        api.services.changed();
        api.services.happen("SiteClosed", {});
      }
    }
    await reader?.cancel();
    expect(seen).toContain("SiteClosed");
    expect(seen).toContain('"type":"DoorHeldOpen"');
    expect(seen).not.toMatch(/duress/i);
  });
});

test.each([
  ["enrolmentClerk", false, false],
  ["installer", true, true],
] as const)("the stream of an %s has what the role may see", async (role, events, alarms) => {
  const { sightOf } = await import("./sight.ts");
  const { rightsOf } = await import("../domain/operator/rights.ts");
  const rights = new Set(rightsOf(role));
  const caller = { name: "x", person: "x", rights, session: null, screen: null, pending: null };
  expect(sightOf({ ...caller, seesDuress: false, mayContinue: () => true })).toEqual({
    ...{ events, alarms, duress: false, vestibules: null },
  });
});
