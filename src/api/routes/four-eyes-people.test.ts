import { expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../../test/support/api-for-tests.ts";

const picture = { headers: { "content-type": "image/jpeg" }, body: Buffer.from([0xff, 0xd8, 0xff, 0xe0]) };

async function underFourEyes() {
  const api = await apiForTests();
  const admin = await api.logIn();
  const officer = await api.logInAs("securityOfficer");
  const clerk = await api.logInAs("enrolmentClerk");
  const { id } = api.services.directory.add({ name: "Anna", groups: [], accessLevels: [] });
  api.services.approvalRules.inForce = true;
  const confirm = (approval: string, cookie: string) =>
    api.call("POST", `/api/v1/approvals/${approval}/confirm`, { cookie, body: { comment: "seen" } });
  return { api, admin, officer, clerk, id, confirm };
}
const approvalOf = (answer: { json<T>(): T }) => answer.json<{ approval: { id: string } }>().approval.id;
const enrol = (api: ApiForTests, id: string, cookie: string) =>
  api.call("POST", `/api/v1/cardholders/${id}/photos`, { cookie, ...picture });

test("§7: a photo is nobody's face until a second operator has looked at it", async () => {
  const { api, officer, clerk, id, confirm } = await underFourEyes();
  await using _api = api;
  const proposed = await enrol(api, id, clerk);
  expect(proposed.statusCode).toBe(202);
  expect(api.services.directory.get(id)?.photos).toEqual([]);
  const path = `/api/v1/approvals/${approvalOf(proposed)}`;
  const shown = await api.call("GET", `${path}/picture`, { cookie: officer });
  expect(shown.rawPayload).toEqual(picture.body);
  expect(api.services.events({ limit: 9, type: "PhotoViewed" })).toHaveLength(1);
  expect((await confirm(approvalOf(proposed), clerk)).json()).toMatchObject({ reason: "proposer" });
  expect(api.services.directory.get(id)?.photos).toEqual([]);
  expect((await confirm(approvalOf(proposed), officer)).statusCode).toBe(200);
  expect(api.services.directory.get(id)?.photos).toHaveLength(1);
  expect((await api.call("GET", `${path}/picture`, { cookie: officer })).statusCode).toBe(404);
});

test("T43: neither who enrols nor whose face it is confirms it", async () => {
  const { api, officer, clerk, confirm } = await underFourEyes();
  await using _api = api;
  const { id } = api.services.directory.add({
    name: "Wang",
    groups: [],
    accessLevels: [],
    operator: "securityofficer",
  });
  const proposed = await enrol(api, id, clerk);
  const refused = await confirm(approvalOf(proposed), officer);
  expect(refused.json()).toMatchObject({ status: 403, code: "same-person", reason: "subject" });
  expect(api.services.directory.get(id)?.photos).toEqual([]);
});

test("a photo that will not do is refused when it is proposed", async () => {
  const { api, clerk, id } = await underFourEyes();
  await using _api = api;
  api.services.nextEnrolment = { usable: false, reason: "noFace", detail: "no face" };
  expect((await enrol(api, id, clerk)).json()).toMatchObject({ status: 422, reason: "noFace" });
  expect((await api.call("GET", "/api/v1/approvals", { cookie: clerk })).json()).toEqual({
    inForce: true,
    approvals: [],
  });
});

test("what has gone bad meanwhile is refused at the confirmation, and on record", async () => {
  const { api, officer, clerk, id, confirm } = await underFourEyes();
  await using _api = api;
  const proposed = await enrol(api, id, clerk);
  const alike = [{ cardholder: "c9", distance: 0.2 }];
  api.services.nextEnrolment = { enrolled: false, alreadyEnrolled: alike };
  expect((await confirm(approvalOf(proposed), officer)).json()).toMatchObject({ code: "already-enrolled" });
  expect(api.services.events({ limit: 100 }).at(-1)).toMatchObject({ type: "ApprovalFailed" });
});

test("T42: a person is removed by two", async () => {
  const { api, admin, officer, id, confirm } = await underFourEyes();
  await using _api = api;
  const proposed = await api.call("DELETE", `/api/v1/cardholders/${id}`, { cookie: admin });
  expect(proposed.json()).toMatchObject({
    approval: { action: "removeCardholder", subject: { cardholder: id }, before: { cards: 0, photos: 0 } },
  });
  const name = api.services.directory.get(id)?.name;
  expect(name).toBeDefined();
  // Whoever confirms reads whom it is about; the record does not.
  const waiting = await api.call("GET", "/api/v1/approvals", { cookie: officer });
  expect(waiting.json().approvals).toMatchObject([{ subject: { cardholder: id, cardholderName: name } }]);
  expect(JSON.stringify(api.services.events({ limit: 100 }))).not.toContain(name);
  expect((await confirm(approvalOf(proposed), admin)).statusCode).toBe(403);
  expect((await confirm(approvalOf(proposed), officer)).statusCode).toBe(200);
  expect(api.services.directory.get(id)).toBeUndefined();
});

test("no more than 20 pictures wait, kept in memory", async () => {
  const { api, clerk, id } = await underFourEyes();
  await using _api = api;
  for (let count = 0; count < 20; count++) expect((await enrol(api, id, clerk)).statusCode).toBe(202);
  expect((await enrol(api, id, clerk)).json()).toMatchObject({ status: 503, code: "too-many-approvals" });
});
