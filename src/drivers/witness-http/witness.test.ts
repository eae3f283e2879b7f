import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { toBase64 } from "../../domain/journal/bytes.ts";
import { checkpointText, cosignature, cosignedText } from "../../domain/journal/checkpoint.ts";
import { CompactRange } from "../../domain/journal/compact-range.ts";
import {
  consistencyProof,
  type Hash,
  leafHash,
  nodeHash,
  rangeHash,
  type TreeNodes,
} from "../../domain/journal/merkle.ts";
import { NoteFault, noteKey, signatureLine, verifierKeyText } from "../../domain/journal/signed-note.ts";
import { createHttpWitness } from "./http-witness.ts";
import { WitnessBook } from "./witness-book.ts";
import { answerOf, type WitnessDeskOptions } from "./witness-desk.ts";
import { requestText, sha256 } from "./witness-messages.ts";
import { serveWitness } from "./witness-server.ts";

function signerOf(name: string, seed: number, algorithm: "ed25519" | "cosignature/v1") {
  const header = Buffer.from("302e020100300506032b657004220420", "hex");
  const secret = createPrivateKey({
    key: Buffer.concat([header, Buffer.alloc(32, seed)]),
    format: "der",
    type: "pkcs8",
  });
  const publicKey = createPublicKey(secret).export({ format: "der", type: "spki" }).subarray(12);
  const key = noteKey(sha256, name, algorithm, publicKey);
  return {
    key,
    sign: (text: string) => signatureLine(key, sign(null, Buffer.from(text), secret)),
    cosign: (text: string, time: number) =>
      signatureLine(key, cosignature(time, sign(null, Buffer.from(cosignedText(text, time)), secret))),
  };
}

class Log implements TreeNodes {
  readonly #leaves: Hash[] = [];
  readonly name: string;
  constructor(name: string, from = Number.POSITIVE_INFINITY) {
    this.name = name;
    for (let n = 0; n < 40; n++)
      this.#leaves.push(leafHash(sha256, n >= from ? `forged ${n}` : `record ${n}`));
  }
  node(level: number, index: number): Hash {
    if (level === 0) return this.#leaves[index] ?? new Uint8Array();
    return nodeHash(sha256, this.node(level - 1, 2 * index), this.node(level - 1, 2 * index + 1));
  }
  note(size: number, by = box): string {
    const text = checkpointText({ origin: this.name, size, root: rangeHash(sha256, this, 0, size) });
    return `${text}\n${by.sign(text)}`;
  }
  request(oldSize: number, size: number, by = box) {
    const proof = consistencyProof(sha256, this, oldSize, size).map(toBase64);
    return { oldSize, proof, note: this.note(size, by) };
  }
}

const box = signerOf("site.example/box", 1, "ed25519");
const centre = signerOf("centre.example/witness", 2, "cosignature/v1");
const log = new Log("site.example/box");

let directory: string;
let options: WitnessDeskOptions;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "vestibule-witness-"));
  const book = new WitnessBook(join(directory, "witnessed.json"));
  options = { keys: [box.key], book, cosign: (text) => centre.cosign(text, 1_700_000_000) };
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const ask = (request: Parameters<typeof requestText>[0]) => answerOf(options, requestText(request));

