import { createServer } from "node:net";
import type { Browser, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiForTests, apiForTests, password } from "./support/api-for-tests.ts";
import { launchBrowser } from "./support/console-page.ts";

// Passkeys with a real browser's WebAuthn and its virtual authenticator. The steps build on each other.

let api: ApiForTests;
let browser: Browser;
let page: Page;
let authenticator: CDPSession;
let authenticatorId: string;
let origin: string;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  api = await apiForTests({
    consoleDirectory: "dist/console",
    settings: { passkeys: { rpId: "localhost", origin } },
  });
  await api.fastify.listen({ host: "127.0.0.1", port });
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.goto(`${origin}/healthz`);
  authenticator = await page.context().newCDPSession(page);
  await authenticator.send("WebAuthn.enable");
  const added = await authenticator.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  authenticatorId = added.authenticatorId;
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await api?.[Symbol.asyncDispose]();
});

/** Asked from the page, as the console does; the browser keeps the cookie. */
function ask(method: string, path: string, body?: unknown) {
  return page.evaluate(
    async ({ method, path, body }) => {
      const answer = await fetch(`/api/v1${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, body: text === "" ? {} : JSON.parse(text) };
    },
    { method, path, body },
  );
}

/** In the browser: asks the authenticator, and gives its answer as JSON. */
const credential = (verb: "create" | "get", parse: string, options: unknown): Promise<unknown> =>
  page.evaluate(`(async () => {
    const publicKey = PublicKeyCredential.${parse}(${JSON.stringify(options)});
    return (await navigator.credentials.${verb}({ publicKey })).toJSON();
  })()`);

const created = (options: unknown) => credential("create", "parseCreationOptionsFromJSON", options);
const signed = (options: unknown) => credential("get", "parseRequestOptionsFromJSON", options);

test("a passkey is registered after the password, and only the session it was begun in gets it", async () => {
  await ask("POST", "/session", { username: "admin", password });
  expect((await ask("POST", "/session/passkeys/options", { password: "not the password" })).status).toBe(401);
  const { body: options } = await ask("POST", "/session/passkeys/options", { password });
  const answered = await created(options);
  const answer = await ask("POST", "/session/passkeys", { name: "phone", credential: answered });
  expect([answer.status, answer.body.username]).toEqual([200, "admin"]);
  expect((await ask("GET", "/session/passkeys")).body).toMatchObject({
    available: true,
    passkeys: [{ name: "phone" }],
  });
  const again = await ask("POST", "/session/passkeys", { name: "phone", credential: answered });
  expect(again).toMatchObject({ status: 422, body: { code: "passkey-refused" } });
});

test("signing in with it takes no password; the same answer is good once", async () => {
  await ask("DELETE", "/session");
  const { body: options } = await ask("POST", "/session/passkey-options");
  expect(JSON.stringify(options)).not.toContain("admin");
  const answered = await signed(options);
  expect(await ask("POST", "/session/passkey", { credential: answered })).toMatchObject({
    status: 200,
    body: { username: "admin", role: "administrator" },
  });
  expect((await ask("GET", "/state")).status).toBe(200);
  expect((await ask("POST", "/session/passkey", { credential: answered })).status).toBe(401);
});

test("at the page one press signs in, and a press that is refused leaves the password", async () => {
  await ask("DELETE", "/session");
  await page.goto(origin);
  const press = page.getByRole("button", { name: "Sign in with a passkey" });
  await authenticator.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
  await press.click();
  await page.getByText("The passkey was not accepted.").waitFor();
  await authenticator.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
  await press.click();
  await page.getByRole("link", { name: "My account: admin" }).waitFor();
  await page.goto(`${origin}/healthz`);
});

test("an answer to another challenge, of another origin or altered opens nothing", async () => {
  await ask("DELETE", "/session");
  const { body: options } = await ask("POST", "/session/passkey-options");
  const answered = (await signed({
    ...options,
    challenge: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  })) as {
    response: Record<string, string>;
  };
  expect((await ask("POST", "/session/passkey", { credential: answered })).status).toBe(401);
  const { body: next } = await ask("POST", "/session/passkey-options");
  const good = (await signed(next)) as { response: Record<string, string> };
  const elsewhere = Buffer.from(good.response["clientDataJSON"] ?? "", "base64url")
    .toString()
    .replace(origin, "https://evil.example");
  const forged = {
    ...good,
    response: { ...good.response, clientDataJSON: Buffer.from(elsewhere).toString("base64url") },
  };
  expect((await ask("POST", "/session/passkey", { credential: forged })).status).toBe(401);
  expect((await ask("GET", "/state")).status).toBe(401);
});

test("without the person's verification it is not taken", async () => {
  await authenticator.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
  const { body: options } = await ask("POST", "/session/passkey-options");
  const answered = await signed({ ...options, userVerification: "discouraged" });
  expect((await ask("POST", "/session/passkey", { credential: answered })).status).toBe(401);
  await authenticator.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
});

test("a disabled account's passkey opens nothing", async () => {
  api.operators.change("admin", { disabled: true });
  const { body: options } = await ask("POST", "/session/passkey-options");
  const answered = await signed(options);
  expect((await ask("POST", "/session/passkey", { credential: answered })).status).toBe(401);
});

test("a site without a domain name says that it has no passkeys", async () => {
  await using plain = await apiForTests();
  const answer = await plain.call("POST", "/api/v1/session/passkey-options");
  expect(answer.json()).toMatchObject({ status: 409, code: "no-passkeys" });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
