import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { request } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ListenFault } from "../src/api/server.ts";
import { apiOnSocket, startApiForTests } from "./support/api-on-socket.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";

watchMachine();

test.each(["0.0.0.0", "::", "192.168.7.7", "door.bank.example", "127.0.0.1.evil.example"])(
  "without TLS, %s is not listened on, and the message says why and what to do",
  async (host) => {
    const starting = startApiForTests({ config: { host } });
    await expect(starting).rejects.toThrow(ListenFault);
    await expect(starting).rejects.toThrow(/http\.tls.*VESTIBULE_HTTP_HOST/);
  },
);

test("a port in use is named, with the variable that chooses another", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => holder.once("listening", resolve));
  const address = holder.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const { port } = address;
  const starting = startApiForTests({ config: { port } });
  await expect(starting).rejects.toThrow(
    new RegExp(`port ${port} on 127.0.0.1 is in use.*VESTIBULE_HTTP_PORT`),
  );
  holder.close();
});

test("a certificate that cannot be read is named", async () => {
  const tls = { certificateFile: "/nowhere/cert.pem", keyFile: "/nowhere/key.pem" };
  await expect(startApiForTests({ config: { tls } })).rejects.toThrow(/http\.tls\.certificateFile.*ENOENT/);
});

test("a certificate that is none is named", async () => {
  const file = join(import.meta.dirname, "api-listening.test.ts");
  const starting = startApiForTests({ config: { tls: { certificateFile: file, keyFile: file } } });
  await expect(starting).rejects.toThrow(ListenFault);
  await expect(starting).rejects.toThrow(/no PEM files/);
});

test("with TLS, other machines may be served; the session's cookie travels only so", async () => {
  const directory = mkdtempSync(join(tmpdir(), "tls-"));
  try {
    const tls = { certificateFile: join(directory, "cert.pem"), keyFile: join(directory, "key.pem") };
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
    execFileSync(
      "openssl",
      ["req", "-x509", ...curve, ...subject, "-keyout", tls.keyFile, "-out", tls.certificateFile],
      {
        stdio: "ignore",
      },
    );
    const { api } = await startApiForTests({ config: { host: "0.0.0.0", tls } });
    try {
      const answer = await securely(api.port, { username: "admin", password: "wrong" });
      expect(answer.status).toBe(401);
      expect(answer.headers["strict-transport-security"]).toContain("max-age");
      const right = await securely(api.port, { username: "admin", password: "a long enough passphrase" });
      expect(right.headers["set-cookie"]?.[0]).toMatch(/^__Host-vestibule_session=.*Secure/);
    } finally {
      await api.close();
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test(
  "closing ends open streams and requests that never finish, within seconds",
  againWhereHeldUp,
  async () => {
    const stop = new AbortController();
    const { api, cookie } = await apiOnSocket({ signal: stop.signal });
    const stream = await fetch(`${api.address}/api/v1/stream`, { headers: { cookie } });
    const dripping = fetch(`${api.address}/api/v1/cardholders`, {
      method: "POST",
      headers: { cookie, "content-type": "application/json" },
      body: new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from("{")) }),
      duplex: "half",
    }).catch(() => "ended");
    await new Promise((resolve) => setTimeout(resolve, 100));
    const began = performance.now();
    stop.abort();
    await api.close();
    expect(performance.now() - began).toBeLessThan(5000);
    expect(await stream.text()).toContain("event: state");
    expect(await dripping).toBe("ended");
    await expect(fetch(`${api.address}/healthz`)).rejects.toThrow();
  },
);

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
}

function securely(port: number, body: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sending = request(
      {
        host: "127.0.0.1",
        port,
        method: "POST",
        path: "/api/v1/session",
        rejectUnauthorized: false, // signed by itself, a moment ago
        headers: { "content-type": "application/json", host: `localhost:${port}` },
      },
      (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode, headers: answer.headers });
      },
    );
    sending.on("error", reject);
    sending.end(JSON.stringify(body));
  });
}
