import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type ApiForTests, apiForTests } from "../../../test/support/api-for-tests.ts";
import { StillIndexing } from "../../ports/journal.ts";

let api: ApiForTests;
let cookie: string;
beforeAll(async () => {
  api = await apiForTests();
  cookie = await api.logIn();
});
afterAll(() => api[Symbol.asyncDispose]());

/** From another machine than the box itself, at which nobody sees duress. */
const address = "192.0.2.7";
const get = (query: string) => api.call("GET", `/api/v1/events?${query}`, { cookie, address });

/** The numbers of what happened since `first`, and the numbers that come back. */
async function seqs(query: string, first: number): Promise<readonly number[]> {
  const page: { readonly events: readonly { readonly seq: number }[] } = (
    await get(`${query}&after=${first}`)
  ).json();
  return page.events.map(({ seq }) => seq - first);
}

function happened(): number {
  const before = api.services.journal.last();
  const { services } = api;
  services.happen("AccessDenied", {
    vestibule: "v1",
    accessPoint: "outer-entry",
    card: "1001",
    reason: "noFace",
  });
  services.happen("AccessGranted", {
    vestibule: "v2",
    accessPoint: "inner-exit",
    card: "1002",
    cardholder: "p2",
  });
  services.happen("LockdownOrdered", { vestibule: "v1", operator: "anna", reason: "parcel" });
  services.happen("AccessDenied", {
    vestibule: "v1",
    accessPoint: "inner-entry",
    card: "1002",
    reason: "noFace",
  });
  return before;
}

describe("searched by", () => {
  test.each([
    ["card=1002", [2, 4]],
    ["door=outer", [1]],
    ["accessPoint=inner-exit", [2]],
    ["vestibule=v1", [1, 3, 4]],
    ["reason=noFace", [1, 4]],
    ["operator=anna", [3]],
    ["reason=noFace&vestibule=v1&card=1002", [4]],
    ["type=AccessGranted&reason=noFace", []],
    ["type=AccessGranted,LockdownOrdered", [2, 3]],
  ])("%s", async (query, expected) => {
    const first = happened();
    expect(await seqs(query, first)).toEqual(expected);
  });

  test.each(["newest=true", "newest=1", "newest", "order=newest"])(
    "the newest first with %s",
    async (query) => {
      const first = happened();
      const page: { readonly events: readonly { readonly seq: number }[] } = (
        await get(`${query}&vestibule=v1&limit=2`)
      ).json();
      expect(page.events.map(({ seq }) => seq - first)).toEqual([4, 3]);
    },
  );

  test.each([
    "door=side",
    "accessPoint=roof",
    "reason=no%20face",
    "vestibule=V1",
    "card=%20",
    "newest=perhaps",
  ])("%s is refused", async (query) => {
    expect((await get(query)).statusCode).toBe(400);
  });

  test("what is not indexed yet answers 503, and when to ask again", async () => {
    using indexing = vi.spyOn(api.services, "events");
    indexing.mockImplementation(() => {
      throw new StillIndexing(5_000, 12_000);
    });
    const answer = await get("card=1");
    expect(answer.json()).toMatchObject({
      status: 503,
      code: "still-indexing",
      covered: 5_000,
      last: 12_000,
    });
    expect(answer.headers["retry-after"]).toBe("10");
  });
});

test("A5: records of duress are for those who may see them, and the page goes on behind them all the same", async () => {
  const first = api.services.journal.last();
  api.services.happen("DuressSignalled", { vestibule: "v1", cardholder: "p1", form: "pin" });
  api.services.happen("AlarmRaised", { vestibule: "v1", alarm: "Duress" });
  api.services.happen("AccessGranted", { vestibule: "v1", cardholder: "p1" });
  expect(await seqs("vestibule=v1", first)).toEqual([1, 2, 3]);
  cookie = await api.logInAs("installer");
  expect(await seqs("vestibule=v1", first)).toEqual([3]);
  const page: { readonly next: number } = (await get(`vestibule=v1&limit=2&after=${first}`)).json();
  expect(page.next).toBe(first + 2);
});
