import { createHash, X509Certificate } from "node:crypto";
import { connect, createServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterAll, expect, test } from "vitest";
import { CertificateAuthority } from "./support/certificates.ts";
import { live, open } from "./support/opened-camera.ts";
import { RtspServer } from "./support/rtsp-server.ts";
import { testVideos } from "./support/test-videos.ts";

const authority = new CertificateAuthority();
const stranger = new CertificateAuthority("Somebody else");
afterAll(() => {
  authority[Symbol.dispose]();
  stranger[Symbol.dispose]();
});
const trust = { caFile: authority.caFile };
const user = "door";
const password = "p@ss:w/ö'rd";
const own = authority.issue("camera", "IP:127.0.0.1");

const secured = async (certificate = own) =>
  await RtspServer.start({ files: await testVideos("live"), tls: certificate, user, password });
const addressOf = ({ port }: RtspServer): string => `rtsps://127.0.0.1:${port}/live`;
const fingerprintOf = (pem: string): string =>
  createHash("sha256").update(new X509Certificate(pem).raw).digest("hex");

test("T20: a stream over TLS is shown where the camera proves who it is, and its password crosses no wire in the clear", async () => {
  await using server = await secured();
  const heard: Buffer[] = [];
  const tap = createServer((socket) => {
    const onward = connect(server.port, "127.0.0.1");
    socket.on("data", (bytes) => void heard.push(Buffer.from(bytes)));
    socket.pipe(onward).pipe(socket);
    for (const end of [socket, onward]) end.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => tap.listen(0, "127.0.0.1", resolve));
  const address = tap.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  {
    const url = `rtsps://127.0.0.1:${address.port}/live`;
    await using camera = open(url, { username: user, password, trust });
    await live(camera);
    expect(Buffer.concat(heard).toString("latin1")).not.toMatch(/RTSP|DESCRIBE|Authorization|door/);
  }
  tap.close();
});

test.each([
  [
    "an authority that is not trusted",
    () => stranger.issue("camera", "IP:127.0.0.1"),
    /unable to (get|verify)/,
  ],
  ["a certificate of another name", () => authority.issue("other", "IP:127.0.0.9"), /127\.0\.0\.1 is not in/],
])(
  "T20: %s: nothing is shown, nothing is said to it, and why stands in the camera's state",
  async (_what, issue, why) => {
    await using server = await secured(issue());
    await using camera = open(addressOf(server), { username: user, password, trust });
    expect(await camera.loss()).toMatchObject({ fault: "unreachable", detail: expect.stringMatching(why) });
    expect(camera.frames).toEqual([]);
  },
);

test("T20: a camera known by its own certificate is taken with it, and no other one with any", async () => {
  const made = stranger.issue("self-made", "DNS:whatever");
  const fingerprint = fingerprintOf(stranger.read(made.certificateFile));
  await using server = await secured(made);
  const colons = (fingerprint.toUpperCase().match(/../g) ?? []).join(":");
  await using right = open(addressOf(server), { username: user, password, trust: { fingerprint: colons } });
  await live(right);
  await using replaced = await secured();
  await using wrong = open(addressOf(replaced), {
    username: user,
    password,
    trust: { ...trust, fingerprint },
  });
  expect((await wrong.loss()).detail).toMatch(/another certificate .* another camera may be at its address/);
});

test("T20: what speaks no TLS at all is lost with that", async () => {
  await using server = await RtspServer.start({ files: await testVideos("live") });
  await using camera = open(addressOf(server), { trust });
  expect((await camera.loss()).detail).toMatch(/TLS to 127\.0\.0\.1/);
});

test("a stream in an HTTP tunnel, plain and inside TLS", async () => {
  await using plain = await RtspServer.start({ files: await testVideos("live"), user, password });
  // GStreamer's server does not answer tunnels inside TLS: a camera whose TLS is ended in front of it stands for them.
  await using front = await tlsInFrontOf(plain.port);
  await using tunnelled = open(plain.url, { username: user, password, transport: "http" });
  const inside = { username: user, password, trust, transport: "http" } as const;
  await using both = open(`rtsps://127.0.0.1:${front.port}/live`, inside);
  await live(tunnelled);
  await live(both);
});

async function tlsInFrontOf(port: number): Promise<{ readonly port: number } & AsyncDisposable> {
  const cert = authority.read(own.certificateFile);
  const server = createTlsServer({ cert, key: authority.read(own.keyFile) }, (socket) => {
    const onward = connect(port, "127.0.0.1");
    socket.pipe(onward).pipe(socket);
    for (const end of [socket, onward]) end.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { port: address.port, [Symbol.asyncDispose]: async () => void server.close() };
}
