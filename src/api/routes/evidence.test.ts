import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../../test/support/api-for-tests.ts";
import { wallTime } from "../../domain/time.ts";

let api: ApiForTests;
let cookie: string;
beforeAll(async () => {
  api = await apiForTests();
  cookie = await api.logIn();
});
afterAll(() => api[Symbol.asyncDispose]());

describe("evidence", () => {
  test("of a clip a browser asks for parts, which are that part and nothing else", async () => {
    const hash = "ab".repeat(32);
    const clip = Buffer.alloc(600_000, "0123456789");
    api.services.pictures.set(hash, clip);
    api.services.clips.add(hash);
    const get = (range?: string) =>
      api.call("GET", `/api/v1/evidence/${hash}`, { cookie, ...(range && { headers: { range } }) });
    const whole = await get();
    expect(whole.statusCode).toBe(200);
    expect(whole.headers).toMatchObject({
      ...{ "content-type": "video/mp4", "content-length": "600000" },
      ...{ "accept-ranges": "bytes", "cache-control": "no-store" },
    });
    expect(whole.rawPayload.equals(clip)).toBe(true);
    for (const [range, from, until] of [
      ["bytes=0-", 0, 600_000],
      ["bytes=0-1", 0, 2],
      ["bytes=300000-599999", 300_000, 600_000],
      ["bytes=599999-9999999", 599_999, 600_000],
      ["bytes=-5", 599_995, 600_000],
    ] as const) {
      const part = await get(range);
      expect(part.statusCode, range).toBe(206);
      expect(part.headers["content-range"]).toBe(`bytes ${from}-${until - 1}/600000`);
      expect(part.rawPayload.equals(clip.subarray(from, until)), range).toBe(true);
    }
    for (const range of ["bytes=600000-", "bytes=-0"]) {
      const refused = await get(range);
      expect(refused.statusCode).toBe(416);
      expect(refused.headers["content-range"]).toBe("bytes */600000");
    }
    for (const range of ["bytes=5-2", "bytes=0-1,4-5", "lines=0-1", "bytes=-", "bytes=a-b"])
      expect((await get(range)).statusCode, range).toBe(200);
    api.services.alteredFrom = 300_000;
    expect((await get("bytes=0-99")).statusCode).toBe(206);
    const altered = await get("bytes=300000-300010");
    expect(altered.json()).toMatchObject({ status: 409, code: "evidence-altered" });
  });

  test("that are gone: whether lawfully, and if so since when", async () => {
    const [pruned, missing, altered] = ["01", "02", "03"].map((two) => two.repeat(32));
    api.services.evidenceGone.set(pruned ?? "", { is: "pruned", at: wallTime(Date.UTC(2026, 10, 2)) });
    api.services.evidenceGone.set(missing ?? "", { is: "missing" });
    api.services.evidenceGone.set(altered ?? "", { is: "altered" });
    const answerFor = async (hash = "") =>
      (await api.call("GET", `/api/v1/evidence/${hash}`, { cookie })).json<object>();
    expect(await answerFor(pruned)).toMatchObject({ status: 410, prunedAt: "2026-11-02T00:00:00.000Z" });
    expect(await answerFor(missing)).toMatchObject({ status: 404, code: "evidence-missing" });
    expect(await answerFor(altered)).toMatchObject({ status: 409, code: "evidence-altered" });
    expect(await answerFor("cd".repeat(32))).toMatchObject({ status: 404, code: "not-found" });
  });
});
