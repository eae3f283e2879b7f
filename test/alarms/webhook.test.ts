import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { wallTime } from "../../src/domain/time.ts";
import {
  type HttpWebhookOptions,
  HttpWebhookSender,
} from "../../src/drivers/webhook-http/http-webhook-sender.ts";
import { CertificateAuthority } from "../support/certificates.ts";
import { againWhereHeldUp, watchMachine } from "../support/held-up.ts";

const folder = mkdtempSync(join(tmpdir(), "vestibule-webhook-"));

watchMachine();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const secretFile = join(folder, "secret");
const secret = Buffer.from("an old key of thirty-two letters");
writeFileSync(secretFile, `whsec_${secret.toString("base64")}\n`);

const clock = { wall: () => wallTime(1_793_000_000_400) };
const body = JSON.stringify({ type: "alarm.raised", data: { text: { zh: "强行开门" } } });

interface Call {
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A receiver that does as it is told, and what it was called with. */
async function receiver(
  answer: (response: ServerResponse, call: Call) => void,
  tls?: { key: string; cert: string },
) {
  const calls: Call[] = [];
  const listener: RequestListener = (request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const call = { headers: request.headers, body: Buffer.concat(parts).toString("utf8") };
      calls.push(call);
      answer(response, call);
    });
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return { calls, url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}/alarms` };
}

const sender = (url: string, more: Partial<HttpWebhookOptions> = {}) =>
  new HttpWebhookSender({ url, secretFile, timeout: 2_000, clock, ...more });

describe("a call", () => {
  test("carries JSON and the signature of the Standard Webhooks specification", async () => {
    const { calls, url } = await receiver((response) => response.writeHead(204).end());
    await sender(url).post("vestibule-demo-7", body);
    const [call] = calls;
    expect(call?.body).toBe(body);
    expect(call?.headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "webhook-id": "vestibule-demo-7",
      "webhook-timestamp": "1793000000",
    });
    const expected = createHmac("sha256", secret)
      .update(`vestibule-demo-7.1793000000.${body}`)
      .digest("base64");
    expect(call?.headers["webhook-signature"]).toBe(`v1,${expected}`);
  });

  test("while a key is exchanged, carries a signature of each", async () => {
    const both = join(folder, "both");
    writeFileSync(
      both,
      `whsec_${Buffer.alloc(32, 1).toString("base64")}\nplain text of more than 24 letters\n`,
    );
    const { calls, url } = await receiver((response) => response.writeHead(200).end("ok"));
    await sender(url, { secretFile: both }).post("a", body);
    expect(String(calls[0]?.headers["webhook-signature"]).split(" ")).toHaveLength(2);
  });

  test.each([
    ["a file that is not there", join(folder, "none"), /ENOENT/],
    ["a key that can be guessed", "short", /shorter than 24/],
    ["an empty file", "empty", /empty/],
  ])("is not made with %s", async (_what, file, fault) => {
    writeFileSync(join(folder, "short"), "hunter2");
    writeFileSync(join(folder, "empty"), "\n");
    const { calls, url } = await receiver((response) => response.end());
    const named = file.startsWith("/") ? file : join(folder, file);
    await expect(sender(url, { secretFile: named }).post("a", body)).rejects.toThrow(fault);
    expect(calls).toEqual([]);
  });
});

describe("a receiver that is out of order", () => {
  test("is not believed when it answers with an error, and what it says is cut short", async () => {
    const { url } = await receiver((response) =>
      response.writeHead(500).end(`no\u0007 room ${"x".repeat(9_000)}`),
    );
    const error = await sender(url)
      .post("a", body)
      .then(
        () => undefined,
        (fault: Error) => fault,
      );
    expect(error?.name).toBe("NoticeFault");
    expect(error?.message).toMatch(/^answered 500: no  room x+$/);
    expect(error?.message.length).toBeLessThan(250);
  });

  test("is not followed elsewhere", async () => {
    const elsewhere = await receiver((response) => response.end());
    const { url } = await receiver((response) => response.writeHead(307, { location: elsewhere.url }).end());
    await expect(sender(url).post("a", body)).rejects.toThrow("answered 307");
    expect(elsewhere.calls).toEqual([]);
  });

  test("may hang, or drip its answer: the call ends in time", againWhereHeldUp, async () => {
    const hanging = await receiver(() => undefined);
    await expect(sender(hanging.url, { timeout: 100 }).post("a", body)).rejects.toThrow("within 0.1 s");
    const dripping = await receiver((response) => {
      response.writeHead(503);
      const drip = setInterval(() => response.write("x"), 10);
      response.on("close", () => clearInterval(drip));
    });
    const begun = performance.now();
    await expect(sender(dripping.url, { timeout: 100 }).post("a", body)).rejects.toThrow("answered 503");
    expect(performance.now() - begun).toBeLessThan(1_500);
  });

  test("may talk for ever about having understood", async () => {
    const { url } = await receiver((response) => {
      response.writeHead(200);
      const flood = setInterval(() => response.write("x".repeat(65_536)), 1);
      response.on("close", () => clearInterval(flood));
    });
    await sender(url).post("a", body);
  });

  test("may answer what is no HTTP, or nothing", async () => {
    const garbage = await receiver((response) => response.socket?.end("\u0000\u0001garbage\r\n\r\n"));
    await expect(sender(garbage.url).post("a", body)).rejects.toThrow(/Parse Error|hang up/);
    await expect(sender("http://127.0.0.1:1/").post("a", body)).rejects.toThrow("ECONNREFUSED");
  });

  test("has to have a certificate of the authority we know, for its own name", async () => {
    using authority = new CertificateAuthority();
    using stranger = new CertificateAuthority("Somebody else");
    const of = (from: CertificateAuthority, names: string) => {
      const { certificateFile, keyFile } = from.issue("server", names);
      return { cert: from.read(certificateFile), key: from.read(keyFile) };
    };
    const right = await receiver((response) => response.end(), of(authority, "IP:127.0.0.1"));
    await sender(right.url, { caFile: authority.caFile }).post("a", body);
    await expect(sender(right.url).post("a", body)).rejects.toThrow(/certificate/);
    const other = await receiver((response) => response.end(), of(stranger, "IP:127.0.0.1"));
    await expect(sender(other.url, { caFile: authority.caFile }).post("a", body)).rejects.toThrow(
      /certificate/,
    );
    const misnamed = await receiver((response) => response.end(), of(authority, "DNS:elsewhere.example"));
    await expect(sender(misnamed.url, { caFile: authority.caFile }).post("a", body)).rejects.toThrow(
      /altnames/,
    );
    expect([...other.calls, ...misnamed.calls]).toEqual([]);
  });
});
