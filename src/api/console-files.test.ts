import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiForTests, apiForTests } from "../../test/support/api-for-tests.ts";

let directory = "";
let api: ApiForTests;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "console-"));
  mkdirSync(join(directory, "built", "assets"), { recursive: true });
  writeFileSync(join(directory, "secret.txt"), "top secret");
  writeFileSync(
    join(directory, "built", "index.html"),
    '<!doctype html><title>Vestibule</title><meta property="csp-nonce" nonce="NONCE-OF-THIS-ANSWER">',
  );
  writeFileSync(join(directory, "built", ".env"), "hidden");
  writeFileSync(join(directory, "built", "assets", "page-1a2b.js"), "export {};");
  api = await apiForTests({ consoleDirectory: join(directory, "built") });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

test.each(["/", "/alarms", "/people/c1"])("%s is the page, asked for anew each time", async (url) => {
  const answer = await api.call("GET", url, { headers: { accept: "text/html,*/*" } });
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toContain("<title>Vestibule</title>");
  expect(answer.headers["cache-control"]).toBe("no-store");
});

test("the page may load nothing from elsewhere, run no inline script, and stand in no frame", async () => {
  const policy = (await api.call("GET", "/")).headers["content-security-policy"];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("unsafe");
});

test("of the machine it may use the desk's camera, and nothing else", async () => {
  const permissions = String((await api.call("GET", "/")).headers["permissions-policy"]);
  expect(permissions).toContain("camera=(self)");
  for (const name of ["microphone", "geolocation", "display-capture", "usb", "serial"])
    expect(permissions).toContain(`${name}=()`);
});

test("styles come from its files, or with a nonce that no other answer has", async () => {
  const noncesOf = async (): Promise<readonly (string | undefined)[]> => {
    const { headers, body } = await api.call("GET", "/");
    const policy = String(headers["content-security-policy"]);
    return [/style-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1], /nonce="([^"]+)"/.exec(body)?.[1]];
  };
  const [one, other] = [await noncesOf(), await noncesOf()];
  expect(one[0]).toMatch(/^[A-Za-z0-9+/]{22}==$/);
  expect(one[1]).toBe(one[0]);
  expect(other[1]).toBe(other[0]);
  expect(other[0]).not.toBe(one[0]);
  // The file as it is on the disk would have none.
  expect((await api.call("GET", "/index.html")).statusCode).toBe(404);
});

test("a file whose name has its content's hash is kept for good", async () => {
  const answer = await api.call("GET", "/assets/page-1a2b.js");
  expect(answer.headers["content-type"]).toContain("javascript");
  expect(answer.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
});

test.each(["/assets/gone.js", "/favicon.png", "/api/v1/nowhere", "/api/v2/state"])(
  "%s is 404, not the page",
  async (url) => {
    const answer = await api.call("GET", url);
    expect(answer.statusCode).toBe(404);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
  },
);

test.each([
  "/../secret.txt",
  "/%2e%2e/secret.txt",
  "/assets/..%2f..%2fsecret.txt",
  "/assets/%2e%2e%2f%2e%2e%2fsecret.txt",
  "/..%5csecret.txt",
  "/assets/..%252f..%252fsecret.txt",
  "/.env",
  "/%2eenv",
])("T5: %s does not leave the directory, nor show what is hidden in it", async (url) => {
  const answer = await api.call("GET", url);
  expect(answer.body).not.toMatch(/top secret|hidden/);
});

test("where nothing has been built, both languages say so, and the API works", async () => {
  await using bare = await apiForTests({ consoleDirectory: join(directory, "nothing") });
  const answer = await bare.call("GET", "/");
  expect(answer.statusCode).toBe(503);
  expect(answer.body).toContain("操作页面尚未生成");
  expect(answer.body).toContain("has not been built");
  expect((await bare.call("GET", "/healthz")).statusCode).toBe(200);
});
