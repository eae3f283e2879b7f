import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { type ApiOnSocket, apiOnSocket } from "./support/api-on-socket.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";
import { RawConnection } from "./support/raw-connection.ts";

const megabyte = 1024 * 1024;

watchMachine();

function uploadHead(cookie: string, more: string): string {
  return `POST /api/v1/cardholders/c1/photos HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\nContent-Type: image/jpeg\r\n${more}\r\n\r\n`;
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void; // what the flag exposes

function inUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** How much memory the process had at most beyond the beginning, in bytes, while `work` ran. */
async function growthDuring(work: () => Promise<void>): Promise<number> {
  collectGarbage();
  const before = inUse();
  let most = 0;
  const watch = setInterval(() => {
    // What was thrown away is not growth: where it looks like much, only what survives counts.
    if (inUse() - before > 16 * megabyte) collectGarbage();
    most = Math.max(most, inUse() - before);
  }, 5);
  await work();
  clearInterval(watch);
  return most;
}

/** Sends `chunks` times one megabyte, as fast as the other side takes it. */
async function pour(
  connection: RawConnection,
  chunks: number,
  frame: (chunk: Buffer) => Buffer = (it) => it,
) {
  const chunk = frame(Buffer.alloc(megabyte, 0xff));
  let sent = 0;
  for (; sent < chunks && !connection.socket.destroyed && connection.received === ""; sent++)
    await connection.send(chunk);
  return sent;
}

const chunked = (chunk: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n")]);

async function stillAnswers({ api, cookie }: ApiOnSocket): Promise<void> {
  const answer = await fetch(`${api.address}/api/v1/state`, { headers: { cookie } });
  expect(answer.status).toBe(200);
}

test("T6: an upload that claims 2 GB is refused before any of it is read", againWhereHeldUp, async () => {
  await using site = await apiOnSocket();
  using connection = new RawConnection(site.api.port);
  const began = performance.now();
  await connection.send(uploadHead(site.cookie, `Content-Length: ${2 ** 31}`));
  expect(await connection.status()).toBe(413);
  expect(performance.now() - began).toBeLessThan(1000);
  await stillAnswers(site);
});

test("T6: 100 MB without a length are cut off soon after the limit, and memory stays bounded", async () => {
  await using site = await apiOnSocket();
  using connection = new RawConnection(site.api.port);
  await connection.send(uploadHead(site.cookie, "Transfer-Encoding: chunked"));
  let sent = 0;
  const growth = await growthDuring(async () => {
    sent = await pour(connection, 100, chunked);
  });
  expect(await connection.status()).toBe(413);
  expect(sent).toBeLessThan(40);
  expect(growth).toBeLessThan(64 * megabyte);
  await stillAnswers(site);
});

test(
  "T6: a refused body that keeps coming does not stay in memory, and its sender is let go",
  againWhereHeldUp,
  async () => {
    await using site = await apiOnSocket();
    using connection = new RawConnection(site.api.port);
    const head = `POST /api/v1/cardholders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${2 ** 31}\r\n\r\n`;
    await connection.send(head); // without a session: 401 before the body
    expect(await connection.status()).toBe(401);
    const growth = await growthDuring(async () => {
      const ends = performance.now() + 8000;
      const chunk = Buffer.alloc(megabyte);
      while (!connection.socket.destroyed && performance.now() < ends) await connection.send(chunk);
    });
    expect(connection.socket.destroyed).toBe(true);
    expect(growth).toBeLessThan(64 * megabyte);
    await stillAnswers(site);
  },
);

test("T6: more uploads at once than allowed are told to come back", async () => {
  await using site = await apiOnSocket();
  const uploads = Array.from({ length: 8 }, () => new RawConnection(site.api.port));
  for (const upload of uploads) await upload.send(uploadHead(site.cookie, "Content-Length: 1000000"));
  const refused = await Promise.all(uploads.slice(4).map((upload) => upload.status()));
  expect(refused).toEqual([503, 503, 503, 503]);
  expect(uploads.slice(0, 4).map(({ received }) => received)).toEqual(["", "", "", ""]);
  for (const upload of uploads) upload[Symbol.dispose]();
  await Promise.all(uploads.map(({ closed }) => closed));
  // Their places are free again.
  using next = new RawConnection(site.api.port);
  await next.send(uploadHead(site.cookie, "Content-Length: 3"));
  await next.send("abc");
  expect(await next.status()).toBe(415);
});

test("T6: headers that arrive drop by drop, and a body that does, are given up", async () => {
  await using site = await apiOnSocket({ limits: { headersTimeout: 400, requestTimeout: 800 } });
  using headers = new RawConnection(site.api.port);
  using body = new RawConnection(site.api.port);
  await headers.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n");
  await body.send(uploadHead(site.cookie, "Content-Length: 5000"));
  const drip = setInterval(() => {
    void headers.send("X-A: b\r\n");
    void body.send("x");
  }, 50);
  const statuses = await Promise.all([headers.status(), body.status()]);
  clearInterval(drip);
  expect(statuses).toEqual([408, 408]);
  await Promise.all([headers.closed, body.closed]);
  await stillAnswers(site);
});

test.each([
  [
    "a header beyond 16 KiB",
    `GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${"a".repeat(20_000)}\r\n\r\n`,
    431,
  ],
  ["no HTTP at all", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400],
  ["two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400],
  [
    "a length and chunks",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    400,
  ],
  ["no host", "GET /api/v1/state HTTP/1.1\r\n\r\n", 400],
  ["a host that is none", "GET /api/v1/state HTTP/1.1\r\nHost: a b/c\r\n\r\n", 400],
  ["a path that cannot be decoded", "GET /%E0%A4%A HTTP/1.1\r\nHost: localhost\r\n\r\n", 400],
  ["a path that climbs", "GET /../../../etc/passwd.txt HTTP/1.1\r\nHost: localhost\r\n\r\n", 404],
])("T6: %s is answered in one line and the API goes on", async (_what, text, status) => {
  await using site = await apiOnSocket();
  using connection = new RawConnection(site.api.port);
  await connection.send(text);
  expect(await connection.status()).toBe(status);
  await stillAnswers(site);
});

test("T6: connections beyond the limit are turned away, and those there keep working", async () => {
  await using site = await apiOnSocket({ limits: { connections: 20 } });
  using early = new RawConnection(site.api.port);
  await early.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  expect(await early.status()).toBe(200);
  const crowd = Array.from({ length: 60 }, () => new RawConnection(site.api.port));
  await Promise.all(crowd.slice(30).map(({ closed }) => closed));
  early.received = "";
  await early.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  expect(await early.status()).toBe(200);
  for (const one of crowd) one[Symbol.dispose]();
});
