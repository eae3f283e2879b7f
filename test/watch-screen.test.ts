import { execFileSync } from "node:child_process";
import { performance } from "node:perf_hooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DemoDaemon } from "./support/demo-daemon.ts";
import type { SiteApi } from "./support/site-api.ts";

// A screen that watches, over the wire of the real daemon and across its restart. The steps build on each other.

const password = "two doors and one key";
/** A second, and what a machine on which others work as well takes. */
const endedWithinMs = 3_000;
const asScreen = { "x-vestibule-screen": "1" };

let daemon: DemoDaemon;
let admin: SiteApi;
let cookie = "";

beforeAll(async () => {
  daemon = await DemoDaemon.start({
    name: "watch-screen",
    password,
    site: (site) => {
      site.site["demoPeople"] = false;
    },
  });
  admin = await daemon.logIn();
});
afterAll(() => daemon?.[Symbol.asyncDispose]());

const ask = (path: string, method = "GET") =>
  fetch(`${daemon.address}/api/v1${path}`, { method, headers: { ...asScreen, cookie } });

test("paired by its code it looks on, and does nothing; of what it signs in with only the hash is kept", async () => {
  const begun = await ask("/watch/pairing", "POST");
  const { code } = (await begun.json()) as { code: string };
  cookie = begun.headers.get("set-cookie")?.split(";")[0] ?? "";
  expect((await ask("/state")).status).toBe(401);
  await admin.ask("POST", "/watch-screens", { code, name: "Left wall" });
  for (const path of ["/state", "/alarms", "/events", "/watch"]) expect((await ask(path)).status).toBe(200);
  await admin.move("outer", "force");
  await admin.alarm("DoorForcedOpen", "active-unacknowledged");
  const acknowledged = await ask("/alarms/v1.outer.DoorForcedOpen/acknowledge", "POST");
  expect(acknowledged.status).toBe(401);
  expect((await ask("/vestibules/v1/lockdown", "POST")).status).toBe(401);
  const secret = cookie.split("=")[1] ?? "";
  expect(secret).toMatch(/^[\w-]{43}$/);
  const found = execFileSync("sh", ["-c", `grep -rlF -e "$1" "$2" || true`, "sh", secret, daemon.data]);
  expect(found.toString()).toBe("");
});

test("it watches on after a restart, with nobody signed in", { timeout: 150_000 }, async () => {
  await daemon.restart();
  const { vestibules } = (await (await ask("/state")).json()) as { vestibules: { id: string }[] };
  expect(vestibules.map(({ id }) => id)).toEqual(["v1"]);
});

test("taken back, its stream ends with that, and nothing answers it any more", async () => {
  admin = await daemon.logIn();
  const { screens } = await admin.ask<{ screens: { id: string }[] }>("GET", "/watch-screens");
  const stream = await fetch(`${daemon.address}/api/v1/stream?screen=1`, { headers: { cookie } });
  const reader = stream.body?.getReader();
  if (reader === undefined) throw new Error("no stream");
  await reader.read();
  await admin.ask("DELETE", `/watch-screens/${screens[0]?.id}`);
  const since = performance.now();
  while (!(await reader.read()).done);
  expect(performance.now() - since).toBeLessThan(endedWithinMs);
  for (const path of ["/state", "/stream?screen=1", "/alarms", "/events", "/watch"])
    expect((await ask(path)).status).toBe(401);
});
