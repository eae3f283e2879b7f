import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { apiForTests } from "../../../test/support/api-for-tests.ts";
import { scenePictureSize } from "../../ports/building-link.ts";

describe("the simulator", () => {
  test.each([
    [
      "POST",
      "/cards",
      { accessPoint: "outer-entry", number: "1001" },
      { type: "presentCard", vestibule: "v1", accessPoint: "outer-entry", number: "1001" },
    ],
    [
      "POST",
      "/cards",
      { accessPoint: "v1.inner-exit", number: "1" },
      { type: "presentCard", vestibule: "v1", accessPoint: "inner-exit", number: "1" },
    ],
    [
      "POST",
      "/keys",
      { accessPoint: "outer-entry", keys: "1234#" },
      { type: "pressKeys", vestibule: "v1", accessPoint: "outer-entry", keys: "1234#" },
    ],
    [
      "POST",
      "/doors/inner",
      { action: "force" },
      { type: "moveDoor", vestibule: "v1", door: "inner", action: "force" },
    ],
    [
      "POST",
      "/doors/v1.outer",
      { action: "prop" },
      { type: "moveDoor", vestibule: "v1", door: "outer", action: "prop" },
    ],
    [
      "PUT",
      "/inputs/outer.contact",
      { active: false },
      { type: "setInput", name: "outer.contact", active: false },
    ],
    [
      "PUT",
      "/inputs/outer.contact",
      { active: null },
      { type: "setInput", name: "outer.contact", active: null },
    ],
    ["DELETE", "/inputs/v1.outer.bolt", undefined, { type: "setInput", name: "v1.outer.bolt", active: null }],
    [
      "PUT",
      "/cameras/outer-entry/scene",
      { frozen: true },
      { type: "setScene", camera: "outer-entry", scene: { kind: "frozen" } },
    ],
    [
      "PUT",
      "/cameras/outer-entry/scene",
      { persons: [] },
      { type: "setScene", camera: "outer-entry", scene: { kind: "empty" } },
    ],
    [
      "PUT",
      "/cameras/outer-entry/scene",
      { unplugged: true },
      { type: "setScene", camera: "outer-entry", scene: { kind: "unplugged" } },
    ],
    [
      "DELETE",
      "/cameras/outer-entry/scene",
      undefined,
      { type: "setScene", camera: "outer-entry", scene: { kind: "dark" } },
    ],
  ])("%s %s %o acts on the building", async (method, url, body, action) => {
    await using api = await apiForTests();
    const answer = await api.call(method, `/api/v1/simulator${url}`, { cookie: await api.logIn(), body });
    expect(answer.json()).toEqual({ done: true });
    expect(api.services.actions).toEqual([action]);
  });

  test("shows the outputs", async () => {
    await using api = await apiForTests();
    const answer = await api.call("GET", "/api/v1/simulator/outputs", { cookie: await api.logIn() });
    expect(answer.json()).toEqual({ "outer.lock": "secured" });
  });

  test("says why something cannot be done", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    api.services.nextOutcome = { done: false, reason: "locked", detail: "The outer door is locked." };
    const push = () =>
      api.call("POST", "/api/v1/simulator/doors/outer", { cookie, body: { action: "open" } });
    expect((await push()).json()).toMatchObject({
      status: 409,
      reason: "locked",
      detail: "The outer door is locked.",
    });
    api.services.nextOutcome = { done: false, reason: "unknownName", detail: "no such door" };
    expect((await push()).json()).toMatchObject({ status: 404, reason: "unknownName" });
  });

  test.each(["/doors/side", "/doors/v2.outer", "/doors/outer-entry"])("%s leads nowhere", async (url) => {
    await using api = await apiForTests();
    const answer = await api.call("POST", `/api/v1/simulator${url}`, {
      cookie: await api.logIn(),
      body: { action: "open" },
    });
    expect(answer.statusCode).toBe(404);
    expect(api.services.actions).toEqual([]);
  });

  test("puts a picture of any kind and size before a camera as its own, and refuses one that does not decode", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    const red = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: "red" } })
        .png()
        .toBuffer();
    const png = await red(2000, 1000);
    const put = (body: Buffer) =>
      api.call("PUT", "/api/v1/simulator/cameras/outer-entry/scene", {
        cookie,
        body,
        headers: { "content-type": "image/png" },
      });
    for (const picture of [png, await red(150, 150), await red(300, 900)]) {
      expect((await put(picture)).statusCode).toBe(200);
      const action = api.services.actions.at(-1);
      if (action?.type !== "setScene" || action.scene.kind !== "picture")
        throw new Error("no picture was put there");
      expect(await sharp(action.scene.jpeg).metadata()).toMatchObject({
        format: "jpeg",
        ...scenePictureSize,
      });
    }
    expect((await put(png.subarray(0, 60))).json()).toMatchObject({ status: 422, reason: "notAPicture" });
  });

  test("people stand there as asked: alive or held up, willing or not; nothing else", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    const { simulator } = api.services;
    if (simulator === undefined) throw new Error("there is a simulator");
    const seen = async () => Uint8Array.of(0xff, 0xd8);
    api.services.simulator = { ...simulator, probe: seen, probes: seen };
    const url = "/api/v1/simulator/cameras/outer-entry/scene";
    const put = async (body: object | Buffer, query = "") => {
      const headers = Buffer.isBuffer(body) ? { "content-type": "image/png" } : {};
      const answer = await api.call("PUT", `${url}${query}`, { cookie, body, headers });
      const action = api.services.actions.at(-1);
      return { status: answer.statusCode, scene: action?.type === "setScene" ? action.scene : undefined };
    };
    expect((await put({ person: "1001" })).scene).not.toHaveProperty("presented");
    expect(await put({ person: "1001", presented: "print" })).toMatchObject({
      scene: { kind: "picture", label: "1001", presented: "print" },
    });
    expect(await put({ persons: ["1001", "1002"], obeys: false })).toMatchObject({ scene: { obeys: false } });
    const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    expect(await put(png, "?presented=screen&obeys=false")).toMatchObject({
      scene: { presented: "screen", obeys: false },
    });
    expect((await put({ person: "1001", presented: "hologram" })).status).toBe(400);
    expect((await put(png, "?presented=hologram")).status).toBe(400);
    expect((await put(png, "?obeys=perhaps")).status).toBe(400);
  });

  test("is not there where the board is real, whatever is asked", async () => {
    await using api = await apiForTests();
    const cookie = await api.logIn();
    api.services.simulator = undefined;
    for (const { method, url } of api.routes.filter((route) => route.url.includes("/simulator/"))) {
      const answer = await api.call(method, url.replaceAll(/:\w+/g, "outer"), {
        cookie,
        body: method === "GET" ? undefined : {},
      });
      expect.soft(answer.statusCode, `${method} ${url}`).toBe(404);
    }
  });
});
