import { afterAll, beforeAll, expect, test } from "vitest";
import { mostViewers } from "../../src/api/live-pictures.ts";
import { type ApiOnSocket, apiOnSocket, password } from "../support/api-on-socket.ts";
import { until } from "../support/until.ts";

let on: ApiOnSocket;
beforeAll(async () => {
  on = await apiOnSocket({ limits: { heartbeatInterval: 50 } });
});
afterAll(() => on[Symbol.asyncDispose]());

const open = (camera: string, cookie = on.cookie, signal?: AbortSignal) =>
  fetch(`${on.api.address}/api/v1/cameras/${camera}/live`, {
    headers: { cookie },
    ...(signal === undefined ? {} : { signal }),
  });
const viewers = (): number => on.services.cameras.views.size;

test("pictures come one after the other, and that somebody looks is recorded", async () => {
  const stop = new AbortController();
  const answer = await open("outer-entry", on.cookie, stop.signal);
  expect(answer.headers.get("content-type")).toMatch(/^multipart\/x-mixed-replace; boundary=/);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const reader = answer.body?.getReader();
  const [view] = [...on.services.cameras.views];
  expect(view?.camera).toBe("outer-entry");
  let text = "";
  for (const picture of ["one", "two"]) {
    view?.show(Buffer.from(picture));
    while (!text.includes(picture)) text += Buffer.from((await reader?.read())?.value ?? []).toString();
  }
  expect(text.match(/content-type: image\/jpeg/g)).toHaveLength(2);
  expect(on.services.journal.query({ type: "CameraWatched", limit: 5 })).toMatchObject([
    { payload: { operator: "admin", camera: "outer-entry" } },
  ]);
  stop.abort();
  await until(() => viewers() === 0, "the end of the view");
});

test("nobody looks without the right, at a camera that is none, or where too many look", async () => {
  expect((await open("outer-entry", "")).status).toBe(401);
  expect((await open("nowhere")).status).toBe(404);
  const stop = new AbortController();
  for (let viewer = 0; viewer < mostViewers; viewer++)
    expect((await open("inner-entry", on.cookie, stop.signal)).status).toBe(200);
  expect((await open("inner-entry")).status).toBe(503);
  expect(viewers()).toBe(mostViewers);
  stop.abort();
  await until(() => viewers() === 0, "the end of all views");
  expect((await open("inner-entry", on.cookie, AbortSignal.timeout(200))).status).toBe(200);
  await until(() => viewers() === 0, "the end of this one");
});

test("T3: a view ends with the session it was opened in", async () => {
  const login = await fetch(`${on.api.address}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "admin", password }),
  });
  const [cookie = ""] = (login.headers.get("set-cookie") ?? "").split(";");
  const { csrfToken } = (await login.json()) as { csrfToken: string }; // what the API documents
  const answer = await open("outer-exit", cookie);
  expect(viewers()).toBe(1);
  await fetch(`${on.api.address}/api/v1/session`, {
    method: "DELETE",
    headers: { cookie, "x-csrf-token": csrfToken },
  });
  await until(() => viewers() === 0, "the end of the view");
  await answer.body?.cancel().catch(() => undefined); // it has ended
});
