import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../../test/support/api-for-tests.ts";

let api: ApiForTests;
let cookie = "";
beforeAll(async () => {
  api = await apiForTests();
  cookie = await api.logIn();
});
afterAll(() => api[Symbol.asyncDispose]());

const post = (url: string, body?: unknown) => api.call("POST", `/api/v1${url}`, { cookie, body });
const get = (url: string) => api.call("GET", `/api/v1${url}`, { cookie });

async function added(name: string): Promise<string> {
  return (await post("/cardholders", { name })).json<{ id: string }>().id;
}

describe("cardholders", () => {
  test("are registered, shown, changed and removed", async () => {
    const body = {
      name: "李明",
      groups: ["manager"],
      accessLevels: ["staff"],
      validUntil: "2027-01-01T00:00:00+08:00",
    };
    const answer = await post("/cardholders", body);
    expect(answer.statusCode).toBe(201);
    const { id } = answer.json<{ id: string }>();
    expect(answer.headers["location"]).toBe(`/api/v1/cardholders/${id}`);
    expect(answer.json()).toMatchObject({
      name: "李明",
      groups: ["manager"],
      accessLevels: ["staff"],
      status: "active",
      validFrom: null,
      validUntil: "2026-12-31T16:00:00.000Z",
      cards: [],
      photos: [],
    });
    const change = { status: "suspended", validUntil: null };
    const changed = await api.call("PATCH", `/api/v1/cardholders/${id}`, { cookie, body: change });
    expect(changed.json()).toMatchObject({ status: "suspended", validUntil: null, groups: ["manager"] });
    expect((await get(`/cardholders/${id}`)).json()).toEqual(changed.json());
    expect((await api.call("DELETE", `/api/v1/cardholders/${id}`, { cookie })).statusCode).toBe(204);
    expect((await get(`/cardholders/${id}`)).statusCode).toBe(404);
    expect((await api.call("DELETE", `/api/v1/cardholders/${id}`, { cookie })).statusCode).toBe(404);
  });

  test("are listed page by page, each once", async () => {
    await using other = await apiForTests();
    const jar = await other.logIn();
    for (let index = 0; index < 5; index++) {
      await other.call("POST", "/api/v1/cardholders", { cookie: jar, body: { name: `P${index}` } });
    }
    const seen: string[] = [];
    let next: string | null = "";
    while (next !== null) {
      const after: string = next === "" ? "" : `&after=${next}`;
      const answer = await other.call("GET", `/api/v1/cardholders?limit=2${after}`, { cookie: jar });
      const page: { cardholders: { name: string }[]; next: string | null } = answer.json();
      seen.push(...page.cardholders.map(({ name }) => name));
      next = page.next;
    }
    expect(seen).toEqual(["P0", "P1", "P2", "P3", "P4"]);
  });

  test("whose time ends before it begins are refused", async () => {
    const body = { name: "A", validFrom: "2027-01-02T00:00:00Z", validUntil: "2027-01-01T00:00:00Z" };
    const answer = await post("/cardholders", body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ errors: [{ path: "/validUntil" }] });
  });
});

describe("cards", () => {
  test("are issued, reported lost and replaced; the person stays", async () => {
    const id = await added("Anna");
    const issued = await post(`/cardholders/${id}/cards`, { number: "2001" });
    expect(issued.statusCode).toBe(201);
    expect(issued.json()).toMatchObject({ number: "2001", format: "raw", status: "active" });
    expect((await post("/cards/2001/report-lost")).json()).toMatchObject({ number: "2001", status: "lost" });
    const replaced = await post("/cards/2001/replace", { number: "2002" });
    expect(replaced.statusCode).toBe(201);
    expect(replaced.json()).toMatchObject({ number: "2002", status: "active" });
    const { cards } = (await get(`/cardholders/${id}`)).json<{
      cards: { number: string; status: string }[];
    }>();
    expect(cards.find(({ number }) => number === "2002")?.status).toBe("active");
    expect(cards.find(({ number }) => number === "2001")?.status).not.toBe("active");
  });

  test("that are somebody's already are not issued twice", async () => {
    await post(`/cardholders/${await added("B")}/cards`, { number: "2003" });
    const again = await post(`/cardholders/${await added("C")}/cards`, { number: "2003" });
    expect(again.statusCode).toBe(409);
    expect(again.json()).toMatchObject({ code: "card-number-taken" });
  });

  test("that nobody has answer 404, whatever their number looks like", async () => {
    for (const number of ["9999", "a%2Fb", "..%2F.."]) {
      expect((await post(`/cards/${number}/report-lost`)).statusCode).toBe(404);
    }
  });
});

describe("photos", () => {
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
  const send = (id: string, body: Buffer, type = "image/jpeg") =>
    api.call("POST", `/api/v1/cardholders/${id}/photos`, { cookie, body, headers: { "content-type": type } });

  test("answer with their quality, and are there to be seen", async () => {
    const id = await added("D");
    const answer = await send(id, jpeg);
    expect(answer.statusCode).toBe(201);
    const photo = answer.json<{ id: string }>();
    expect(photo).toMatchObject({ quality: { eyeDistance: 92 } });
    const picture = await get(`/cardholders/${id}/photos/${photo.id}`);
    expect(picture.rawPayload).toEqual(jpeg);
    expect(picture.headers).toMatchObject({ "content-type": "image/jpeg", "cache-control": "no-store" });
    expect(api.services.events({ limit: 1, newestFirst: true })[0]).toMatchObject({
      type: "PhotoViewed",
      payload: { operator: "admin", cardholder: id, photo: photo.id },
    });
    expect(
      (await api.call("DELETE", `/api/v1/cardholders/${id}/photos/${photo.id}`, { cookie })).statusCode,
    ).toBe(204);
    expect((await get(`/cardholders/${id}/photos/${photo.id}`)).statusCode).toBe(404);
  });

  test.each(["noFace", "multipleFaces", "poorQuality", "notAPicture", "tooLarge"] as const)(
    "that will not do say why: %s",
    async (reason) => {
      api.services.nextEnrolment = { usable: false, reason, detail: "seen so", quality: { sharpness: 3 } };
      const answer = await send(await added("E"), jpeg);
      expect(answer.statusCode).toBe(422);
      expect(answer.json()).toMatchObject({
        code: "photo-refused",
        reason,
        detail: "seen so",
        quality: { sharpness: 3 },
      });
    },
  );

  test("wait for a face engine that is away", async () => {
    api.services.nextEnrolment = { usable: false, reason: "engineFault", detail: "starting" };
    const answer = await send(await added("F"), jpeg);
    expect(answer.statusCode).toBe(503);
    expect(answer.headers["retry-after"]).toBe("5");
  });

  test.each([
    ["image/gif", Buffer.from("GIF89a")],
    ["image/svg+xml", Buffer.from("<svg/>")],
    ["image/jpeg", Buffer.from("GIF89a")],
    ["image/jpeg", Buffer.from("MZ\u0090")],
    ["image/png", Buffer.alloc(0)],
    ["application/json", Buffer.from('{"photo":"x"}')],
  ])("sent as %s that are no picture of a kind taken are refused", async (type, body) => {
    const answer = await send(await added("G"), body, type);
    expect([400, 415]).toContain(answer.statusCode);
  });

  test("of nobody are refused", async () => {
    expect((await send("nobody", jpeg)).statusCode).toBe(404);
  });
});
