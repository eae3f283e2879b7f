import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../../test/support/api-for-tests.ts";
import { type FakeLooks, goodLook } from "../../../test/support/fake-enrolment-services.ts";
import type { PictureLook } from "../../ports/vision-link.ts";

let api: ApiForTests;
let cookie = "";
let clerk = "";
let looks: FakeLooks;
beforeAll(async () => {
  api = await apiForTests();
  cookie = await api.logIn();
  clerk = await api.logInAs("enrolmentClerk");
  // What the fake is made with.
  ({ looks } = api.services.people.enrolment as unknown as { looks: FakeLooks });
});
afterAll(() => api[Symbol.asyncDispose]());

const call = (method: string, url: string, body?: unknown, who = cookie) =>
  api.call(method, `/api/v1${url}`, { cookie: who, body });
const newest = () => api.services.events({ limit: 1, newestFirst: true })[0];
const added = async (more: object = {}): Promise<string> =>
  (await call("POST", "/cardholders", { name: "D", ...more })).json<{ id: string }>().id;

describe("§7: consent", () => {
  test("to the wording in force is recorded with who heard it, and shown with the person", async () => {
    const id = await added();
    const { version } = (await call("GET", "/enrolment/consent")).json().wording;
    const body = { wording: version, language: "zh", form: "atDesk" };
    const answer = await call("PUT", `/cardholders/${id}/consent`, body, clerk);
    expect(answer.json().consent).toMatchObject({ ...body, operator: "enrolmentclerk" });
    expect(newest()).toMatchObject({
      type: "ConsentRecorded",
      payload: { operator: "enrolmentclerk", cardholder: id, ...body },
    });
    expect((await call("GET", `/cardholders/${id}`)).json().consent).toMatchObject(body);
  });

  test("to another wording is not taken for it", async () => {
    const id = await added();
    const answer = await call("PUT", `/cardholders/${id}/consent`, {
      ...{ wording: "an-old-one", language: "en", form: "onPaper" },
    });
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ code: "wording-changed" });
    expect((await call("GET", `/cardholders/${id}`)).json().consent).toBeNull();
  });

  test("withdrawn takes photos and templates with it", async () => {
    const id = await added();
    api.services.addPhoto(id, Uint8Array.of(1));
    const answer = await call("DELETE", `/cardholders/${id}/consent`);
    expect(answer.json()).toMatchObject({ consent: null, photos: [] });
    expect(newest()).toMatchObject({ type: "ConsentWithdrawn", payload: { cardholder: id, photos: 1 } });
    expect((await call("DELETE", "/cardholders/nobody/consent")).statusCode).toBe(404);
  });
});

describe("a look at a picture of the guide", () => {
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
  const look = (who: string, body: Buffer = jpeg) => {
    api.clock.advance(1_000);
    return api.call("POST", "/api/v1/enrolment/look", {
      ...{ cookie: who, body, headers: { "content-type": "image/jpeg" } },
    });
  };

  test("answers what to do, in both languages; nothing is recorded", async () => {
    const before = newest()?.seq;
    looks.next = Promise.resolve({ ...goodLook, good: false, advice: ["stepCloser"] } as PictureLook);
    const answer = await look(clerk);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      good: false,
      box: { x: 200 },
      advice: [{ what: "stepCloser", en: "Step closer", zh: "请靠近一些" }],
    });
    expect(newest()?.seq).toBe(before);
  });

  test.each([
    [{ is: "busy" } as const, 503, "doors-first"],
    [{ is: "failed", detail: "gone" } as const, 503, "face-engine-unavailable"],
    [{ is: "notAPicture", detail: "a GIF" } as const, 422, "photo-refused"],
    [undefined, 503, "face-engine-unavailable"],
  ])("that comes to %j is answered so", async (outcome, status, code) => {
    looks.next = Promise.resolve(outcome);
    const answer = await look(clerk);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });

  test("T4: one at a time for each operator, two in all, and four a second at the most", async () => {
    const open = Promise.withResolvers<PictureLook>();
    looks.next = open.promise;
    const first = look(clerk);
    const second = look(cookie);
    await new Promise(setImmediate);
    expect((await look(clerk)).statusCode).toBe(429);
    expect((await look(await api.logInAs("administrator", "third"))).statusCode).toBe(429);
    open.resolve(goodLook);
    expect([(await first).statusCode, (await second).statusCode]).toEqual([200, 200]);
    expect((await look(clerk)).statusCode).toBe(200);
    const again = { cookie: clerk, body: jpeg, headers: { "content-type": "image/jpeg" } };
    expect((await api.call("POST", "/api/v1/enrolment/look", again)).statusCode).toBe(429);
  });

  test("is refused what is no JPEG, what is too large, and whoever may not enrol", async () => {
    expect((await look(clerk, Buffer.from("GIF89a"))).statusCode).toBe(415);
    expect((await look(clerk, Buffer.alloc(600_000, 0xff))).statusCode).toBe(413);
    expect((await look(await api.logInAs("auditor"))).statusCode).toBe(403);
  });
});

test("groups are told with their members and with the rules that ask for them", async () => {
  await added({ groups: ["custodian"] });
  await call("PATCH", "/vestibules/v1/doors/inner", { multiPerson: { count: 2, groups: ["manager"] } });
  expect((await call("GET", "/groups", undefined, clerk)).json().groups).toEqual([
    { name: "custodian", members: 1, usedBy: [] },
    {
      name: "manager",
      members: 0,
      usedBy: [{ kind: "door", vestibule: "v1", door: "inner", schedule: null }],
    },
  ]);
});

test("whom the photos of lack something are found", async () => {
  const ids = async (state: string) =>
    (await call("GET", `/cardholders?enrolment=${state}`)).json<{ cardholders: unknown[] }>().cardholders
      .length;
  expect(await ids("enough")).toBe(0);
  expect(await ids("lacking")).toBeGreaterThan(0);
});

test("a photo that is looked at again within five minutes is one look, for each operator", async () => {
  const id = await added();
  const { id: photo } = api.services.addPhoto(id, Uint8Array.of(1));
  const views = () => api.services.events({ limit: 99, type: "PhotoViewed" }).length;
  const before = views();
  const see = (who: string) => call("GET", `/cardholders/${id}/photos/${photo}`, undefined, who);
  for (const who of [cookie, cookie, clerk]) expect((await see(who)).statusCode).toBe(200);
  expect(views() - before).toBe(2);
  api.clock.advance(300_000);
  await see(await api.logIn());
  expect(views() - before).toBe(3);
});
