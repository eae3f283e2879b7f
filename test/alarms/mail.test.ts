import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SMTPServerOptions } from "smtp-server";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { SmtpMailSender, type SmtpOptions } from "../../src/drivers/mail-smtp/smtp-mail-sender.ts";
import { CertificateAuthority } from "../support/certificates.ts";
import { MailServer } from "../support/mail-server.ts";

let authority: CertificateAuthority;
let certificate: { readonly key: string; readonly cert: string };
const folder = mkdtempSync(join(tmpdir(), "vestibule-mail-"));
const passwordFile = join(folder, "password");
beforeAll(() => {
  authority = new CertificateAuthority();
  const { certificateFile, keyFile } = authority.issue("mail", "IP:127.0.0.1");
  certificate = { cert: authority.read(certificateFile), key: authority.read(keyFile) };
  writeFileSync(passwordFile, "long password\n");
});
afterAll(() => {
  authority[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

const mail = {
  to: ["guard@example.com", "boss@example.com"],
  subject: "【紧急】强行开门：v1，外门 / [critical] Door forced open: v1, outer door",
  text: "Door forced open\n",
  id: "vestibule-demo-7.guards",
};

/** A server that takes mail, with a certificate and one user. */
async function server(options: SMTPServerOptions = {}): Promise<MailServer> {
  const started = await MailServer.start({
    ...certificate,
    onAuth: ({ username, password }, _session, done) =>
      username === "box" && password === "long password"
        ? done(null, { user: "box" })
        : done(new Error("authentication failed")),
    ...options,
  });
  onTestFinished(() => started[Symbol.asyncDispose]());
  return started;
}

const sender = (port: number, more: Partial<SmtpOptions> = {}) =>
  new SmtpMailSender({
    ...{ host: "127.0.0.1", port, security: "starttls", from: "box@example.com", timeout: 5_000 },
    caFile: authority.caFile,
    ...more,
  });

describe("a mail", () => {
  test("goes encrypted, with user and password, as plain text to every recipient", async () => {
    const { taken, port } = await server({ authOptional: false });
    expect(await sender(port, { username: "box", passwordFile }).send(mail)).toEqual([]);
    expect(taken).toMatchObject([{ to: mail.to, secure: true }]);
    const text = taken[0]?.text ?? "";
    expect(text).toContain("Message-ID: <vestibule-demo-7.guards@example.com>");
    expect(text).toContain("Auto-Submitted: auto-generated");
    expect(text).toContain("Content-Type: text/plain; charset=utf-8");
    expect(text).not.toContain("text/html");
  });

  test("goes by TLS from the first byte where the server is like that", async () => {
    const { taken, port } = await server({ secure: true });
    await sender(port, { security: "tls" }).send(mail);
    expect(taken).toMatchObject([{ secure: true }]);
  });

  test("whoever is refused is named, and the others have it", async () => {
    const { taken, port } = await server({
      onRcptTo: ({ address }, _session, done) =>
        address.startsWith("boss") ? done(new Error("no such user")) : done(),
    });
    expect(await sender(port).send(mail)).toEqual(["boss@example.com"]);
    expect(taken).toMatchObject([{ to: ["guard@example.com"] }]);
  });

  test("a subject begins no other header", async () => {
    const { taken, port } = await server();
    await sender(port).send({ ...mail, subject: "x\r\nBcc: thief@example.com\r\n\r\nbody" });
    expect(taken[0]?.to).toEqual(mail.to);
    expect(taken[0]?.text).not.toMatch(/^Bcc:/m);
  });
});

describe("a server that is out of order", () => {
  test("gets nothing in the clear", async () => {
    const { taken, port } = await server({ hideSTARTTLS: true, disabledCommands: ["STARTTLS"] });
    await expect(sender(port).send(mail)).rejects.toThrow(/STARTTLS|Greeting|Error upgrading/i);
    expect(taken).toEqual([]);
  });

  test("has to have a certificate of the authority we know", async () => {
    const { taken, port } = await server();
    await expect(sender(port, { caFile: undefined }).send(mail)).rejects.toThrow(/certificate/);
    expect(taken).toEqual([]);
  });

  test("may refuse the password, every recipient, or the mail", async () => {
    const strict = await server({ authOptional: false });
    writeFileSync(join(folder, "wrong"), "wrong");
    const wrong = { username: "box", passwordFile: join(folder, "wrong") };
    await expect(sender(strict.port, wrong).send(mail)).rejects.toThrow(/authentication failed/);
    const nobody = await server({ onRcptTo: (_to, _session, done) => done(new Error("no such user")) });
    await expect(sender(nobody.port).send(mail)).rejects.toThrow(/no such user|rejected/);
    const full = await server({
      onData: (stream, _session, done) => {
        stream.resume();
        stream.on("end", () => done(new Error("mailbox full")));
      },
    });
    await expect(sender(full.port).send(mail)).rejects.toThrow(/mailbox full/);
  });

  test("may drip for ever: the attempt ends in time", async () => {
    const dripping = createServer((socket) => {
      socket.on("error", () => undefined); // it is hung up upon
      const drip = setInterval(() => socket.write("220-x\r\n"), 20);
      socket.on("close", () => clearInterval(drip));
    });
    await new Promise<void>((resolve) => dripping.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void dripping.close());
    const { port } = dripping.address() as AddressInfo; // it listens on TCP
    await expect(sender(port, { timeout: 150 }).send(mail)).rejects.toThrow(/within 0.15 s|timeout/i);
  });
});
