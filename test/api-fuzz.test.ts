import { Agent, request } from "node:http";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DemoDaemon } from "./support/demo-daemon.ts";
import { type FuzzedRequest, fuzzed, type Operation, operationsOf } from "./support/fuzzed-requests.ts";
import type { SiteApi } from "./support/site-api.ts";

// The real daemon, asked wrongly in every way that its own description gives rise to: every FUZZ_STEP-th of them, each
// time it runs others. `FUZZ_STEP=1 npx vitest run --project system test/api-fuzz.test.ts` asks all.

const step = Number(process.env["FUZZ_STEP"] ?? "12");
const first = Number(process.env["FUZZ_FIRST"] ?? Math.floor(Date.now() / 1_000));
/** Below what one address may ask (request-rate.ts): that one has a test of its own. */
const perSecond = 240;

/** Each ends the session that asks, never ends itself, or restarts what is asked. */
const leftOut = new Set(["logOut", "openStream", "watchCamera", "openDisplayStream", "watchMirror"]);
/** Guess passwords, and make everybody wait who signs in from here. */
const guesses = new Set(["logIn", "logInWithPasskey", "handOver", "changePassword", "beginSecondFactor"]);

/** What an answer must not tell: stacks, files, the storage's own words. */
const leaks =
  /\bat .+:\d+:\d+|node_modules|\.ts:\d+|SQLITE_|better-sqlite|no such (table|column): |ENOENT|root:x:/;

let daemon: DemoDaemon;
let api: SiteApi;
let operations: readonly Operation[];
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

beforeAll(async () => {
  daemon = await DemoDaemon.start({ name: "api-fuzz", password: "asked in every wrong way" });
  api = await daemon.logIn();
  operations = operationsOf(await api.ask("GET", "/openapi.json"));
}, 120_000);
afterAll(async () => {
  agent.destroy();
  await daemon?.[Symbol.asyncDispose]();
});

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** Said, as Node sends a DELETE's body without. */
const lengthOf = (body: FuzzedRequest["body"]): Record<string, number> =>
  body === undefined ? {} : { "content-length": Buffer.byteLength(body) };

function ask(
  { method, url, headers, body }: FuzzedRequest,
  more: Readonly<Record<string, string>>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL(url, daemon.address),
      { method, agent, headers: { ...headers, ...lengthOf(body), ...more } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            type: answer.headers["content-type"] ?? "",
            text: Buffer.concat(chunks).toString("latin1"),
          }),
        );
        answer.on("error", reject);
      },
    );
    // A body that is refused while it is sent ends the connection: whatever was answered by then counts.
    sent.on("error", () => resolve({ status: 0, type: "", text: "" }));
    sent.end(body);
  });
}

/** What is wrong with the answer; undefined where nothing is. */
function faultOf({ answers }: Operation, { status, type, text }: Answer): string | undefined {
  if (status === 0) return undefined;
  if (status >= 500 && !(status === 503 && text.includes('"code"'))) return `${status} ${text.slice(0, 200)}`;
  if (status >= 400 && !type.startsWith("application/problem+json")) return `${status} as ${type}`;
  if (status < 400 && !answers.includes(String(status))) return `${status} is not described`;
  const leak = leaks.exec(text);
  return type.startsWith("image/") || leak === null ? undefined : `tells ${leak[0]}`;
}

test("no operation answers what it was not made for with a fault of the controller, or with how it is made", async () => {
  const faults: string[] = [];
  let asked = 0;
  let next = performance.now();
  for (const operation of operations) {
    if (leftOut.has(operation.operationId)) continue;
    for (const one of fuzzed(operation, guesses.has(operation.operationId) ? step * 10 : step, first)) {
      next = Math.max(next + 1_000 / perSecond, performance.now() - 1_000);
      await pause(Math.max(0, next - performance.now()));
      const fault = faultOf(operation, await ask(one, { cookie: api.cookie }));
      if (fault !== undefined)
        faults.push(
          `${operation.operationId}, ${one.what}: ${one.method} ${one.url.slice(0, 120)}: ${fault}`,
        );
      asked += 1;
    }
  }
  expect(faults).toEqual([]);
  expect(asked).toBeGreaterThan(operations.length);
  expect((await api.state()).vestibules).toHaveLength(1);
}, 600_000);

test("T1, T2: without a session nothing but what is public answers, and from another site's page nothing at all", async () => {
  const faults: string[] = [];
  for (const operation of operations) {
    if (leftOut.has(operation.operationId) || guesses.has(operation.operationId)) continue;
    const [plain] = fuzzed(operation, Number.MAX_SAFE_INTEGER, 0);
    if (plain === undefined || !operation.path.startsWith("/api/v1/")) continue;
    const stranger = await ask(plain, {});
    if (!operation.isPublic && stranger.status !== 401)
      faults.push(`${operation.operationId}: ${stranger.status} to nobody`);
    const foreign = await ask(plain, { cookie: api.cookie, origin: "https://evil.example" });
    if (foreign.status !== 403)
      faults.push(`${operation.operationId}: ${foreign.status} to another site's page`);
    await pause(10);
  }
  expect(faults).toEqual([]);
});