describe("tlog-witness: what a witness signs", () => {
  test("a first checkpoint, what goes on from it, and the same again", () => {
    expect(ask(log.request(0, 5))).toMatchObject({ status: 200 });
    expect(ask(log.request(5, 12)).body).toBe(
      centre.cosign(log.note(12).split("\n\n")[0]?.concat("\n") ?? "", 1_700_000_000),
    );
    expect(ask(log.request(12, 12))).toMatchObject({ status: 200 });
  });

  test("409 and the size it saw, where it is asked from another", () => {
    ask(log.request(0, 12));
    expect(ask(log.request(5, 20))).toEqual({ status: 409, type: "text/x.tlog.size", body: "12\n" });
    expect(ask(log.request(0, 5))).toEqual({ status: 409, type: "text/x.tlog.size", body: "12\n" });
  });

  test("T41: no fork and no journal begun anew, however well signed, and nothing of it is remembered", () => {
    ask(log.request(0, 12));
    const forked = new Log("site.example/box", 11);
    expect(ask(forked.request(12, 12))).toMatchObject({ status: 409 });
    expect(ask(forked.request(12, 20))).toMatchObject({ status: 422 });
    expect(ask({ ...log.request(12, 20), proof: [] })).toMatchObject({ status: 422 });
    expect(ask({ ...log.request(12, 20), proof: ["AAAA"] })).toMatchObject({ status: 422 });
    expect(ask(log.request(12, 20))).toMatchObject({ status: 200 });
  });

  test("404 for another journal, 403 for another key, 400 for what is no request", () => {
    const other = signerOf("other.example/box", 3, "ed25519");
    expect(ask(new Log("other.example/box").request(0, 3, other))).toMatchObject({ status: 404 });
    expect(ask(log.request(0, 3, signerOf("site.example/box", 9, "ed25519")))).toMatchObject({ status: 403 });
    expect(ask({ ...log.request(0, 3), note: log.note(3).replace("\n3\n", "\n4\n") })).toMatchObject({
      status: 403,
    });
    expect(ask({ ...log.request(0, 3), oldSize: 4 })).toMatchObject({ status: 400 });
    const many = { ...log.request(0, 3), proof: Array.from({ length: 64 }, () => "AAAA") };
    expect(ask(many)).toMatchObject({ status: 400 });
    for (const body of ["", "old 1", "old 01\n\nx", "new 1\n\nx", "old 0\n\nno note", "\n\n"])
      expect(answerOf(options, body)).toMatchObject({ status: 400 });
  });

  test("it remembers over a restart, and does not begin anew with a book it cannot read", () => {
    ask(log.request(0, 12));
    const file = join(directory, "witnessed.json");
    options = { ...options, book: new WitnessBook(file) };
    expect(ask(log.request(0, 3))).toMatchObject({ status: 409, body: "12\n" });
    writeFileSync(file, readFileSync(file, "utf8").slice(0, 20));
    expect(() => new WitnessBook(file)).toThrow();
  });

  test("what could not be remembered is not signed", () => {
    rmSync(directory, { recursive: true });
    expect(() => ask(log.request(0, 12))).toThrow();
    expect(options.book.get("site.example/box")).toBeUndefined();
  });
});

describe("the client", () => {
  const witnessAt = (port: number, timeout = 2_000) =>
    createHttpWitness({
      url: `http://127.0.0.1:${port}/prefix/`,
      verifierKey: verifierKeyText(centre.key),
      timeout,
    });

  test("gets a signature, and learns of the size, the fork and the refusal", async () => {
    await using server = await serveWitness({ ...options, host: "127.0.0.1", port: 0 });
    const witness = witnessAt(server.port);
    expect(await witness.submit(log.request(0, 5))).toMatchObject({
      is: "cosigned",
      posixSeconds: 1_700_000_000,
    });
    expect(await witness.submit(log.request(0, 9))).toEqual({ is: "conflict", size: 5 });
    const forked = new Log("site.example/box", 3);
    expect(await witness.submit(forked.request(5, 5))).toMatchObject({ is: "forked" });
    expect(await witness.submit(forked.request(5, 9))).toMatchObject({ is: "forked" });
    const stranger = signerOf("site.example/box", 9, "ed25519");
    expect(await witness.submit(log.request(5, 9, stranger))).toMatchObject({ is: "refused" });
  });

  async function answering(listener: RequestListener) {
    const server = createServer(listener).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    return {
      port,
      [Symbol.asyncDispose]: async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  }

  test.each([
    [
      "a signature of somebody else",
      200,
      signerOf("centre.example/witness", 7, "cosignature/v1").cosign("x\n", 1),
      "refused",
    ],
    ["no signature", 200, "thank you\n", "refused"],
    ["an empty answer", 200, "", "refused"],
    ["a redirect", 302, "", "refused"],
    ["a fault of its own", 500, "\u001b[2J", "refused"],
    ["an answer without end", 200, "x".repeat(100_000), "unreachable"],
  ])("is not taken in by %s", async (_, status, body, is) => {
    await using server = await answering((_request, response) => {
      response.writeHead(status, { location: "http://127.0.0.1:1/" });
      response.end(body);
    });
    const answer = await witnessAt(server.port).submit(log.request(0, 5));
    expect(answer).toMatchObject({ is });
    expect(JSON.stringify(answer)).not.toContain("\u001b");
  });

  test("gives up on one that never answers, and on one that is not there", async () => {
    await using server = await answering(() => undefined);
    expect(await witnessAt(server.port, 50).submit(log.request(0, 5))).toMatchObject({ is: "unreachable" });
    expect(await witnessAt(1).submit(log.request(0, 5))).toMatchObject({ is: "unreachable" });
  });

  test("takes no key that is not for cosignatures", () => {
    const url = "http://127.0.0.1:1";
    expect(() => createHttpWitness({ url, verifierKey: verifierKeyText(box.key), timeout: 1 })).toThrow(
      NoteFault,
    );
  });

  test("the range a journal keeps is the tree a witness sees", () => {
    const range = new CompactRange(sha256);
    for (let n = 0; n < 12; n++) range.append(log.node(0, n));
    expect(toBase64(range.root())).toBe(log.note(12).split("\n")[2]);
  });
});
