import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { askEarly } from "./early.ts";
import { send } from "./http.ts";

const session = { username: "li", role: "securityOfficer", mustChangePassword: false };
const asked: string[] = [];
let answers: (path: string) => Response | Error = () => Response.json(session);

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    const answer = answers(path);
    if (answer instanceof Error) throw answer;
    return answer;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const get = (path: string): Promise<unknown> => send("GET", path, undefined);

test("what was asked early is the answer once, and then asked anew", async () => {
  answers = (path) => Response.json(path.endsWith("/session") ? session : { at: asked.length });
  askEarly();
  expect(await get("/api/v1/session")).toEqual(session);
  await vi.waitFor(() => expect(asked).toEqual(["/api/v1/session", "/api/v1/state"]));
  expect(await get("/api/v1/state")).toEqual({ at: 2 });
  expect(await get("/api/v1/state")).toEqual({ at: 3 });
});

test.each([{ mustChangePassword: true }, { mustSetUpSecondFactor: true }])(
  "whoever has not been let in altogether (%j) is asked for nothing that would be refused",
  async (more) => {
    answers = () => Response.json({ ...session, ...more });
    askEarly();
    await get("/api/v1/session");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual(["/api/v1/session"]);
  },
);

test("that nobody is signed in is not asked twice", async () => {
  answers = () => Response.json({ detail: "Log in first." }, { status: 401 });
  askEarly();
  await expect(get("/api/v1/session")).rejects.toMatchObject({ status: 401 });
  expect(asked).toEqual(["/api/v1/session"]);
});

test("where the server was away, or the answer is old, it is asked anew", async () => {
  answers = () => (asked.length === 1 ? new TypeError("failed to fetch") : Response.json(session));
  askEarly();
  expect(await get("/api/v1/session")).toEqual(session);
  askEarly();
  await vi.advanceTimersByTimeAsync(10_000);
  const before = asked.length;
  await get("/api/v1/session");
  expect(asked.length).toBe(before + 1);
});
